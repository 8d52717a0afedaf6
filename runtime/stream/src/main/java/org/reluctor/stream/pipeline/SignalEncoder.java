package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFields;
import org.reluctor.stream.codec.SignalWriter;
import org.reluctor.stream.json.JsonText;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.quality.Amplitudes;
import org.reluctor.stream.quality.ErrorBound;

/** Makes the signal of a recovered frame, and its summary where summaries are wanted. Confined to the egress thread. */
final class SignalEncoder {
    private final SignalWriter writer = new SignalWriter();
    private final SignalFields fields = new SignalFields();
    private final ErrorBound errorBound = new ErrorBound();
    private final long deadlineNanos;
    private final long summaryIntervalNanos;

    SignalEncoder(GatewayOptions options) {
        this.deadlineNanos = options.deadline().toNanos();
        this.summaryIntervalNanos = options.summaryInterval().toNanos();
    }

    /** Holds the slot's signal against what its network never saw; the frame's measurements are still needed for it. */
    void judge(Slot slot) {
        slot.errorBound = errorBound.of(slot.frame, slot.x, 0);
    }

    /** Encodes the slot's signal; the payload is the only allocation. */
    void encode(Slot slot, long nowNanos) {
        long latencyNanos = nowNanos - slot.arrivedNanos;
        if (deadlineNanos > 0 && latencyNanos > deadlineNanos) {
            slot.flags |= Signal.FLAG_LATE;
        }
        fields.answering(slot.frame).model(slot.modelId).unit(slot.route.recovery.unit()).residual(slot.residual)
                .errorBound(slot.errorBound).latencyMicros(TimeUnit.NANOSECONDS.toMicros(latencyNanos))
                .flags(slot.flags);
        slot.signal = writer.write(fields, slot.x, 0);
    }

    /** A summary of the slot's signal, or null where none is due: flat JSON at QoS 0. */
    OutboundMessage summaryIfDue(Slot slot, long nowNanos) {
        SensorState sensor = slot.sensor;
        boolean first = sensor.nextSummaryNanos == Long.MIN_VALUE;
        if (summaryIntervalNanos == 0 || !first && nowNanos - sensor.nextSummaryNanos < 0) {
            return null;
        }
        sensor.nextSummaryNanos = nowNanos + summaryIntervalNanos;
        return OutboundMessage.json(sensor.summaryTopic, summary(slot, nowNanos), 0, false);
    }

    private static byte[] summary(Slot slot, long nowNanos) {
        Amplitudes amplitudes = Amplitudes.of(slot.x, slot.route.samplesOfFrame);
        return new JsonText().addUnsigned("seq", slot.frame.seq()).add("residual", slot.residual)
                .add("errorBound", slot.errorBound)
                .add("latencyUs", TimeUnit.NANOSECONDS.toMicros(nowNanos - slot.arrivedNanos))
                .add("min", amplitudes.min()).add("max", amplitudes.max()).add("mean", amplitudes.mean())
                .add("rms", amplitudes.rms()).toBytes();
    }
}
