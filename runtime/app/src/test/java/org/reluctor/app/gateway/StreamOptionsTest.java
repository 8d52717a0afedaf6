package org.reluctor.app.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.ConfigurationReader;
import org.reluctor.app.sparkplug.EdgeNodeOptions;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.OnRefused;
import org.reluctor.stream.Partition;

class StreamOptionsTest {
    @TempDir
    Path folder;

    @Test
    void gateway_defaults_areTakenByTheStream() throws IOException {
        GatewayOptions options = StreamOptions.gateway(configuration(Map.of()), "dev", Optional.empty(),
                Optional.empty());
        assertEquals("reluctor/v1/local/_gateway/gateway-1/status", options.topics().status(options.site(),
                options.id()));
        assertEquals(options.ingress().uri(), options.egress().uri());
        assertNotEquals(options.ingress().clientId(), options.egress().clientId());
        assertEquals(Duration.ZERO, options.summaryInterval());
        assertEquals("dev", options.device());
    }

    @Test
    void gateway_everySetting_arrives() throws IOException {
        Files.writeString(folder.resolve("secret"), "pw\n");
        GatewayOptions options = StreamOptions.gateway(configuration(Map.ofEntries(
                Map.entry("topics.root", "a/b"), Map.entry("broker.username", "u"),
                Map.entry("broker.passwordFile", "secret"), Map.entry("broker.receiveMaximum", "17"),
                Map.entry("downstream.uri", "ssl://x.example:8883"), Map.entry("batch.max", "9"),
                Map.entry("batch.lingerMs", "4"), Map.entry("queue.unreliableFrames", "33"),
                Map.entry("frame.maxBytes", "5000"), Map.entry("sensors.max", "12"),
                Map.entry("sensors.newPerMinute", "13"), Map.entry("sensors.framesPerSecond", "14"),
                Map.entry("sensors.burstFrames", "15"),
                Map.entry("sensors.answerUnrouted", "false"), Map.entry("delivery.onRefused", "drop"),
                Map.entry("delivery.deadlineMs", "250"), Map.entry("delivery.stallTimeoutSeconds", "7"),
                Map.entry("delivery.deviceTimeoutSeconds", "8"),
                Map.entry("errors.perSensorPerSecond", "2"), Map.entry("errors.inAllPerSecond", "3"),
                Map.entry("summary.enabled", "true"), Map.entry("summary.intervalMs", "1500"))), "dev",
                Optional.empty(), Optional.empty());
        assertEquals("a/b/v1/s/t/frame", options.topics().frame("s/t"));
        assertEquals("u", options.ingress().username());
        assertArrayEquals("pw".toCharArray(), options.ingress().password().get());
        assertEquals(17, options.ingress().receiveMaximum());
        assertEquals("ssl://x.example:8883", options.egress().uri().toString());
        assertEquals(64, options.egress().receiveMaximum());
        assertEquals(9, options.batchMax());
        assertEquals(Duration.ofMillis(4), options.linger());
        assertEquals(33, options.unreliableFrames());
        assertEquals(5000, options.frameLimits().maxBytes());
        assertEquals(12, options.maxSensors());
        assertEquals(13, options.newSensorsPerMinute());
        assertEquals(14, options.framesPerSecond());
        assertEquals(15, options.burstFrames());
        assertEquals(false, options.answerUnrouted());
        assertEquals(OnRefused.DROP, options.onRefused());
        assertEquals(Duration.ofMillis(250), options.deadline());
        assertEquals(Duration.ofSeconds(7), options.stallTimeout());
        assertEquals(Duration.ofSeconds(8), options.deviceTimeout());
        assertEquals(2, options.answersPerSensor());
        assertEquals(3, options.answersInAll());
        assertEquals(Duration.ofMillis(1500), options.summaryInterval());
    }

    @Test
    void edgeNode_ofDefaults_isNamedAfterTheGateway() throws IOException {
        assertEquals(Optional.empty(), StreamOptions.edgeNode(configuration(Map.of())));
        EdgeNodeOptions options = StreamOptions.edgeNode(configuration(Map.of("sparkplug.enabled", "true",
                "instance", "gateway-2", "site", "plant", "sparkplug.intervalMs", "2000"))).orElseThrow();
        assertEquals("plant", options.group());
        assertEquals("gateway-2", options.node());
        assertEquals("reluctor-gateway-2-sparkplug", options.broker().clientId());
        assertEquals(Duration.ofSeconds(2), options.interval());
        assertEquals(Duration.ofSeconds(60), options.silence());
        assertFalse(options.samples());
    }

    @Test
    void gateway_partition_hasConnectionsOfItsOwnButForTheSession() throws IOException {
        GatewayOptions options = StreamOptions.gateway(configuration(Map.of("instance", "gateway-2",
                "fleet.partition", "east", "fleet.graceSeconds", "7")), "dev", Optional.empty(), Optional.empty());
        assertEquals("reluctor-partition-local:east", options.ingress().clientId());
        assertEquals("reluctor-gateway-2-out", options.egress().clientId());
        assertEquals(new Partition("east", Duration.ofSeconds(7), "reluctor-gateway-2-member"),
                options.partition().orElseThrow());
        assertEquals("all", StreamOptions.gateway(configuration(Map.of("fleet.shareGroup", "all")), "dev",
                Optional.empty(), Optional.empty()).shareGroup());
    }

    @Test
    void gateway_errorsOff_answersNothing() throws IOException {
        GatewayOptions options = StreamOptions.gateway(configuration(Map.of("errors.enabled", "false")), "dev",
                Optional.empty(), Optional.empty());
        assertEquals(0, options.answersPerSensor());
        assertEquals(0, options.answersInAll());
    }

    private Configuration configuration(Map<String, String> values) throws IOException {
        Files.write(folder.resolve("net.onnx"), new byte[] {1});
        Map<String, String> all = new HashMap<>(values);
        all.put("networks[0].file", "net.onnx");
        return ConfigurationReader.of(all, folder);
    }
}
