package org.reluctor.stream.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Route;
import org.reluctor.stream.Side;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;
import org.reluctor.stream.mqtt.ScriptedBroker;
import org.reluctor.stream.mqtt.ScriptedBroker.Packet;
import org.reluctor.stream.mqtt.ScriptedBroker.Peer;

/** A gateway between two scripted brokers, and the frames and signals of its tests. */
final class ScriptedStream implements AutoCloseable {
    static final String IN = "gw";
    static final String OUT = "gw-out";
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(25);

    final ScriptedBroker ingress = new ScriptedBroker();
    final ScriptedBroker egress = new ScriptedBroker();
    final DoublingRecovery recovery = new DoublingRecovery();
    final List<ConnectFailure> failures = new CopyOnWriteArrayList<>();
    /** "stalled", "stood down", "retained" with the topic, "members", "members lost", "internal error" and why. */
    final List<String> told = new CopyOnWriteArrayList<>();
    private final FrameWriter writer = new FrameWriter();
    private Gateway gateway;

    ScriptedStream() throws IOException {
        // The gateway is opened once the test has told the brokers what to do.
    }

    static BrokerOptions.Builder broker(ScriptedBroker broker, String clientId) {
        return BrokerOptions.at(broker.uri()).clientId(clientId).keepAliveSeconds(5).receiveMaximum(4)
                .connectTimeout(Duration.ofSeconds(1)).reconnectCap(Duration.ofMillis(200));
    }

    Gateway open() {
        return open(options -> options, options -> options);
    }

    Gateway open(UnaryOperator<BrokerOptions.Builder> each, UnaryOperator<GatewayOptions.Builder> all) {
        GatewayOptions options = all.apply(GatewayOptions.builder("lab", "gw",
                each.apply(broker(ingress, IN)).build(), each.apply(broker(egress, OUT)).build())).build();
        gateway = Gateway.open(options, List.of(new Route("lab/+", recovery)), new StreamEvents() {
            @Override
            public void disconnected(Side side, ConnectFailure why) {
                failures.add(why);
            }

            @Override
            public void stalled(Side side, long waitedMillis) {
                told.add("stalled");
            }

            @Override
            public void stoodDown(long waitedMillis) {
                told.add("stood down");
            }

            @Override
            public void retainedFrame(String topic) {
                told.add("retained " + topic);
            }

            @Override
            public void membersConnected(boolean sessionPresent, long epoch) {
                told.add("members");
            }

            @Override
            public void membersDisconnected(ConnectFailure why) {
                told.add("members lost");
            }

            @Override
            public void internalError(String place, Throwable cause) {
                told.add("internal error " + cause);
            }

            @Override
            public void connectFailed(Side side, ConnectFailure why, long retryInMillis) {
                failures.add(why);
            }
        });
        return gateway;
    }

    /** The sensors' side, subscribed, of the connection of that number. */
    Peer sensors(int connection) {
        return ingress.await(IN, connection, true);
    }

    Peer subscribers(int connection) {
        return egress.await(OUT, connection, false);
    }

    /** Delivers a frame at QoS 1 as its first sending. */
    void deliver(Peer sensors, String sensor, long seq, int packetId) throws IOException {
        sensors.publish(topic(sensor), 2, packetId, frame(sensor, seq));
    }

    static String topic(String sensor) {
        return "reluctor/v1/" + sensor + "/frame";
    }

    byte[] frame(String sensor, long seq) {
        FrameFields fields = FrameFields.of(sensor, 100, 1, 42, DoublingRecovery.SIZE, DoublingRecovery.SIZE);
        return writer.write(fields.at(1, seq), new float[] {1, 2, 3, 4});
    }

    /** Sensor and number of a signal, as "lab/a 7". */
    static String identity(Packet signal) {
        try {
            var read = new SignalReader(1 << 16).read(signal.payload());
            return read.sensor() + " " + read.seq();
        } catch (SignalFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** Packet ids of the frames acknowledged on a connection, in order. */
    static List<Integer> acknowledged(Peer sensors) {
        return sensors.received(4).stream().map(Packet::packetId).toList();
    }

    static void until(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not in time: " + what);
            }
            ScriptedBroker.pause();
        }
    }

    @Override
    public void close() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        ingress.close();
        egress.close();
    }
}
