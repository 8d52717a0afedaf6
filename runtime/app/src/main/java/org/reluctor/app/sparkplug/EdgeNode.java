package org.reluctor.app.sparkplug;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.Side;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.SignalReader;
import org.reluctor.stream.mqtt.LinkListener;
import org.reluctor.stream.mqtt.LinkPlan;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.mqtt.PublishReceipt;
import org.reluctor.stream.pipeline.Doorbell;
import org.reluctor.stream.pipeline.LinkRunner;
import org.reluctor.stream.pipeline.Pump;
import org.tinylog.Logger;

/**
 * An edge node of Sparkplug B (3.0.0, section 5.4): tells births, data by exception, and deaths, on a connection and a
 * thread of its own, at QoS 0 as the specification has it. Frames and signals never wait for it: of signals that come
 * faster than they are told, the latest is. A lost connection begins with a birth again, and so does a host's wish.
 */
public final class EdgeNode implements AutoCloseable {
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MOST_BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A host that asks again and again does not keep the broker busy. */
    private static final long BETWEEN_BIRTHS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final PublishReceipt UNHEEDED = code -> { };

    private final EdgeNodeOptions options;
    private final LatestSignals signals;
    private final Supplier<Map<String, Object>> figures;
    private final SignalReader reader = new SignalReader(Integer.MAX_VALUE);
    private final Map<String, Device> devices = new HashMap<>();
    private final HostCommands commands;
    private final MqttLink link;
    private final LinkRunner runner;
    private final long intervalNanos;
    private final long lookNanos;
    /** Number of the last connection that was made; the broker has it in the node's death, the host in its birth. */
    private int birthDeathSequence = -1;
    private int sequence;
    private Map<String, Object> told = Map.of();
    private boolean born;
    private long bornNanos;
    private long nextNanos;
    private long nextLookNanos;
    private String lastFailure = "";
    private boolean complained;
    private volatile long messages;

    private EdgeNode(EdgeNodeOptions options, LatestSignals signals, Supplier<Map<String, Object>> figures,
            StreamEvents events) {
        this.options = options;
        this.signals = signals;
        this.figures = figures;
        this.intervalNanos = options.interval().toNanos();
        this.lookNanos = Math.min(MOST_BETWEEN_LOOKS_NANOS, Math.max(IDLE_NANOS, intervalNanos / 4));
        Doorbell doorbell = new Doorbell();
        this.commands = new HostCommands(doorbell);
        LinkPlan plan = new LinkPlan(Side.EGRESS, options.broker(), true, List.of(options.topic("NCMD")), false,
                commands, epoch -> death(), () -> true);
        this.link = new MqttLink(plan, doorbell::ring, new Connections());
        this.runner = new LinkRunner("reluctor-sparkplug", link, new Rounds(), doorbell, events);
    }

    /**
     * Starts the thread and returns; the broker is connected as soon as it answers.
     *
     * @param signals to be told, filled by the stream
     * @param figures gives the metrics of the gateway now; asked on the node's thread
     * @param events  told of faults of this program
     */
    public static EdgeNode open(EdgeNodeOptions options, LatestSignals signals, Supplier<Map<String, Object>> figures,
            StreamEvents events) {
        return new EdgeNode(options, signals, figures, events);
    }

    /** Whether the host's broker is connected. Any thread. */
    public boolean isConnected() {
        return link.session() != null;
    }

    /** Messages told so far. Any thread. */
    public long messages() {
        return messages;
    }

    /** What the broker says for us when the connection ends, and when we leave (MQTT 5.0, section 3.14.2.1). */
    private LinkPlan.Will death() {
        return new LinkPlan.Will(new OutboundMessage(options.topic("NDEATH"),
                MetricPayload.nodeDeath(nextBirthDeathSequence()), 1, false, null, false), 0, true);
    }

    private int nextBirthDeathSequence() {
        return birthDeathSequence + 1 & 0xFF;
    }

    /** What the thread does in turn. */
    private final class Rounds implements Pump {
        @Override
        public int doWork(long nowNanos) {
            int work = link.doWork(nowNanos);
            MqttSession session = link.session();
            return session == null ? work : work + commands.read() + tell(session, nowNanos);
        }

        @Override
        public long idleNanos(long nowNanos) {
            return IDLE_NANOS;
        }
    }

    private int tell(MqttSession session, long nowNanos) {
        boolean tooSoon = born && nowNanos - bornNanos < BETWEEN_BIRTHS_NANOS;
        if (born && !commands.isRebirthWanted()) {
            return tellNode(session, nowNanos) + tellDevices(session, nowNanos);
        }
        // Between the wish for a birth and the birth nothing else is told.
        return tooSoon ? 0 : tellBirth(session, nowNanos);
    }

