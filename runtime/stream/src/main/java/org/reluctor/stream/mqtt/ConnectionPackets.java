package org.reluctor.stream.mqtt;

/** Takes the packets that a {@link PacketReader} keeps from the client library. On the library's receiving thread. */
public interface ConnectionPackets {
    /**
     * A PUBLISH.
     *
     * @param payload     the receiver's own from now on
     * @param packetId    0 at QoS 0
     * @param contentType null where the message names none
     * @param retained    it was kept by the broker, and comes because it was subscribed to
     * @param about       of a request
     */
    void published(String topic, byte[] payload, int qos, int packetId, String contentType, boolean retained,
            Correspondence about);

    /** Bytes came, of whatever packet: the broker lives. */
    void heard(int byteCount);

    /** A PUBACK. */
    void confirmed(int packetId, int reasonCode);
}
