package org.reluctor.devicetests.performance;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** The library's callback, of which a benchmark wants the arriving messages only; a lost connection is told. */
@FunctionalInterface
interface Arrivals extends MqttCallback {
    @Override
    default void disconnected(MqttDisconnectResponse response) {
        System.err.println("disconnected: " + response);
    }

    @Override
    default void mqttErrorOccurred(MqttException exception) {
        System.err.println("client failed: " + exception);
    }

    @Override
    default void deliveryComplete(IMqttToken token) {
        // Each publication has its own listener.
    }

    @Override
    default void connectComplete(boolean reconnect, String serverUri) {
        // Waited for where it is begun.
    }

    @Override
    default void authPacketArrived(int reasonCode, MqttProperties properties) {
        // Not asked for.
    }
}
