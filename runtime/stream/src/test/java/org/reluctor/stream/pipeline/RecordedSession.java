package org.reluctor.stream.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.mqtt.PublishReceipt;

/** A session that writes down what it is asked to do, and ends when told. */
final class RecordedSession implements MqttSession {
    final List<Integer> acknowledged = new ArrayList<>();
    final List<OutboundMessage> published = new ArrayList<>();
    final List<String> unsubscribed = new ArrayList<>();
    boolean open = true;
    /** Thrown at the next publication; null for none. */
    Error error;

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean sessionPresent() {
        return true;
    }

    @Override
    public long maximumPacketBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean publish(OutboundMessage message, PublishReceipt receipt) {
        if (error != null) {
            Error now = error;
            error = null;
            throw now;
        }
        published.add(message);
        return true;
    }

    @Override
    public void unsubscribe(List<String> filters) {
        unsubscribed.addAll(filters);
    }

    @Override
    public void acknowledge(int packetId) {
        if (open) {
            acknowledged.add(packetId);
        }
    }
}
