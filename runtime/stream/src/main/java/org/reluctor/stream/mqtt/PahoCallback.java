package org.reluctor.stream.mqtt;

import java.io.EOFException;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Passes the library's callbacks of one connection on. */
final class PahoCallback implements MqttCallback {
    private final PahoSession session;

    PahoCallback(PahoSession session) {
        this.session = session;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        // Messages go past the library: see PacketReader.
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        boolean byBroker = response.getException() == null && ReasonCode.isRefusal(response.getReturnCode());
        session.fail(byBroker
                ? session.failures().disconnected(response.getReturnCode(), response.getReasonString())
                : session.failures().broken(cause(response)));
    }

    private static Throwable cause(MqttDisconnectResponse response) {
        return response.getException() != null ? response.getException() : new EOFException();
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // Told again by disconnected() where it matters.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // Each message has its own listener.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // The connect listener knows already; subscribing from here could deadlock.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // Enhanced authentication is not asked for.
    }
}
