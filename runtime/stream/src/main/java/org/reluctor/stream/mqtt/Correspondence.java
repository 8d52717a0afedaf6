package org.reluctor.stream.mqtt;

/**
 * What a request and its answer carry beside their payload (MQTT 5.0, 4.10). None of it is signed by anybody.
 *
 * @param responseTopic   where the answer is wanted; null for nowhere
 * @param correlationData which the answer repeats; null for none; not copied
 * @param expirySeconds   how long a broker may keep the message for somebody who is away; 0: for ever
 */
public record Correspondence(String responseTopic, byte[] correlationData, int expirySeconds) {
    /** A message that is neither. */
    public static final Correspondence NONE = new Correspondence(null, null, 0);
}
