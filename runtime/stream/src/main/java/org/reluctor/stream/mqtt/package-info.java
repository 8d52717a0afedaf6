/**
 * One MQTT 5 connection at a time, made again when it is lost: the only package that knows the client library. The rest
 * of the stream sees a {@link org.reluctor.stream.mqtt.MqttLink}, which outlives connections, and a
 * {@link org.reluctor.stream.mqtt.MqttSession}, which is one of them.
 *
 * <p>The library, Paho's MQTT 5 client 1.2.5, is not developed any more. Its traps, and what keeps us out of them; the
 * tests of {@code LibraryTrapsTest} fail where a remedy is taken out, and name the trap:
 * <ul>
 * <li>Topic aliases of a lost connection are used in the next, a publication above the receive maximum is thrown out
 *     with its alias, a PUBACK that refuses passes for a success: PUBLISH and PUBACK go past the library
 *     ({@link org.reluctor.stream.mqtt.PacketReader}, PacketWriter, ReceiptTable), and every connection has a client of
 *     its own, closed for good with its threads (PahoSession).
 * <li>An exception of the taker is swallowed and its message acknowledged; a late acknowledgement takes another message
 *     of the next connection: we acknowledge ourselves, through the session of the message alone.
 * <li>QoS 2 is answered by itself and its map leaks: we subscribe at QoS 1, and take what comes at QoS 2 all the same
 *     as QoS 1.
 * <li>Its callbacks run on one thread behind ten places, and subscribing from them can deadlock: a callback only notes,
 *     the link's owner does.
 * <li>The first connection is tried once, and its pauses are not what was set: MqttLink tries and pauses itself.
 * <li>What is not set is left out of CONNECT: an expiry of 0, no largest packet. PahoOptions sets both, and no maximum
 *     of topic aliases, because those towards us are broken.
 * <li>The keep-alive's timer goes by the time of day (SteadyPingSender), silence is noticed after two of its intervals
 *     (PahoOptions), small packets wait for each other (PlainModule), and a TLS socket is not closed (EncryptedModule).
 * </ul>
 */
package org.reluctor.stream.mqtt;
