package org.reluctor.app.sparkplug;

import java.util.LinkedHashMap;
import java.util.Map;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalReader;

/**
 * A sensor as a device of the edge node: what was heard of it last, and what was told. Confined to the node's thread.
 */
final class Device {
    private final SignalReader reader;
    private boolean withSamples;
    private Map<String, Object> told = Map.of();
    private Map<String, Object> now = Map.of();
    private long millis;
    private boolean born;
    private boolean news;
    private long heardNanos;
    private long nextNanos;

    /** @param withSamples whether samples are told, too */
    Device(SignalReader reader, boolean withSamples, long nowNanos) {
        this.reader = reader;
        this.withSamples = withSamples;
        this.nextNanos = nowNanos;
    }

    /** Takes a signal as the latest. */
    void hear(byte[] payload, long nowNanos) {
        Signal signal = reader.read(payload);
        now = SignalMetrics.of(signal, withSamples);
        millis = SignalMetrics.millis(signal, System.currentTimeMillis());
        news = true;
        heardNanos = nowNanos;
    }

    /** Whether a message may be told now. */
    boolean isDue(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    /** A message is tried now: the next may be told after that interval. */
    void tried(long nowNanos, long intervalNanos) {
        nextNanos = nowNanos + intervalNanos;
    }

    /** Whether there is something to be told. */
    boolean hasNews() {
        return !now.isEmpty() && (news || !born);
    }

    /** Whether nothing was heard for so long. */
    boolean isSilent(long nowNanos, long silenceNanos) {
        return !now.isEmpty() && silenceNanos > 0 && nowNanos - heardNanos > silenceNanos;
    }

    boolean isBorn() {
        return born;
    }

    /** The node was born again: so must this be, at once. */
    void forgetBirth(long nowNanos) {
        born = false;
        nextNanos = nowNanos;
    }

    /** The next message's payload: everything where it is a birth, else what has changed. */
    byte[] payload(int sequence) {
        return MetricPayload.of(born ? Metrics.changed(told, now) : now, millis, sequence);
    }

    /** That message was sent. Samples are not kept: they always count as changed, and would take the heap. */
    void told() {
        told = new LinkedHashMap<>(now);
        told.computeIfPresent(SignalMetrics.SAMPLES, (name, samples) -> new float[0]);
        now = told;
        born = true;
        news = false;
    }

    /** That message is too large: from now on it is told without samples; false where there are none. */
    boolean shrink() {
        boolean had = now.containsKey(SignalMetrics.SAMPLES);
        withSamples = false;
        now = new LinkedHashMap<>(now);
        now.remove(SignalMetrics.SAMPLES);
        return had;
    }
}
