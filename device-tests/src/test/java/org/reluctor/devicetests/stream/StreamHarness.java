package org.reluctor.devicetests.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.reluctor.devicetests.Slowness;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Route;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;

/**
 * Shapes and options that the stream's tests share: site "lab", all of its sensors through one {@link LinearRecovery}.
 */
final class StreamHarness {
    static final Topics TOPICS = new Topics("reluctor");
    static final String SENSOR = "lab/ecg-1";
    static final Duration WAIT = Slowness.patience(Duration.ofSeconds(30));
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private StreamHarness() {
    }

    static BrokerOptions.Builder broker(Mosquitto broker, String clientId) {
        return BrokerOptions.at(broker.uri()).clientId(clientId).reconnectCap(Duration.ofMillis(500));
    }

    static GatewayOptions.Builder gateway(Mosquitto ingress, Mosquitto egress) {
        return GatewayOptions.builder("lab", "gw-1", broker(ingress, "gw-1").build(),
                broker(egress, "gw-1-out").build()).answers(1000, 1000).version("test").device("Java");
    }

    static Gateway open(GatewayOptions.Builder options, LinearRecovery recovery, StreamEvents events) throws Exception {
        Gateway gateway = Gateway.open(options.build(), List.of(new Route("lab/+", recovery)), events);
        if (!gateway.awaitOnline(WAIT)) {
            throw new AssertionError("not online: " + gateway.lastFailure());
        }
        return gateway;
    }

    static SensorLink sensor(Mosquitto broker) throws Exception {
        SensorLink link = SensorLink.open(broker(broker, "sensor-" + CLIENTS.incrementAndGet()).build(), TOPICS);
        if (!link.awaitConnected(WAIT)) {
            throw new AssertionError("sensor not connected: " + link.lastFailure());
        }
        return link;
    }

    static SignalLink subscriber(Mosquitto broker, String filter, SignalLink.Listener listener) throws Exception {
        SignalLink link = SignalLink.open(broker(broker, "subscriber-" + CLIENTS.incrementAndGet()).build(),
                List.of(filter), listener);
        if (!link.awaitConnected(WAIT)) {
            throw new AssertionError("subscriber not connected: " + link.lastFailure());
        }
        return link;
    }

    static byte[] frame(FrameWriter writer, String sensor, long boot, long seq) {
        return frame(writer, sensor, boot, seq, seq % 1000);
    }

    static byte[] frame(FrameWriter writer, String sensor, long boot, long seq, float first) {
        float[] y = new float[LinearRecovery.M];
        for (int i = 0; i < y.length; i++) {
            y[i] = first + i;
        }
        FrameFields fields = FrameFields.of(sensor, 360, 1, LinearRecovery.MATRIX, LinearRecovery.N, LinearRecovery.M);
        return writer.write(fields.at(boot, seq), y);
    }

    /** Waits until the condition holds; fails with the text otherwise. */
    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + WAIT + ": " + what);
            }
            Thread.sleep(5);
        }
    }
}
