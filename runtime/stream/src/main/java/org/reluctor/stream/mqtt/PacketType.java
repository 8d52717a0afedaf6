package org.reluctor.stream.mqtt;

/** Control packet types that are read and written here (MQTT 5.0, section 2.1.2). */
final class PacketType {
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;

    private PacketType() {
    }
}
