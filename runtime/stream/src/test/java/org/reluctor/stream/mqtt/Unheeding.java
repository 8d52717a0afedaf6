package org.reluctor.stream.mqtt;

import org.reluctor.stream.ConnectFailure;

/** Hears of a link's connections and does nothing: its test asks the link. */
final class Unheeding implements LinkListener {
    @Override
    public void connected(MqttSession session) {
        // Asked of the link.
    }

    @Override
    public void disconnected(MqttSession session, ConnectFailure why) {
        // Asked of the link.
    }

    @Override
    public void connectFailed(ConnectFailure why, long retryInMillis) {
        // Asked of the link.
    }
}
