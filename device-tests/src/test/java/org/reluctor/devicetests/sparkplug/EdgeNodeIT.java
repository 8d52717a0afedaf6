package org.reluctor.devicetests.sparkplug;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.simulation.FrameSource;
import org.reluctor.app.simulation.SyntheticPulse;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.Topics;

/** {@code reluctor run} as an edge node of Sparkplug B, before a host that decodes with Tahu. */
class EdgeNodeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SENSORS = 6;
    private static final String NODE = "pole-7";
    private static final String GROUP = "plant";
    private static final String FIRST = RunningGateway.SITE + ":s0";

    @TempDir
    Path folder;

    @Test
    void host_ofRunningSensors_hearsBirthsDataAndDeathsInOrder() throws Exception {
        try (Mosquitto broker = broker();
                SparkplugHost host = SparkplugHost.open(broker.uri(), GROUP, NODE);
                RunningGateway gateway = start(broker, "silentSeconds: 2, samples: true");
                Sensors sensors = new Sensors(broker)) {
            // More messages than there are numbers.
            sensors.sendUntil(host, () -> host.messages() > 300 && host.count("DDATA " + FIRST) > 0);
            assertTrue(host.count("NBIRTH") >= 1);
            Map<String, Object> values = host.values(FIRST);
            assertEquals("mV", values.get("Properties/Unit"));
            assertEquals(360.0, values.get("Properties/Sampling Rate Hz"));
            assertEquals(SmallNetworks.N, values.get("Properties/Samples Per Channel"));
            assertNull(values.get("Quality/Error Bound"));
            Float[] samples = (Float[]) values.get("Signal/Samples");
            assertEquals(SmallNetworks.N, samples.length);
            assertEquals(Collections.max(Arrays.asList(samples)), values.get("Signal/Maximum"));
            assertEquals("online", host.values("").get("Gateway/State"));
            assertEquals(1, gateway.metric("reluctor_sparkplug_connected"));
            assertTrue(gateway.metric("reluctor_sparkplug_messages_total") > 300);
            host.send("no protocol buffer".getBytes(StandardCharsets.US_ASCII));
            host.send(new byte[20_000]);
            long births = host.count("NBIRTH");
            long birthDeath = host.birthDeathSequence();
            host.askForRebirth();
            sensors.sendUntil(host, () -> host.count("NBIRTH") > births);
            assertEquals(birthDeath, host.birthDeathSequence());
            host.await("death of a silent sensor", heard -> heard.contains("DDEATH " + FIRST));
            assertEquals(0, gateway.terminate(PATIENCE).status());
            host.await("death of the node", heard -> heard.get(heard.size() - 1).equals("NDEATH"));
            assertTrue(gateway.log().contains("is no payload of Sparkplug B"), gateway.log());
            try (SparkplugHost late = SparkplugHost.open(broker.uri(), GROUP, NODE)) {
                assertEquals(0, late.messages(), () -> "kept by the broker: " + late);
            }
        }
    }

    @Test
    void host_ofKilledGateway_hearsItsDeath() throws Exception {
        try (Mosquitto broker = broker();
                SparkplugHost host = SparkplugHost.open(broker.uri(), GROUP, NODE);
                RunningGateway gateway = start(broker, "silentSeconds: 0");
                Sensors sensors = new Sensors(broker)) {
            sensors.sendUntil(host, () -> host.count("DBIRTH " + FIRST) > 0);
            host.goAway();
            broker.stop();
            broker.restart();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
                host.askForRebirth();
                return host.count("NBIRTH") > 0;
            });
            // What was told before is told again, though no frame has come since.
            host.await("second birth", heard -> heard.contains("NBIRTH")
                    && heard.lastIndexOf("DBIRTH " + FIRST) > heard.lastIndexOf("NBIRTH"));
            assertTrue(host.birthDeathSequence() >= 1, "the same bdSeq as before");
            gateway.process().kill();
            host.await("death of the node", heard -> heard.get(heard.size() - 1).equals("NDEATH"));
        }
    }

    /** By the shipped rules, and one more for the sensors, who share a connection here. */
    private Mosquitto broker() throws Exception {
        List<String> rules = new ArrayList<>(
                Files.readAllLines(ProjectFiles.resolve("config/mosquitto/reluctor.acl")));
        rules.addAll(List.of("user sensors", "topic write reluctor/v1/+/+/frame"));
        Path file = Files.write(folder.resolve("rules.acl"), rules);
        return Mosquitto.start(folder.resolve("broker"), "acl_file " + file);
    }

    private RunningGateway start(Mosquitto broker, String more) throws Exception {
        return RunningGateway.start(folder, broker.uri(), Map.of(), "broker: {uri: \"" + broker.uri()
                + "\", username: frame}", "sparkplug: {enabled: true, group: " + GROUP
                + ", node: " + NODE + ", intervalMs: 50, " + more + "}");
    }

    /** Some sensors that send frames one after the other. */
    private static final class Sensors implements AutoCloseable {
        private final SensorLink link;
        private final List<FrameSource> sources = new ArrayList<>();

        Sensors(Mosquitto broker) throws InterruptedException {
            link = SensorLink.open(BrokerOptions.at(broker.uri()).clientId("sensors").credentials("sensors", null)
                    .build(), new Topics("reluctor"));
            assertTrue(link.awaitConnected(PATIENCE));
            for (int i = 0; i < SENSORS; i++) {
                sources.add(new FrameSource(RunningGateway.SITE + "/s" + i, new SyntheticPulse(360, i + 1L),
                        SmallNetworks.matrix(), 360, 1, false));
            }
        }

        void sendUntil(SparkplugHost host, BooleanSupplier enough) throws Exception {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!enough.getAsBoolean()) {
                host.checkFault();
                assertTrue(System.nanoTime() - deadline < 0, () -> "too little was told in time: " + host);
                for (int i = 0; i < SENSORS; i++) {
                    link.publish(RunningGateway.SITE + "/s" + i, sources.get(i).next(0));
                }
                TimeUnit.MILLISECONDS.sleep(25);
            }
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
