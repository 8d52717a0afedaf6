package org.reluctor.stream.mqtt;

/**
 * A message to be published.
 *
 * @param topic       without wildcards
 * @param payload     not copied: must not change
 * @param qos         0 or 1
 * @param retained    kept by the broker for later subscribers
 * @param contentType null for none
 * @param utf8        true where the payload is text, in UTF-8
 */
public record OutboundMessage(String topic, byte[] payload, int qos, boolean retained, String contentType,
        boolean utf8) {
    /** Content type of frames and signals. */
    public static final String CBOR = "application/cbor";
    /** Content type of errors, summaries and status. */
    public static final String JSON = "application/json";

    /** A frame or signal at QoS 1. */
    public static OutboundMessage cbor(String topic, byte[] payload) {
        return new OutboundMessage(topic, payload, 1, false, CBOR, false);
    }

    /** A JSON text. */
    public static OutboundMessage json(String topic, byte[] payload, int qos, boolean retained) {
        return new OutboundMessage(topic, payload, qos, retained, JSON, true);
    }

    /** An upper bound of the packet's size in bytes: names have at most 3 bytes a character, properties at most 64. */
    public long packetBytesAtMost() {
        int properties = 64 + (contentType == null ? 0 : contentType.length());
        return payload.length + 3L * topic.length() + properties;
    }
}
