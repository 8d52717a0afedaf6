package org.reluctor.stream.mqtt;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.ConnectFailure.Kind;

/**
 * One life of the client library's client: connects, subscribes, publishes, acknowledges, and is thrown away. It is
 * never connected again, because the library carries topic aliases and packet ids of a lost connection into the next
 * one.
 */
final class PahoSession implements MqttSession {
    /** Where the life stands; FAILED and CLOSED are its ends. */
    enum Phase { CONNECTING, CONNECTED, SUBSCRIBING, UP, FAILED, CLOSED }

    private final LinkPlan plan;
    private final long epoch;
    private final Runnable wake;
    private final ConnectFailures failures;
    private final long startNanos;
    private final long deadlineNanos;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);
    private volatile PahoClient client;
    private volatile IMqttToken connecting;
    private final AtomicReference<ConnectFailure> failure = new AtomicReference<>();
    private volatile boolean sessionPresent;
    private volatile ReceiptTable receipts = new ReceiptTable(0);
    private volatile long maximumPacketBytes = Long.MAX_VALUE;

    PahoSession(LinkPlan plan, long epoch, Runnable wake, long nowNanos) {
        this.plan = plan;
        this.epoch = epoch;
        this.wake = wake;
        this.failures = new ConnectFailures(plan.side(), plan.broker());
        this.startNanos = nowNanos;
        this.deadlineNanos = nowNanos + plan.broker().connectTimeout().toNanos() + 500_000_000L;
    }

    /** Begins to connect and returns. */
    void start() {
        try {
            client = new PahoClient(plan.broker().uri().toString(), plan.broker().clientId(),
                    plan.broker().maximumPacketBytes(), new Packets());
            client.setCallback(new PahoCallback(this));
            connecting = client.connect(PahoOptions.of(plan, epoch), null, new ConnectOutcome());
        } catch (MqttException e) {
            fail(failures.connecting(e));
        } catch (RuntimeException e) {
            // A secret or a certificate that cannot be read, say.
            fail(failures.failure(Kind.TLS, -1, "not tried: " + e.getMessage()));
        }
    }

    /** One step of the owner's: subscribes once connected, and notices that an answer is overdue. */
    Phase advance(long nowNanos) {
        if (phase.get() == Phase.CONNECTED) {
            subscribe();
        }
        Phase now = phase.get();
        boolean waiting = now == Phase.CONNECTING || now == Phase.SUBSCRIBING;
        if (waiting && nowNanos - deadlineNanos > 0) {
            fail(failures.failure(Kind.UNREACHABLE, -1,
                    "no answer within " + plan.broker().connectTimeout().toMillis() + " ms"));
        }
        return phase.get();
    }

    private void subscribe() {
        if (plan.allFilters().isEmpty()) {
            phase.compareAndSet(Phase.CONNECTED, Phase.UP);
            return;
        }
        if (!phase.compareAndSet(Phase.CONNECTED, Phase.SUBSCRIBING)) {
            return;
        }
        MqttSubscription[] wanted = Stream.concat(
                plan.filters().stream().map(filter -> new MqttSubscription(filter, 1)),
                plan.unreliableFilters().stream().map(PahoSession::unreliable)).toArray(MqttSubscription[]::new);
        try {
            client.subscribe(wanted, null, new SubscribeOutcome(), new MqttProperties());
        } catch (MqttException | RuntimeException e) {
            fail(failures.broken(e));
        }
    }

    /** The flag of retained messages is kept where others would see it only at the subscription. */
    private static MqttSubscription unreliable(String filter) {
        MqttSubscription subscription = new MqttSubscription(filter, 0);
        subscription.setRetainAsPublished(true);
        return subscription;
    }

    /** The reason of {@link Phase#FAILED}; set before the phase is. */
    ConnectFailure failure() {
        return failure.get();
    }

    ConnectFailures failures() {
        return failures;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean isOpen() {
        Phase now = phase.get();
        return now != Phase.FAILED && now != Phase.CLOSED;
    }

    @Override
    public boolean sessionPresent() {
        return sessionPresent;
    }

    @Override
    public long maximumPacketBytes() {
        return maximumPacketBytes;
    }

    @Override
    public boolean publish(OutboundMessage message, PublishReceipt receipt) {
        if (phase.get() != Phase.UP) {
            return false;
        }
        int packetId = message.qos() == 0 ? 0 : receipts.add(receipt);
        if (message.qos() > 0 && packetId == 0) {
            return false;
        }
        try {
            client.publish(message, packetId);
        } catch (IOException | RuntimeException e) {
            // Taken, and lost: its receipt says so.
            fail(failures.broken(e));
        }
        if (message.qos() == 0) {
            receipt.settled(isOpen() ? ReasonCode.SUCCESS : PublishReceipt.LOST);
        }
        return true;
    }

    @Override
    public void acknowledge(int packetId) {
        if (!isOpen()) {
            return;
        }
        try {
            client.acknowledge(packetId);
        } catch (IOException | RuntimeException e) {
            fail(failures.broken(e));
        }
    }

    /** The life is over; the first reason counts. Any thread. */
    void fail(ConnectFailure why) {
        if (failure.compareAndSet(null, why)) {
            phase.getAndUpdate(now -> now == Phase.CLOSED ? now : Phase.FAILED);
            receipts.loseAll();
            wake.run();
        }
    }

    /**
     * Frees the client's threads and socket.
     *
     * @param goodbye true: with a DISCONNECT, so that the broker drops the Will
     */
    void close(boolean goodbye) {
        phase.set(Phase.CLOSED);
        receipts.loseAll();
        if (client == null) {
            return;
        }
        boolean connected = client.isConnected();
        if (connecting != null && !connecting.isComplete() && !connected) {
            disposeLater();
            return;
        }
        if (goodbye && connected) {
            sayGoodbye();
        }
        dispose();
    }

    private void sayGoodbye() {
        try {
            client.disconnect(200).waitForCompletion(2000);
        } catch (MqttException | RuntimeException e) {
            // The link broke meanwhile: the broker will notice by itself.
            return;
        }
    }

    // The library connects in a thread of its own, and would leave socket and threads behind on a client that is closed
    // meanwhile. No longer than its own time limits may last, or a late CONNACK takes the session from the next
    // connection.
    private void disposeLater() {
        IMqttToken attempt = connecting;
        int parts = plan.broker().encrypted() ? 2 : 1;
        long limitMillis = 1000L * parts * PahoOptions.connectSeconds(plan.broker()) + 200;
        long leftMillis = limitMillis - (System.nanoTime() - startNanos) / 1_000_000;
        if (leftMillis <= 0) {
            dispose();
            return;
        }
        Thread disposal = new Thread(() -> {
            try {
                attempt.waitForCompletion(leftMillis);
            } catch (MqttException | RuntimeException e) {
                // Failed or overdue: both are a reason to dispose of it now.
            }
            dispose();
        }, "reluctor-disposal");
        disposal.setDaemon(true);
        disposal.start();
    }

    private void dispose() {
        try {
            if (client.isConnected() || !connecting.isComplete()) {
                client.disconnectForcibly(0, 1, false);
            }
        } catch (MqttException | RuntimeException e) {
            // Disconnected already.
        } finally {
            closeClient();
        }
    }

    private void closeClient() {
        try {
            client.close(true);
        } catch (MqttException | RuntimeException e) {
            // The library is shutting the client down itself at this moment and closes it then.
            return;
        }
    }

    /** What comes past the library; throws nothing into its receiving thread. */
    private final class Packets implements ConnectionPackets {
        @Override
        public void published(String topic, byte[] payload, int qos, int packetId, String contentType) {
            published(topic, payload, qos, packetId, contentType, false, Correspondence.NONE);
        }

        @Override
        public void published(String topic, byte[] payload, int qos, int packetId, String contentType,
                boolean retained, Correspondence about) {
            try {
                plan.inbox().arrived(PahoSession.this, topic, payload, qos, packetId, contentType, retained, about);
            } catch (RuntimeException e) {
                // Left unacknowledged for ever otherwise; a new connection brings it again.
                fail(failures.failure(Kind.UNREACHABLE, -1, "a message could not be taken: " + e));
            }
        }

        @Override
        public void heard(int byteCount) {
            client.heard(byteCount);
        }

        @Override
        public void confirmed(int packetId, int reasonCode) {
            try {
                receipts.settle(packetId, reasonCode);
            } catch (RuntimeException e) {
                fail(failures.failure(Kind.UNREACHABLE, -1, "a confirmation could not be taken: " + e));
            }
        }
    }

    private final class ConnectOutcome implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            MqttProperties answer = token.getResponseProperties();
            sessionPresent = token.getSessionPresent();
            Integer granted = answer == null ? null : answer.getReceiveMaximum();
            int most = plan.broker().receiveMaximum();
            receipts = new ReceiptTable(granted == null ? most : Math.min(most, granted));
            if (answer != null && answer.getMaximumPacketSize() != null) {
                maximumPacketBytes = answer.getMaximumPacketSize();
            }
            phase.compareAndSet(Phase.CONNECTING, Phase.CONNECTED);
            wake.run();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            fail(failures.connecting(cause));
        }
    }

    private final class SubscribeOutcome implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            for (int i = 0; codes != null && i < codes.length; i++) {
                if (ReasonCode.isRefusal(codes[i])) {
                    fail(failures.subscribing(codes[i], plan.allFilters().get(i)));
                    return;
                }
            }
            phase.compareAndSet(Phase.SUBSCRIBING, Phase.UP);
            wake.run();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            fail(failures.connecting(cause));
        }
    }
}
