package org.reluctor.stream.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.Partition;
import org.reluctor.stream.json.JsonText;
import org.reluctor.stream.mqtt.LinkPlan.Will;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.mqtt.ReasonCode;

/**
 * Keeps the retained status message what the state is: {instance, epoch, state, version, models, device, since}, of a
 * member of a partition also {partition, term} (0 while it does not serve). Announced at every connection and change,
 * also of a network, again where it was not confirmed, and by members twice in a keep-alive: a broker that was
 * restarted knows nothing of those who did not come back. Confined to the control thread, but for {@link #isTold} and
 * {@link #will}.
 */
final class StatusAnnouncer {
    /** Within this a reconnect, or a takeover by a standby, announces nothing. */
    private static final int WILL_DELAY_SECONDS = 2;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String topic;
    private final String instance = UUID.randomUUID().toString();
    private final String version;
    private final String device;
    private final ModelIds models;
    /** Null for a gateway that serves alone. */
    private final Partition partition;
    private final long repeatNanos;
    private long term;
    private long toldTerm;
    private MqttSession toldSession;
    private List<String> toldModels;
    private GatewayState toldState;
    private long toldNanos;
    private GatewayState sinceState;
    private String since;
    private boolean repeat;
    private volatile GatewayState confirmed;
    /** When what the broker answered last was told. */
    private volatile long answeredNanos = System.nanoTime();
    private volatile boolean refused;

    StatusAnnouncer(GatewayOptions options, ModelIds models) {
        this.topic = options.topics().status(options.site(), options.id());
        this.version = options.version();
        this.device = options.device();
        this.models = models;
        this.partition = options.partition().orElse(null);
        this.repeatNanos = TimeUnit.SECONDS.toNanos(options.ingress().keepAliveSeconds()) / 2;
    }

    /** Of this process: another at every start. */
    String instance() {
        return instance;
    }

    /** The term in which this gateway holds its partition; 0: another does. */
    void holding(long now) {
        term = now;
    }

    /** Has the status told once more, though it is the same. */
    void repeat() {
        repeat = true;
    }

    /** Whether the broker has answered to a status that was told at that time or later. */
    boolean isAnsweredSince(long nanos) {
        return answeredNanos - nanos >= 0;
    }

    /** What the broker says for us when the connection of this epoch ends without a goodbye. */
    Will will(long epoch) {
        byte[] offline = payload(epoch, GatewayState.OFFLINE, Instant.now().toString());
        return new Will(OutboundMessage.json(topic, offline, 1, true),
                partition == null ? WILL_DELAY_SECONDS : partition.graceSeconds(), false);
    }

    /** Announces the state where that has not been done; returns how much was done. */
    int announce(MqttSession session, GatewayState state, long nowNanos) {
        if (session == null) {
            return 0;
        }
        boolean lapsed = repeat || refused && nowNanos - toldNanos > RETRY_NANOS
                || partition != null && nowNanos - toldNanos > repeatNanos;
        List<String> inUse = models.inUse();
        if (session == toldSession && state == toldState && inUse == toldModels && term == toldTerm && !lapsed) {
            return 0;
        }
        if (state != sinceState) {
            sinceState = state;
            since = Instant.now().toString();
        }
        refused = false;
        OutboundMessage message = OutboundMessage.json(topic, payload(session.epoch(), state, since), 1, true);
        if (!session.publish(message, code -> settled(state, code, nowNanos))) {
            return 0;
        }
        repeat = false;
        toldSession = session;
        toldState = state;
        toldModels = inUse;
        toldTerm = term;
        toldNanos = nowNanos;
        return 1;
    }

    /** The status as one JSON object, whether or not it was announced, with what the watchdog has counted. */
    String text(MqttSession session, GatewayState state, StreamCounters counters) {
        String when = state == sinceState ? since : Instant.now().toString();
        return new String(fields(session == null ? 0 : session.epoch(), state, when)
                .add("flaggedResidual", counters.flaggedResidual.get())
                .add("flaggedRange", counters.flaggedRange.get()).toBytes(), StandardCharsets.UTF_8);
    }

    /** True where the broker has confirmed this state as the last one told. Any thread. */
    boolean isTold(GatewayState state) {
        return confirmed == state;
    }

    private void settled(GatewayState state, int code, long sentNanos) {
        if (code >= 0 && sentNanos - answeredNanos > 0) {
            answeredNanos = sentNanos;
        }
        if (code < 0 || ReasonCode.isRefusal(code)) {
            refused = true;
        } else {
            confirmed = state;
        }
    }

    private byte[] payload(long epoch, GatewayState state, String when) {
        return fields(epoch, state, when).toBytes();
    }

    private JsonText fields(long epoch, GatewayState state, String when) {
        JsonText fields = new JsonText().add("instance", instance).add("epoch", epoch).add("state", state.word())
                .add("version", version).add("models", models.inUse()).add("device", device).add("since", when);
        return partition == null ? fields : fields.add("partition", partition.name()).add("term", term);
    }
}
