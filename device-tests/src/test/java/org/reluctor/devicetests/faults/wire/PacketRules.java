package org.reluctor.devicetests.faults.wire;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.reluctor.devicetests.faults.wire.PacketRule.Outcome;

/** The rules that the fault kinds want. */
public final class PacketRules {
    private PacketRules() {
    }

    /** Drops the next {@code count} packets of that type and direction; {@code count} is taken down to 0. */
    public static PacketRule drop(Direction of, PacketType type, AtomicInteger count) {
        return (direction, packet) -> direction == of && packet.type() == type && count.get() > 0
                && count.getAndDecrement() > 0 ? Outcome.drop() : Outcome.pass(packet);
    }

    /** Answers publications on chosen topics as a broker does that refuses them; none of them reaches the broker. */
    public static PacketRule refuse(Predicate<String> topic, int reasonCode) {
        return (direction, packet) -> direction == Direction.TO_BROKER && packet.type() == PacketType.PUBLISH
                && packet.qos() == 1 && topic.test(packet.topic())
                        ? Outcome.answer(MqttPacket.of(0x40,
                                new PacketBytes().word(packet.packetId()).octet(reasonCode).number(0).toArray()))
                        : Outcome.pass(packet);
    }

    /** Has the broker state how many unconfirmed QoS 1 publications it takes; seen from the next connection on. */
    public static PacketRule receiveMaximum(int messages) {
        return (direction, packet) -> packet.type() == PacketType.CONNACK
                ? Outcome.pass(ConnackProperty.RECEIVE_MAXIMUM.in(packet, messages)) : Outcome.pass(packet);
    }

    /** Has the broker state the largest packet that it takes; seen from the next connection on. */
    public static PacketRule maximumPacketSize(int bytes) {
        return (direction, packet) -> packet.type() == PacketType.CONNACK
                ? Outcome.pass(ConnackProperty.MAXIMUM_PACKET_SIZE.in(packet, bytes)) : Outcome.pass(packet);
    }
}
