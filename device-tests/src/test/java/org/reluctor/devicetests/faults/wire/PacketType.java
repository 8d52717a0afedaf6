package org.reluctor.devicetests.faults.wire;

/** MQTT 5 control packets (MQTT 5.0, section 2.1.2), each at its number's place. */
public enum PacketType {
    RESERVED, CONNECT, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK,
    PINGREQ, PINGRESP, DISCONNECT, AUTH;

    private static final PacketType[] BY_NUMBER = values();

    static PacketType of(int firstByte) {
        return BY_NUMBER[firstByte >> 4 & 15];
    }
}
