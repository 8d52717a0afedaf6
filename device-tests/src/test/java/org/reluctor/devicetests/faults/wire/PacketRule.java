package org.reluctor.devicetests.faults.wire;

/** What a {@link FaultProxy} does with a packet. Called by one thread for each direction of each connection. */
@FunctionalInterface
public interface PacketRule {
    /** Everything goes on as it is. */
    PacketRule NONE = (direction, packet) -> Outcome.pass(packet);

    Outcome apply(Direction direction, MqttPacket packet);

    /**
     * What becomes of a packet.
     *
     * @param onward goes on in its place, or null
     * @param back   is sent to where it came from, or null
     */
    record Outcome(MqttPacket onward, MqttPacket back) {
        /** The packet goes on. */
        public static Outcome pass(MqttPacket packet) {
            return new Outcome(packet, null);
        }

        /** Nobody hears of it. */
        public static Outcome drop() {
            return new Outcome(null, null);
        }

        /** It does not go on, and its sender gets an answer as if it had. */
        public static Outcome answer(MqttPacket answer) {
            return new Outcome(null, answer);
        }
    }
}
