package org.reluctor.app.sparkplug;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.Side;
import org.reluctor.stream.codec.Signal;
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
    /** A host that asks again and again does not keep the broker busy. */
    private static final long BETWEEN_BIRTHS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long GOODBYE_MILLIS = 1000;
    private static final PublishReceipt UNHEEDED = code -> { };

    private final EdgeNodeOptions options;
    private final LatestSignals signals;
    private final Supplier<Map<String, Object>> figures;
    private final SignalReader reader = new SignalReader(Integer.MAX_VALUE);
    private final Map<String, Device> devices = new HashMap<>();
    private final HostCommands commands;
    private final MqttLink link;
    private final LinkRunner runner;
    /** Number of the connection; the broker has it in the node's death, the host in its birth. */
    private int birthDeathSequence = -1;
    private int sequence;
    private Map<String, Object> told = Map.of();
    private boolean born;
    private long bornNanos;
    private long nextNanos;
    private String lastFailure = "";
    private boolean complained;
    private boolean closed;

    /** What was told of a sensor. */
    private static final class Device {
        private Map<String, Object> told = Map.of();
        private long toldMillis;
        private boolean born;
        private long nextNanos;
        private long heardNanos;
    }

    private EdgeNode(EdgeNodeOptions options, LatestSignals signals, Supplier<Map<String, Object>> figures) {
        this.options = options;
        this.signals = signals;
        this.figures = figures;
        Doorbell doorbell = new Doorbell();
        this.commands = new HostCommands(options.broker().receiveMaximum(), doorbell);
        LinkPlan plan = new LinkPlan(Side.EGRESS, options.broker(), true, List.of(options.topic("NCMD")), false,
                commands, epoch -> death(), () -> true);
        this.link = new MqttLink(plan, doorbell::ring, new Connections());
        this.runner = new LinkRunner("reluctor-sparkplug", link, new Rounds(), doorbell);
    }

    /**
     * Starts the thread and returns; the broker is connected as soon as it answers.
     *
     * @param signals to be told, filled by the stream
     * @param figures gives the metrics of the gateway now; asked on the node's thread
     */
    public static EdgeNode open(EdgeNodeOptions options, LatestSignals signals,
            Supplier<Map<String, Object>> figures) {
        return new EdgeNode(options, signals, figures);
    }

    /** Asked once for each connection, on the node's thread. */
    private LinkPlan.Will death() {
        birthDeathSequence = birthDeathSequence + 1 & 0xFF;
        return new LinkPlan.Will(deathMessage(), 0);
    }

    private OutboundMessage deathMessage() {
        return new OutboundMessage(options.topic("NDEATH"), MetricPayload.nodeDeath(birthDeathSequence), 1, false,
                null, false);
    }

    /** What the thread does in turn. */
    private final class Rounds implements Pump {
        @Override
        public int doWork(long nowNanos) {
            return round(nowNanos);
        }

        @Override
        public long idleNanos(long nowNanos) {
            return IDLE_NANOS;
        }
    }

    private synchronized int round(long nowNanos) {
        if (closed) {
            return 0;
        }
        int work = link.doWork(nowNanos);
        MqttSession session = link.session();
        if (session == null) {
            return work;
        }
        work += commands.read();
        boolean again = commands.isRebirthWanted() && nowNanos - bornNanos > BETWEEN_BIRTHS_NANOS;
        if (!born || again) {
            commands.rebirthTold();
            work += tellBirth(session, nowNanos);
        }
        return born ? work + tellNode(session, nowNanos) + tellDevices(session, nowNanos) : work;
    }

    private int tellBirth(MqttSession session, long nowNanos) {
        Map<String, Object> now = figures.get();
        sequence = 0;
        devices.values().forEach(device -> device.born = false);
        if (!tell(session, options.topic("NBIRTH"), MetricPayload.nodeBirth(now, birthDeathSequence))) {
            return 0;
        }
        told = now;
        born = true;
        bornNanos = nowNanos;
        nextNanos = nowNanos + options.interval().toNanos();
        return 1;
    }

    private int tellNode(MqttSession session, long nowNanos) {
        if (nowNanos - nextNanos < 0) {
            return 0;
        }
        nextNanos = nowNanos + options.interval().toNanos();
        Map<String, Object> now = figures.get();
        Map<String, Object> changed = changed(told, now);
        if (changed.isEmpty() || !tell(session, options.topic("NDATA"),
                MetricPayload.of(changed, System.currentTimeMillis(), sequence))) {
            return 0;
        }
        told = now;
        return 1;
    }

    private int tellDevices(MqttSession session, long nowNanos) {
        int work = 0;
        for (String sensor : new ArrayList<>(signals.sensors())) {
            work += tellDevice(session, sensor, devices.computeIfAbsent(sensor, name -> new Device()), nowNanos);
        }
        return work;
    }

    private int tellDevice(MqttSession session, String sensor, Device device, long nowNanos) {
        boolean first = device.told.isEmpty();
        byte[] payload = first || nowNanos - device.nextNanos >= 0 ? signals.take(sensor) : null;
        Map<String, Object> now = device.told;
        if (payload != null) {
            Signal signal = reader.read(payload);
            now = SignalMetrics.of(signal, options.samples());
            device.toldMillis = SignalMetrics.millis(signal);
            device.heardNanos = nowNanos;
            device.nextNanos = nowNanos + options.interval().toNanos();
        } else if (isSilent(device, nowNanos)) {
            return tellGone(session, sensor, device);
        }
        Map<String, Object> changed = device.born ? changed(device.told, now) : now;
        boolean sent = !changed.isEmpty() && tell(session, options.topic(device.born ? "DDATA" : "DBIRTH", sensor),
                MetricPayload.of(changed, device.toldMillis, sequence));
        // What was not told after a birth still counts as a change.
        device.told = sent || !device.born ? now : device.told;
        device.born |= sent;
        return sent ? 1 : 0;
    }

    private boolean isSilent(Device device, long nowNanos) {
        return !device.told.isEmpty() && !options.silence().isZero()
                && nowNanos - device.heardNanos > options.silence().toNanos();
    }

    private int tellGone(MqttSession session, String sensor, Device device) {
        if (device.born && !tell(session, options.topic("DDEATH", sensor), MetricPayload.deviceDeath(sequence))) {
            return 0;
        }
        signals.forget(sensor);
        devices.remove(sensor);
        return 1;
    }

    private static Map<String, Object> changed(Map<String, Object> before, Map<String, Object> now) {
        Map<String, Object> changed = new LinkedHashMap<>();
        now.forEach((name, value) -> {
            if (!Objects.deepEquals(value, before.get(name))) {
                changed.put(name, value);
            }
        });
        return changed;
    }

    /** Numbers the node's messages: what is not sent has no number, or the host would look for it. */
    private boolean tell(MqttSession session, String topic, byte[] payload) {
        OutboundMessage message = new OutboundMessage(topic, payload, 0, false, null, false);
        boolean fits = message.packetBytesAtMost() <= session.maximumPacketBytes();
        if (!fits && !complained) {
            Logger.warn("{}: {} bytes are over the broker's packet limit of {}, and are not told; nor are further ones,"
                    + " without a word (sparkplug.samples: false makes them small)", topic, payload.length,
                    session.maximumPacketBytes());
        }
        complained |= !fits;
        boolean sent = fits && session.publish(message, UNHEEDED);
        sequence = sent ? sequence + 1 & 0xFF : sequence;
        return sent;
    }

    /** Tells the node's death, and leaves. */
    @Override
    public void close() {
        CountDownLatch confirmed = new CountDownLatch(1);
        MqttSession session;
        synchronized (this) {
            session = closed ? null : link.session();
            closed = true;
        }
        if (session != null && session.publish(deathMessage(), code -> confirmed.countDown())) {
            try {
                confirmed.await(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        runner.close();
    }

    /** Log of the connection: a failure once, as long as it stays the same. */
    private final class Connections implements LinkListener {
        @Override
        public void connected(MqttSession session) {
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
