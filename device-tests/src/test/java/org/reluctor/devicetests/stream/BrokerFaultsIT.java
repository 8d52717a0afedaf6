package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameWriter;

/** Brokers that go away and come back: nothing is lost, nothing comes out of order. */
class BrokerFaultsIT {
    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();

    @Test
    void stream_brokerRestartedFourTimes_losesAndDisordersNothing() throws Exception {
        int frames = 4000;
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink signals = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(broker, broker), new LinearRecovery(),
                        StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            for (int seq = 0; seq < frames; seq++) {
                sensor.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq));
                if (seq % 1000 == 500) {
                    broker.stop();
                    broker.restart();
                }
            }
            StreamHarness.until("all signals", () -> recorder.distinct() == frames);
            StreamHarness.until("all acknowledged", () -> gateway.stats().inFlight() == 0);
            untilWell(gateway, signals);
            assertEquals(0, recorder.disordered());
            assertTrue(gateway.stats().ingressConnections() > 1 && gateway.stats().egressConnections() > 1);
        }
    }

    @Test
    void stream_downstreamBrokerAway_keepsFramesAtTheSensorsBrokerAndDeliversThemLater() throws Exception {
        int frames = 1500;
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto sensorSide = Mosquitto.start(folder.resolve("in"));
                Mosquitto downstream = Mosquitto.start(folder.resolve("out"));
                SignalLink signals = StreamHarness.subscriber(downstream, StreamHarness.TOPICS.signal("+/+"), recorder);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(sensorSide, downstream),
                        new LinearRecovery(), StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(sensorSide)) {
            downstream.stop();
            for (int seq = 0; seq < frames; seq++) {
                sensor.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq));
            }
            StreamHarness.until("degraded", () -> gateway.state() == GatewayState.DEGRADED);
            assertTrue(gateway.stats().inFlight() <= 128, "frames in memory: " + gateway.stats().inFlight());
            assertEquals(0, recorder.distinct());
            sensorSide.stop();
            sensorSide.restart();
            downstream.restart();

            StreamHarness.until("all signals", () -> recorder.distinct() == frames);
            StreamHarness.until("all acknowledged", () -> gateway.stats().inFlight() == 0);
            untilWell(gateway, signals);
            assertEquals(0, recorder.disordered());
        }
    }

    @Test
    void stream_downstreamBrokerAwayForLong_leavesTheSensorsBrokerSayingDegradedAndComesBack() throws Exception {
        int frames = 1500;
        SignalRecorder recorder = new SignalRecorder();
        ErrorCollector status = new ErrorCollector();
        try (Mosquitto sensorSide = Mosquitto.start(folder.resolve("in"));
                Mosquitto downstream = Mosquitto.start(folder.resolve("out"));
                SignalLink signals = StreamHarness.subscriber(downstream, StreamHarness.TOPICS.signal("+/+"), recorder);
                SignalLink states = StreamHarness.subscriber(sensorSide, StreamHarness.TOPICS.status("lab", "gw-1"),
                        status);
                Gateway gateway = StreamHarness.open(GatewayOptions.builder("lab", "gw-1",
                        StreamHarness.broker(sensorSide, "gw-1").keepAliveSeconds(5).build(),
                        StreamHarness.broker(downstream, "gw-1-out").keepAliveSeconds(5).build()),
                        new LinearRecovery(), StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(sensorSide)) {
            sendSome(sensor, 0, 50);
            StreamHarness.until("a queue at the broker", () -> recorder.distinct() == 50);
            downstream.stop();
            sendSome(sensor, 50, frames);
            Thread.sleep(10_000);
            assertEquals("degraded", status.values("state").get(status.texts().size() - 1));
            downstream.restart();

            StreamHarness.until("all signals", () -> recorder.distinct() == frames);
            StreamHarness.until("online", () -> status.values("state").get(status.texts().size() - 1).equals("online"));
            untilWell(gateway, signals, states);
            assertEquals(0, recorder.disordered());
        }
    }

    /** A session's backlog arrives before its link has subscribed again: all signals may come before all is well. */
    private static void untilWell(Gateway gateway, SignalLink... links) throws InterruptedException {
        StreamHarness.until("online", () -> gateway.state() == GatewayState.ONLINE);
        for (SignalLink link : links) {
            StreamHarness.until("connected again", () -> link.lastFailure().isEmpty());
        }
    }

    private void sendSome(SensorLink sensor, int from, int to) throws InterruptedException {
        for (int seq = from; seq < to; seq++) {
            sensor.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq));
        }
    }

    @Test
    void stream_deviceFailing_keepsTheBatchAndSaysDegraded() throws Exception {
        SignalRecorder recorder = new SignalRecorder();
        LinearRecovery recovery = new LinearRecovery();
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink signals = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(broker, broker), recovery,
                        StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            recovery.failures = 4;
            for (int seq = 0; seq < 20; seq++) {
                sensor.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq));
            }
            StreamHarness.until("degraded", () -> gateway.state() == GatewayState.DEGRADED);
            StreamHarness.until("all signals", () -> recorder.distinct() == 20);
            untilWell(gateway, signals);
            assertEquals(4, gateway.stats().recoveryFailures());
            assertEquals(0, recorder.disordered() + recorder.repeated());
        }
    }
}