    private int tellBirth(MqttSession session, long nowNanos) {
        Map<String, Object> now = figures.get();
        sequence = 0;
        devices.values().forEach(device -> device.forgetBirth(nowNanos));
        if (!tell(session, message(options.topic("NBIRTH"), MetricPayload.nodeBirth(now, birthDeathSequence)))) {
            return 0;
        }
        commands.rebirthTold();
        told = now;
        born = true;
        bornNanos = nowNanos;
        nextNanos = nowNanos + intervalNanos;
        nextLookNanos = nowNanos;
        return 1;
    }

    private int tellNode(MqttSession session, long nowNanos) {
        if (nowNanos - nextNanos < 0) {
            return 0;
        }
        nextNanos = nowNanos + intervalNanos;
        Map<String, Object> now = figures.get();
        Map<String, Object> changed = Metrics.changed(told, now);
        if (changed.isEmpty() || !tell(session, message(options.topic("NDATA"),
                MetricPayload.of(changed, System.currentTimeMillis(), sequence)))) {
            return 0;
        }
        told = now;
        return 1;
    }

    private int tellDevices(MqttSession session, long nowNanos) {
        if (nowNanos - nextLookNanos < 0) {
            return 0;
        }
        nextLookNanos = nowNanos + lookNanos;
        int work = 0;
        for (String sensor : signals.sensors()) {
            Device device = devices.computeIfAbsent(sensor,
                    name -> new Device(reader, options.samples(), nowNanos));
            if (device.isDue(nowNanos)) {
                work += tellDevice(session, sensor, device, nowNanos);
            }
        }
        return work;
    }

    private int tellDevice(MqttSession session, String sensor, Device device, long nowNanos) {
        byte[] signal = signals.take(sensor);
        if (signal != null) {
            device.hear(signal, nowNanos);
        } else if (device.isSilent(nowNanos, options.silence().toNanos())) {
            return tellGone(session, sensor, device);
        }
        if (!device.hasNews()) {
            return 0;
        }
        device.tried(nowNanos, intervalNanos);
        String topic = options.topic(device.isBorn() ? "DDATA" : "DBIRTH", sensor);
        OutboundMessage message = message(topic, device.payload(sequence));
        if (!fits(session, message) && device.shrink()) {
            message = message(topic, device.payload(sequence));
        }
        if (!tell(session, message)) {
            return 0;
        }
        device.told();
        return 1;
    }

    private int tellGone(MqttSession session, String sensor, Device device) {
        if (device.isBorn()
                && !tell(session, message(options.topic("DDEATH", sensor), MetricPayload.deviceDeath(sequence)))) {
            return 0;
        }
        signals.forget(sensor);
        devices.remove(sensor);
        return 1;
    }

    private static OutboundMessage message(String topic, byte[] payload) {
        return new OutboundMessage(topic, payload, 0, false, null, false);
    }

    private boolean fits(MqttSession session, OutboundMessage message) {
        boolean fits = message.packetBytesAtMost() <= session.maximumPacketBytes();
        if (!fits && !complained) {
            Logger.warn("{}: {} bytes are over the broker's packet limit of {}; what is so large is told without"
                    + " samples or not at all, from now on without a word", message.topic(), message.payload().length,
                    session.maximumPacketBytes());
        }
        complained |= !fits;
        return fits;
    }

    /** Numbers the node's messages: what is not sent has no number, or the host would look for it. */
    private boolean tell(MqttSession session, OutboundMessage message) {
        boolean sent = fits(session, message) && session.publish(message, UNHEEDED);
        sequence = sent ? sequence + 1 & 0xFF : sequence;
        messages += sent ? 1 : 0;
        return sent;
    }

    /** Leaves; the broker tells the node's death. */
    @Override
    public void close() {
        runner.close();
    }

    /** Log of the connection: a failure once, as long as it stays the same. */
    private final class Connections implements LinkListener {
        @Override
        public void connected(MqttSession session) {
            birthDeathSequence = nextBirthDeathSequence();
            born = false;
            lastFailure = "";
            Logger.info("edge node {}/{} is connected to {}", options.group(), options.node(),
                    options.broker().uri());
        }

        @Override
        public void disconnected(MqttSession session, ConnectFailure why) {
            log(why);
        }

        @Override
        public void connectFailed(ConnectFailure why, long retryInMillis) {
            log(why);
        }

        private void log(ConnectFailure why) {
            if (!why.message().equals(lastFailure)) {
                lastFailure = why.message();
                Logger.warn("edge node {}/{} is not connected, and tries on: {}", options.group(), options.node(),
                        why.message());
            }
        }
    }
}
