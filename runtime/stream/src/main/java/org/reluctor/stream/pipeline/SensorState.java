package org.reluctor.stream.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.FrameKey;

/**
 * What the gateway knows of one sensor, with its topics spelt once. The two threads that use it have separate parts.
 */
final class SensorState {
    final String sensor;
    final String frameTopic;
    final String signalTopic;
    final String errorTopic;
    final String summaryTopic;
    /** Null where no route takes the sensor's frames. */
    final RouteBatch route;
    /** Frames between arrival and acknowledgement: until there are none, the sensor must not be forgotten. */
    final AtomicInteger inMemory = new AtomicInteger();

    /** Of the engine thread. */
    final SensorIdentities identities;
    /** Null where frames come without envelopes, or where the gateway has no key. */
    FrameKey key;
    long keyReadNanos;
    /** Null for no limit. */
    final RateLimit frames;
    long addedNanos;
    long lastSeenNanos;

    /** Of the egress thread. */
    final SignalHold hold = new SignalHold();
    final RateLimit answers;
    long nextSummaryNanos = Long.MIN_VALUE;

    /** A sensor whose frames come without envelopes, as many as it sends. */
    SensorState(String sensor, Topics topics, RouteBatch route, int answersPerSecond) {
        this(sensor, topics, route, new RateLimit(answersPerSecond), null, new RememberedIdentities(), null);
    }

    SensorState(String sensor, Topics topics, RouteBatch route, RateLimit answers, RateLimit frames,
            SensorIdentities identities, FrameKey key) {
        this.sensor = sensor;
        this.frameTopic = topics.frame(sensor);
        this.signalTopic = topics.signal(sensor);
        this.errorTopic = topics.error(sensor);
        this.summaryTopic = topics.summary(sensor);
        this.route = route;
        this.identities = identities;
        this.key = key;
        this.answers = answers;
        this.frames = frames;
    }
}
