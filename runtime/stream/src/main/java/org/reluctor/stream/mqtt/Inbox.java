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
}
