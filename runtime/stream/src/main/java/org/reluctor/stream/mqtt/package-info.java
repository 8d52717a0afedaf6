/**
 * One MQTT 5 connection at a time, made again when it is lost: the only package that knows the client library. The rest
 * of the stream sees a {@link org.reluctor.stream.mqtt.MqttLink}, which outlives connections, and a
 * {@link org.reluctor.stream.mqtt.MqttSession}, which is one of them.
 */
package org.reluctor.stream.mqtt;
