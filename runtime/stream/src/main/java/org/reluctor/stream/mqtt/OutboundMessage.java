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
 * @param about       of a request or an answer
 */
public record OutboundMessage(String topic, byte[] payload, int qos, boolean retained, String contentType,
        boolean utf8, Correspondence about) {
    /** Content type of frames and signals. */
    public static final String CBOR = "application/cbor";
    /** Content type of errors, summaries and status. */
    public static final String JSON = "application/json";

    /** A message that is neither request nor answer. */
    public OutboundMessage(String topic, byte[] payload, int qos, boolean retained, String contentType,
            boolean utf8) {
        this(topic, payload, qos, retained, contentType, utf8, Correspondence.NONE);
    }

    /** A frame or signal at QoS 1. */
    public static OutboundMessage cbor(String topic, byte[] payload) {
        return new OutboundMessage(topic, payload, 1, false, CBOR, false);
    }

    /** A request or answer at QoS 1. */
    public static OutboundMessage cbor(String topic, byte[] payload, Correspondence about) {
        return new OutboundMessage(topic, payload, 1, false, CBOR, false, about);
    }

    /** A JSON text. */
    public static OutboundMessage json(String topic, byte[] payload, int qos, boolean retained) {
        return new OutboundMessage(topic, payload, qos, retained, JSON, true);
    }

    /** An upper bound of the packet's size in bytes: names have at most 3 bytes a character, the rest at most 64. */
    public long packetBytesAtMost() {
        long properties = 64 + (contentType == null ? 0 : contentType.length())
                + (about.responseTopic() == null ? 0 : 3L * about.responseTopic().length())
                + (about.correlationData() == null ? 0 : about.correlationData().length);
        return payload.length + 3L * topic.length() + properties;
    }
}
