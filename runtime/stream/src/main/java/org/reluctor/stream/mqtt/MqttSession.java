package org.reluctor.stream.mqtt;

import java.util.List;

/**
 * One connection from its CONNECT to its end. A message must be acknowledged through the session that it arrived in,
 * never through a later one: packet ids begin anew, and an acknowledgement out of place would take another message off
 * the broker. Safe for several threads; no method waits for the broker's answer, nor for anything but room in the
 * socket's buffer, and for that no longer than the keep-alive.
 */
public interface MqttSession {
    /** Number of the connection; grows over connections and, being a time in ms at first, over restarts. */
    long epoch();

    /** False once the connection is lost or discarded. */
    boolean isOpen();

    /** True where the broker had kept the session, so that unacknowledged messages come again. */
    boolean sessionPresent();

    /** Largest packet that the broker takes, in bytes. */
    long maximumPacketBytes();

    /**
     * Hands a message to the connection.
     *
     * @param receipt told the outcome of every accepted message, exactly once
     * @return false where nothing was done: the window of unconfirmed messages is full, or the connection is gone
     */
    boolean publish(OutboundMessage message, PublishReceipt receipt);

    /** Ends subscriptions of the session, such as there are; whether it went well is not told. */
    void unsubscribe(List<String> filters);

    /** Acknowledges a QoS 1 message that arrived in this session; does nothing once the session is over. */
    void acknowledge(int packetId);
}
