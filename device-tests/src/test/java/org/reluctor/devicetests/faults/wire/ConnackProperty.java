package org.reluctor.devicetests.faults.wire;

/** Properties that a broker may state in CONNACK (MQTT 5.0, section 3.2.2.3), as far as the tests change them. */
enum ConnackProperty {
    RECEIVE_MAXIMUM(0x21, 2),
    MAXIMUM_PACKET_SIZE(0x27, 4);

    private final int number;
    private final int size;

    ConnackProperty(int number, int size) {
        this.number = number;
        this.size = size;
    }

    /** The CONNACK with this property at that value, whatever the broker said. */
    MqttPacket in(MqttPacket connack, long value) {
        PacketBytes stated = new PacketBytes().octet(number);
        if (size == 2) {
            stated.word((int) value);
        } else {
            stated.doubleWord(value);
        }
        return connack.withoutProperty(number, size).withProperties(stated.toArray());
    }

    /** Bytes of the property whose number stands at that place, without the number. */
    static int sizeAt(byte[] bytes, int at) {
        return switch (bytes[at] & 0xFF) {
            // Maximum QoS, retain, wildcards, subscription identifiers, shared subscriptions: one byte each.
            case 0x24, 0x25, 0x28, 0x29, 0x2A -> 1;
            // Server keep alive, receive maximum, topic alias maximum.
            case 0x13, 0x21, 0x22 -> 2;
            // Session expiry, maximum packet size.
            case 0x11, 0x27 -> 4;
            // Assigned client identifier, response information, server reference, reason, method: a text.
            case 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> 2 + length(bytes, at + 1);
            // User property: two texts.
            case 0x26 -> 4 + length(bytes, at + 1) + length(bytes, at + 3 + length(bytes, at + 1));
            default -> throw new IllegalArgumentException("CONNACK has the property " + (bytes[at] & 0xFF));
        };
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
