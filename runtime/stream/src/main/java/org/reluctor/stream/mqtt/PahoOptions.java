package org.reluctor.stream.mqtt;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.reluctor.stream.BrokerOptions;

/**
 * Puts a link's plan into the client library's terms, made anew for every connection so that renewed secrets are seen.
 */
final class PahoOptions {
    private PahoOptions() {
    }

    static MqttConnectionOptions of(LinkPlan plan, long epoch) {
        BrokerOptions broker = plan.broker();
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(plan.cleanStart());
        options.setSessionExpiryInterval(plan.cleanStart() ? 0L : broker.sessionExpirySeconds());
        options.setReceiveMaximum(broker.receiveMaximum());
        options.setMaximumPacketSize((long) broker.maximumPacketBytes());
        options.setConnectionTimeout(connectSeconds(broker));
        options.setKeepAliveInterval(libraryKeepAliveSeconds(broker));
        // Inbound aliases are broken in the library: an absent maximum forbids them to the broker.
        options.setTopicAliasMaximum(null);
        credentials(broker, options);
        if (broker.encrypted() && broker.tls() != null) {
            options.setSocketFactory(broker.tls().get());
        }
        if (plan.will() != null) {
            will(plan.will().apply(epoch), options);
        }
        return options;
    }

    /** The library's limit of TCP's and of TLS's part of connecting, each, in whole seconds. */
    static int connectSeconds(BrokerOptions broker) {
        return (int) Math.ceil(broker.connectTimeout().toMillis() / 1000.0);
    }

    // The library notices silence only after two to three of its intervals; half of ours keeps it within 1.5 times
    // ours.
    private static int libraryKeepAliveSeconds(BrokerOptions broker) {
        return Math.max(1, broker.keepAliveSeconds() / 2);
    }

    private static void credentials(BrokerOptions broker, MqttConnectionOptions options) {
        if (broker.username() != null) {
            options.setUserName(broker.username());
        }
        char[] password = broker.password() == null ? null : broker.password().get();
        if (password != null) {
            ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            options.setPassword(bytes);
        }
    }

    private static void will(LinkPlan.Will will, MqttConnectionOptions options) {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(OutboundMessage.JSON);
        properties.setPayloadFormat(true);
        properties.setWillDelayInterval((long) will.delaySeconds());
        options.setWillMessageProperties(properties);
        options.setWill(will.topic(), new MqttMessage(will.payload(), 1, true, properties));
    }
}
