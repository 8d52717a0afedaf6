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
    /** Those that take the sensor's frames, in the order of the configuration; none where there is no network. */
    private final RouteBatch[] routes;
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
    SensorState(String sensor, Topics topics, RouteBatch[] routes, int answersPerSecond) {
        this(sensor, topics, routes, new RateLimit(answersPerSecond), null, new RememberedIdentities(), null);
    }

    SensorState(String sensor, Topics topics, RouteBatch[] routes, RateLimit answers, RateLimit frames,
            SensorIdentities identities, FrameKey key) {
        this.sensor = sensor;
        this.frameTopic = topics.frame(sensor);
        this.signalTopic = topics.signal(sensor);
        this.errorTopic = topics.error(sensor);
        this.summaryTopic = topics.summary(sensor);
        this.routes = routes;
        this.identities = identities;
        this.key = key;
        this.answers = answers;
        this.frames = frames;
    }

    boolean isRouted() {
        return routes.length > 0;
    }

    /** The first route whose network was made for that Φ, or for none; the first of all where there is none such. */
    RouteBatch routeOf(long matrixId) {
        for (RouteBatch route : routes) {
            long wanted = route.recovery.matrixId();
            if (wanted == matrixId || wanted == 0) {
                return route;
            }
        }
        return routes[0];
    }
}
