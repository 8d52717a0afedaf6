package org.reluctor.devicetests.faults.ledger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.reluctor.devicetests.faults.wire.Direction;
import org.reluctor.devicetests.faults.wire.MqttPacket;
import org.reluctor.devicetests.faults.wire.PacketType;
import org.reluctor.devicetests.faults.wire.PacketWatch;

/**
 * Writes into the {@link Ledger} what one connection of the runtime carried: frames that the runtime was given and
 * acknowledged, signals that it sent and the broker confirmed. Counts how many signals were under way at once.
 */
public final class WireWitness implements PacketWatch {
    private static final int REFUSAL = 0x80;

    private final Ledger ledger;
    private final AtomicInteger mostUnderWay;
    private final int connection;
    private final Map<Integer, Identity> frames = new ConcurrentHashMap<>();
    private final Map<Integer, Identity> signals = new ConcurrentHashMap<>();

    /** @param mostUnderWay raised to the most signals that were unconfirmed at once */
    public WireWitness(Ledger ledger, AtomicInteger mostUnderWay) {
        this.ledger = ledger;
        this.mostUnderWay = mostUnderWay;
        this.connection = ledger.connection();
    }

    @Override
    public void seen(Direction direction, MqttPacket packet, boolean onward) {
        if (packet.type() == PacketType.PUBLISH) {
            published(direction, packet, onward);
        } else if (packet.type() == PacketType.PUBACK) {
            acknowledged(direction, packet);
        }
    }

    private void published(Direction direction, MqttPacket packet, boolean onward) {
        boolean toBroker = direction == Direction.TO_BROKER;
        if (!onward || packet.packetId() == 0 || !packet.topic().endsWith(toBroker ? "/signal" : "/frame")) {
            return;
        }
        Identity identity = Identity.of(packet.payload());
        if (identity != null) {
            (toBroker ? signals : frames).put(packet.packetId(), identity);
            if (toBroker) {
                mostUnderWay.accumulateAndGet(signals.size(), Math::max);
                ledger.sent(identity, connection);
            } else {
                ledger.offered(identity, connection);
            }
        }
    }

    private void acknowledged(Direction direction, MqttPacket packet) {
        if (direction == Direction.TO_BROKER) {
            Identity frame = frames.remove(packet.packetId());
            if (frame != null) {
                ledger.released(frame, System.nanoTime());
            }
            return;
        }
        Identity signal = signals.remove(packet.packetId());
        if (signal != null && packet.reasonCode() < REFUSAL) {
            ledger.confirmed(signal, System.nanoTime());
        } else if (signal != null) {
            ledger.refused(signal);
        }
    }
}
