package org.reluctor.stream.mqtt;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;
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

    static MqttConnectionOptions of(LinkPlan plan, LinkPlan.Will will) {
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
        if (broker.encrypted()) {
            options.setSocketFactory(broker.tls() == null ? SSLSocketFactory.getDefault() : broker.tls().get());
        }
        if (will != null) {
            will(will, options);
        }
        return options;
    }

    /** The library's limit of TCP's and of TLS's part of connecting, each, in whole seconds. */
    static int connectSeconds(BrokerOptions broker) {
        return (int) Math.ceil(broker.connectTimeout().toMillis() / 1000.0);
    }

    // The library notices silence only after two of its intervals, or four where a write is stuck and its own clock
    // lags a little; three eighths of ours keep that within 1.5 times ours. Below 2 s a busy machine looks dead.
    static int libraryKeepAliveSeconds(BrokerOptions broker) {
        return Math.max(2, 3 * broker.keepAliveSeconds() / 8);
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
        OutboundMessage message = will.message();
        properties.setContentType(message.contentType());
        properties.setPayloadFormat(message.utf8());
        properties.setWillDelayInterval((long) will.delaySeconds());
        options.setWillMessageProperties(properties);
        options.setWill(message.topic(),
                new MqttMessage(message.payload(), message.qos(), message.retained(), properties));
    }
}
