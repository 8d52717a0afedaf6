package org.reluctor.devicetests.faults.wire;

/**
 * Sees the packets of one connection of a {@link FaultProxy} before its faults do: what each side really sent, and what
 * was really sent on. Called by the threads of both directions.
 */
public interface PacketWatch {
    /** A watch that sees nothing. */
    PacketWatch NONE = (direction, packet, onward) -> { };

    /** @param onward whether it is passed on unchanged */
    void seen(Direction direction, MqttPacket packet, boolean onward);
}
