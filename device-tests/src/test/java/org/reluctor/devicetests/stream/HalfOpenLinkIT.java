package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Alone;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.faults.wire.FaultProxy;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameWriter;

/** A link whose two ends are open, and on which nothing comes through: noticed within 1.5 times the keep-alive. */
@Alone
class HalfOpenLinkIT {
    private static final int KEEP_ALIVE_SECONDS = 8;
    private static final long BOUND_MILLIS = 1500L * KEEP_ALIVE_SECONDS;

    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();

    @Test
    void ingress_connectionFreezes_deliversAgainWithinOneAndAHalfKeepAlives() throws Exception {
        freeze(true);
    }

    @Test
    void egress_connectionFreezes_deliversAgainWithinOneAndAHalfKeepAlives() throws Exception {
        freeze(false);
    }

    /** Frames come all the time, so that the frozen end is written to; the first signal after it shows a new one. */
    private void freeze(boolean ingress) throws Exception {
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto broker = Mosquitto.start(folder);
                FaultProxy proxy = FaultProxy.before(broker.port());
                SignalLink signals = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder);
                Gateway gateway = StreamHarness.open(gateway(broker, proxy, ingress), new LinearRecovery(),
                        StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            int seq = 0;
            for (; seq < 20; seq++) {
                send(sensor, seq);
            }
            StreamHarness.until("the first signals", () -> recorder.distinct() == 20);
            proxy.freezeOpen();
            long frozen = System.nanoTime();
            while (recorder.distinct() == 20 && millisSince(frozen) <= BOUND_MILLIS) {
                send(sensor, seq++);
                TimeUnit.MILLISECONDS.sleep(100);
            }
            long tookMillis = millisSince(frozen);
            assertTrue(tookMillis <= BOUND_MILLIS, "no signal within " + tookMillis + " ms");
            System.out.println((ingress ? "ingress" : "egress") + " link frozen: a signal again after " + tookMillis
                    + " ms of at most " + BOUND_MILLIS);
            int sent = seq;
            StreamHarness.until("all signals", () -> recorder.distinct() == sent);
            assertEquals(0, recorder.disordered());
            assertTrue(signals.lastFailure().isEmpty());
            // What a session had kept comes before its link has subscribed again.
            StreamHarness.until("one new connection", () -> (ingress ? gateway.stats().ingressConnections()
                    : gateway.stats().egressConnections()) == 2);
        }
    }

    private void send(SensorLink sensor, int seq) throws InterruptedException {
        sensor.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq));
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static GatewayOptions.Builder gateway(Mosquitto broker, FaultProxy proxy, boolean ingress) {
        return GatewayOptions.builder("lab", "gw-1", options(ingress ? proxy.uri() : broker.uri(), "gw-1"),
                options(ingress ? broker.uri() : proxy.uri(), "gw-1-out"));
    }

    private static BrokerOptions options(String uri, String clientId) {
        return BrokerOptions.at(uri).clientId(clientId).keepAliveSeconds(KEEP_ALIVE_SECONDS).build();
    }
}
