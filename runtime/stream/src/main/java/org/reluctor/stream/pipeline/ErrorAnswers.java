package org.reluctor.stream.pipeline;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.QuotedText;
import org.reluctor.stream.json.JsonText;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.mqtt.ReasonCode;

/**
 * Tells sensors on their error topic why a frame was rejected: JSON {reason, field, detail, sensor, boot, seq, sha256}.
 * So many a second for a sensor and for all; what is over that, refused or not deliverable is counted and forgotten.
 * Confined to the egress thread.
 */
final class ErrorAnswers {
    private final Supplier<MqttSession> ingress;
    private final RateLimit inAll;
    private final StreamCounters counters;
    private final StreamEvents events;
    private final MessageDigest sha256;

    /** @param ingress the session with the sensors' broker, null while there is none */
    ErrorAnswers(GatewayOptions options, Supplier<MqttSession> ingress, StreamCounters counters, StreamEvents events) {
        this.ingress = ingress;
        this.inAll = new RateLimit(options.answersInAll());
        this.counters = counters;
        this.events = events;
        this.sha256 = Oversize.digest();
    }

    /** Answers a rejected frame, or counts that it could not. */
    void answer(Slot slot, long nowNanos) {
        SensorState sensor = slot.sensor;
        if (sensor == null) {
            // A topic that names no sensor has no error topic either.
            suppressed(QuotedText.of(slot.topic));
            return;
        }
        MqttSession session = ingress.get();
        boolean allowed = session != null && sensor.answers.tryTake(nowNanos) && inAll.tryTake(nowNanos);
        OutboundMessage message = allowed ? message(slot) : null;
        if (message == null || message.packetBytesAtMost() > session.maximumPacketBytes()
                || !session.publish(message, code -> settled(sensor.sensor, code))) {
            suppressed(sensor.sensor);
        }
    }

    private OutboundMessage message(Slot slot) {
        JsonText json = new JsonText().add("reason", slot.fault.reason()).add("field", slot.faultField)
                .add("detail", slot.faultDetail).add("sensor", slot.sensor.sensor);
        if (slot.frame.hasIdentity()) {
            json.addUnsigned("boot", slot.frame.boot()).addUnsigned("seq", slot.frame.seq());
        } else {
            json.addNull("boot").addNull("seq");
        }
        json.add("sha256", slot.oversize != null ? slot.oversize.sha256()
                : HexFormat.of().formatHex(sha256.digest(slot.payload)));
        return OutboundMessage.json(slot.sensor.errorTopic, json.toBytes(), 1, false);
    }

    private void settled(String sensor, int reasonCode) {
        if (reasonCode < 0 || ReasonCode.isRefusal(reasonCode)) {
            suppressed(sensor);
        } else {
            counters.answersSent.incrementAndGet();
        }
    }

    private void suppressed(String sensor) {
        counters.answersSuppressed.incrementAndGet();
        events.answerSuppressed(sensor);
    }
}
