package org.reluctor.stream.mqtt;

/**
 * Takes what arrives. Called on the client library's thread, one message after the other: must only note and return.
 */
@FunctionalInterface
public interface Inbox {
    /**
     * @param session     where it arrived, and where it is to be acknowledged
     * @param payload     the receiver's own from now on
     * @param packetId    0 at QoS 0
     * @param contentType null where the message names none
     */
    void arrived(MqttSession session, String topic, byte[] payload, int qos, int packetId, String contentType);

    /**
     * As {@link #arrived(MqttSession, String, byte[], int, int, String)}, with what only commands are asked for.
     *
     * @param retained the broker had kept the message, or was told to keep it
     * @param about    of a request
     */
    default void arrived(MqttSession session, String topic, byte[] payload, int qos, int packetId, String contentType,
            boolean retained, Correspondence about) {
        arrived(session, topic, payload, qos, packetId, contentType);
    }

    /** A message that the broker had kept came unasked for; it is acknowledged, and nobody else is told. */
    default void leftOut(String topic) { }
}
