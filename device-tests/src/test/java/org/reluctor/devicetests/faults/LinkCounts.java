package org.reluctor.devicetests.faults;

import java.util.concurrent.atomic.AtomicInteger;
import org.reluctor.devicetests.faults.ledger.Ledger;
import org.reluctor.devicetests.faults.ledger.WireWitness;
import org.reluctor.devicetests.faults.wire.Direction;
import org.reluctor.devicetests.faults.wire.MqttPacket;
import org.reluctor.devicetests.faults.wire.PacketType;
import org.reluctor.devicetests.faults.wire.PacketWatch;

/**
 * Counts what passed on a gateway's links, so that a fault can tell whether the gateway has met it. Safe for several
 * threads.
 */
final class LinkCounts {
    private static final int REFUSAL = 0x80;

    private final Ledger ledger;
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger signals = new AtomicInteger();

    /** @param ledger hears of what was acknowledged and confirmed */
    LinkCounts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** For one connection. */
    PacketWatch watch() {
        WireWitness witness = new WireWitness(ledger, mostUnderWay);
        return (direction, packet, onward) -> {
            count(direction, packet, onward);
            witness.seen(direction, packet, onward);
        };
    }

    private void count(Direction direction, MqttPacket packet, boolean onward) {
        if (direction == Direction.TO_CLIENT) {
            subscriptions.addAndGet(packet.type() == PacketType.SUBACK ? 1 : 0);
            refusals.addAndGet(packet.type() == PacketType.PUBACK && packet.reasonCode() >= REFUSAL ? 1 : 0);
        } else if (packet.type() == PacketType.PUBLISH && packet.topic().endsWith("/signal")) {
            (onward ? signals : refusals).incrementAndGet();
        }
    }

    /** The most signals that were unconfirmed at once since the last call. */
    int takeMostUnderWay() {
        return mostUnderWay.getAndSet(0);
    }

    /** How often the gateway's subscriptions were granted. */
    int subscriptions() {
        return subscriptions.get();
    }

    /** Signals that the broker, or a proxy in its name, refused since the last call. */
    int takeRefusals() {
        return refusals.getAndSet(0);
    }

    /** Signals that went on to the broker since the last call. */
    int takeSignals() {
        return signals.getAndSet(0);
    }
}
