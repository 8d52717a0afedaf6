package org.reluctor.stream.mqtt;

import java.io.IOException;
import java.util.List;
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

    /** Retain handling (MQTT 5.0, section 3.8.3.1). */
    private static final int NEVER_SEND_RETAINED = 2;
    /** Marks the packet id of a message that came at QoS 2, which nobody asked for: see {@link Packets}. */
    private static final int EXACTLY_ONCE = 0x10000;

    private final LinkPlan plan;
    private final long epoch;
    private final Runnable wake;
    private final ConnectFailures failures;
    private final long startNanos;
    private final long limitNanos;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);
    private volatile PahoClient client;
    private volatile IMqttToken connecting;
    private volatile LinkPlan.Will will;
    private final AtomicReference<ConnectFailure> failure = new AtomicReference<>();
    private volatile boolean sessionPresent;
    private volatile ReceiptTable receipts = new ReceiptTable(0);
    private volatile long maximumPacketBytes = Long.MAX_VALUE;
    // When the connecting last came nearer to its end.
    private volatile long progressNanos;

    PahoSession(LinkPlan plan, long epoch, Runnable wake, long nowNanos) {
        this.plan = plan;
        this.epoch = epoch;
        this.wake = wake;
        this.failures = new ConnectFailures(plan.side(), plan.broker());
        this.startNanos = nowNanos;
        this.limitNanos = plan.broker().connectTimeout().toNanos() + 500_000_000L;
        this.progressNanos = nowNanos;
    }

    /** Begins to connect and returns. */
    void start() {
        try {
            will = plan.will() == null ? null : plan.will().apply(epoch);
            client = new PahoClient(plan.broker().uri().toString(), plan.broker().clientId(),
                    plan.broker().maximumPacketBytes(), new Packets());
            client.setCallback(new PahoCallback(this));
            connecting = client.connect(PahoOptions.of(plan, will), null, new ConnectOutcome());
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
        // The answer to SUBSCRIBE stands behind whatever the session had kept: as long as that comes, it is on its way.
        boolean overdue = now == Phase.CONNECTING && nowNanos - startNanos > limitNanos
                || now == Phase.SUBSCRIBING && nowNanos - progressNanos > limitNanos;
        if (overdue) {
            fail(failures.failure(Kind.UNREACHABLE, -1,
                    "no answer within " + plan.broker().connectTimeout().toMillis() + " ms"));
        }
        return phase.get();
    }

    /** How long the oldest publication has been waiting for its confirmation, ns; 0 where none does. */
    long unconfirmedNanos(long nowNanos) {
        return receipts.oldestNanos(nowNanos);
    }

    private void subscribe() {
        if (plan.allFilters().isEmpty()) {
            phase.compareAndSet(Phase.CONNECTED, Phase.UP);
            return;
        }
        if (!phase.compareAndSet(Phase.CONNECTED, Phase.SUBSCRIBING)) {
            return;
        }
        progressNanos = System.nanoTime();
        MqttSubscription[] wanted = Stream.concat(plan.filters().stream().map(this::reliable),
                plan.unreliableFilters().stream().map(PahoSession::unreliable)).toArray(MqttSubscription[]::new);
        try {
            client.subscribe(wanted, null, new SubscribeOutcome(), new MqttProperties());
        } catch (MqttException | RuntimeException e) {
            fail(failures.broken(e));
        }
    }

    private MqttSubscription reliable(String filter) {
        MqttSubscription subscription = new MqttSubscription(filter, 1);
        subscription.setRetainHandling(plan.retained() ? 0 : NEVER_SEND_RETAINED);
        return subscription;
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
    public void unsubscribe(List<String> filters) {
        if (filters.isEmpty()) {
            return;
        }
        try {
            client.unsubscribe(filters.toArray(String[]::new));
        } catch (MqttException | RuntimeException e) {
            // The connection is going; in the next one, the next message shows what is left.
            return;
        }
    }

    @Override
    public void acknowledge(int packetId) {
        if (!isOpen()) {
            return;
        }
        try {
            if ((packetId & EXACTLY_ONCE) == 0) {
                client.acknowledge(packetId);
            } else {
                client.receive(packetId & ~EXACTLY_ONCE);
            }
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
        int reason = will != null && will.atGoodbye() ? ReasonCode.DISCONNECT_WITH_WILL : ReasonCode.SUCCESS;
        try {
            client.disconnect(200, null, null, reason, new MqttProperties()).waitForCompletion(2000);
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
        public void published(String topic, byte[] payload, int qos, int packetId, String contentType,
                boolean retained, Correspondence about) {
            // QoS 2 comes of a subscription that somebody else once made in the same session. It is taken as QoS 1:
            // to end the connection would have it come again for ever.
            int id = qos == 2 ? packetId | EXACTLY_ONCE : packetId;
            try {
                if (retained && !plan.retained() && !plan.unreliableFilters().contains(topic)) {
                    leave(topic, qos, id);
                } else {
                    plan.inbox().arrived(PahoSession.this, topic, payload, Math.min(qos, 1), id, contentType,
                            retained, about);
                }
                progress();
            } catch (RuntimeException e) {
                // Left unacknowledged for ever otherwise; a new connection brings it again.
                fail(failures.failure(Kind.UNREACHABLE, -1, "a message could not be taken: " + e));
            }
        }

        // Not every broker heeds the wish for none, and an old frame must not pass for a new one.
        private void leave(String topic, int qos, int id) {
            if (qos > 0) {
                acknowledge(id);
            }
            plan.inbox().leftOut(topic);
        }

        // While a message waited for room nothing was read: that silence was not the broker's.
        private void progress() {
            progressNanos = System.nanoTime();
            client.heard(1);
        }

        @Override
        public void heard(int byteCount) {
            progressNanos = System.nanoTime();
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
            String lacking = ServerLimits.lacking(plan, answer);
            if (lacking != null) {
                fail(failures.failure(Kind.REFUSED, -1, lacking));
                return;
            }
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
                boolean less = i < plan.filters().size() && codes[i] == 0;
                if (ReasonCode.isRefusal(codes[i]) || less) {
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
