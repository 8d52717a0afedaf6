package org.reluctor.stream.mqtt;

import org.reluctor.stream.ConnectFailure;

/** Hears of the connections of a link, on the thread that does the link's work. */
public interface LinkListener {
    /** Connected and, where there are filters, subscribed. */
    void connected(MqttSession session);

    /** A session of which {@link #connected} had told is over. */
    void disconnected(MqttSession session, ConnectFailure why);

    /** An attempt failed; the next follows after {@code retryInMillis}. */
    void connectFailed(ConnectFailure why, long retryInMillis);
}
