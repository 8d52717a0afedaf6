package org.reluctor.stream.mqtt;

/** Hears what became of a published message. Called on the client library's threads: must only note and return. */
@FunctionalInterface
public interface PublishReceipt {
    /** Reason code of a message whose connection ended before it was confirmed. */
    int LOST = -1;

    /** @param reasonCode of the PUBACK, 0 for a QoS 0 message that was sent, or {@link #LOST} */
    void settled(int reasonCode);
}
