package org.reluctor.stream.pipeline;

import org.reluctor.stream.Topics;

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

    /** Of the engine thread. */
    final SensorIdentities identities = new SensorIdentities();
    long lastSeenNanos;

    /** Of the egress thread. */
    final SignalHold hold = new SignalHold();
    final RateLimit answers;
    long nextSummaryNanos = Long.MIN_VALUE;

    SensorState(String sensor, Topics topics, RouteBatch route, int answersPerSecond) {
        this.sensor = sensor;
        this.frameTopic = topics.frame(sensor);
        this.signalTopic = topics.signal(sensor);
        this.errorTopic = topics.error(sensor);
        this.summaryTopic = topics.summary(sensor);
        this.route = route;
        this.answers = new RateLimit(answersPerSecond);
    }
}
