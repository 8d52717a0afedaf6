package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.command.CommandEnvelopes;
import org.reluctor.stream.command.CommandFault;
import org.reluctor.stream.command.CommandMessage;
import org.reluctor.stream.mqtt.OutboundMessage;

/** Commands to a gateway's process, by an operator and by somebody whom the broker lets publish and hear anything. */
class CommandsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String GATEWAY = "local/gateway-1";
    private static final Topics TOPICS = new Topics("reluctor");
    private static final String TOPIC = TOPICS.command("local", "gateway-1");

    @TempDir
    Path folder;
    private Path key;
    private Path configuration;
    private URI metrics;
    private CommandEnvelopes envelopes;
    private final BlockingQueue<byte[]> overheard = new LinkedBlockingQueue<>();

    @BeforeEach
    void writeKey() throws Exception {
        key = Files.writeString(folder.resolve("cmd.key"), "5a".repeat(32));
        envelopes = new CommandEnvelopes(GATEWAY, key);
        SmallNetworks.transposed(folder.resolve("net.onnx"));
    }

    private void write(Mosquitto broker, List<String> more) throws IOException {
        List<String> lines = new ArrayList<>(List.of("broker: {uri: \"" + broker.uri() + "\"}",
                "networks: [{file: net.onnx}]", "device: {stateFolder: state}", "http: {port: 0}"));
        lines.addAll(more);
        configuration = Files.write(folder.resolve("reluctor.yaml"), lines);
    }

    private ReluctorProcess start(Mosquitto broker) throws Exception {
        write(broker, List.of("commands: {keyFile: cmd.key}"));
        ReluctorProcess gateway = ReluctorProcess.start(folder, "run", "--config", configuration.toString());
        metrics = URI.create(gateway.awaitError("metrics and health at (http://\\S+/metrics)", LIMIT).group(1));
        gateway.awaitError(" online: ", LIMIT);
        return gateway;
    }

    private CommandResult command(Mosquitto broker, String... words) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("command", "-b", broker.uri(), "--gateway", GATEWAY, "--key",
                key.toString()));
        arguments.addAll(List.of(words));
        return ReluctorProcess.run(folder, LIMIT, arguments.toArray(String[]::new));
    }

    private double count(String name) throws IOException, InterruptedException {
        HttpResponse<String> page = HttpClient.newHttpClient().send(HttpRequest.newBuilder(metrics).build(),
                HttpResponse.BodyHandlers.ofString());
        return RunningGateway.metric(page.body(), name);
    }

    private double refusals(CommandFault fault) throws IOException, InterruptedException {
        return count("reluctor_commands_refused_total{reason=\"" + fault.reason() + "\"}");
    }

    private void refused(CommandFault fault, SensorLink attacker, byte[] payload) throws Exception {
        double before = refusals(fault);
        attacker.publish(TOPIC, payload, 1, OutboundMessage.CBOR);
        Awaitility.await().atMost(LIMIT).until(() -> refusals(fault) > before);
    }

    private SignalLink eavesdropper(Mosquitto broker) throws Exception {
        SignalLink link = SignalLink.open(BrokerOptions.at(broker.uri()).clientId("eavesdropper").build(),
                List.of(TOPIC), (topic, payload) -> overheard.add(payload));
        assertTrue(link.awaitConnected(LIMIT));
        return link;
    }

    private static SensorLink attacker(Mosquitto broker) {
        return SensorLink.open(BrokerOptions.at(broker.uri()).clientId("attacker").build(), TOPICS);
    }

    @Test
    void command_ofTheOperator_isCarriedOutAndAnswered() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker")); ReluctorProcess gateway = start(broker)) {
            String status = command(broker, "--json", "status").expect(ExitStatus.OK)
                    .json("gateway", "command", "number", "done", "answer").get("answer").textValue();
            assertTrue(status.contains("\"state\":\"online\""), status);
            command(broker, "log-level", "debug").expect(ExitStatus.OK);
            CommandResult unknown = command(broker, "dance").expect(ExitStatus.DATA);
            assertTrue(unknown.err().contains("it has drain, exchange, log-level, networks, "), unknown.err());
            command(broker, "reconnect").expect(ExitStatus.OK);
            gateway.awaitError("ingress broker, session kept", LIMIT);
            CommandResult behind = command(broker, "--number", "5", "status").expect(ExitStatus.DATA);
            assertTrue(behind.err().contains("number 5 is not above "), behind.err());
            command(broker, "drain").expect(ExitStatus.OK);
            gateway.await(LIMIT).expect(ExitStatus.OK);
            command(broker, "--timeout", "1", "status").expect(ExitStatus.UNAVAILABLE);
        }
    }

    @Test
    void command_recordedAndForged_isRefusedAlsoAfterKill() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
                SignalLink eavesdropper = eavesdropper(broker);
                SensorLink attacker = attacker(broker)) {
            byte[] recorded;
            try (ReluctorProcess gateway = start(broker)) {
                command(broker, "log-level", "debug").expect(ExitStatus.OK);
                recorded = overheard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
                refused(CommandFault.NUMBER, attacker, recorded);
                refused(CommandFault.ENVELOPE, attacker, envelopes.open(recorded).toBytes());
                Path otherKey = Files.writeString(folder.resolve("other.key"), "a5".repeat(32));
                refused(CommandFault.MAC, attacker, new CommandEnvelopes(GATEWAY, otherKey).seal(drain(GATEWAY)));
                refused(CommandFault.GATEWAY, attacker,
                        new CommandEnvelopes("local/gateway-2", key).seal(drain("local/gateway-2")));
                refused(CommandFault.TOO_LARGE, attacker, new byte[CommandMessage.MOST_BYTES + 1]);
                double before = refusals(CommandFault.RETAINED);
                RetainedMessage.publish(BrokerOptions.at(broker.uri()).build(), TOPIC,
                        envelopes.seal(drain(GATEWAY)));
                Awaitility.await().atMost(LIMIT).until(() -> refusals(CommandFault.RETAINED) > before);
                assertEquals(1, count("reluctor_commands_done_total"));
                assertTrue(gateway.isAlive());
                // Closing a process of the test is kill -9.
            }
            try (ReluctorProcess gateway = start(broker)) {
                // The broker still has what it was told to keep.
                Awaitility.await().atMost(LIMIT).until(() -> refusals(CommandFault.RETAINED) > 0);
                refused(CommandFault.NUMBER, attacker, recorded);
                assertEquals(0, count("reluctor_commands_done_total"));
                for (String word : Set.of("retained", "number")) {
                    assertTrue(gateway.err().contains("command refused, " + word + ": "), gateway.err());
                }
                command(broker, "drain").expect(ExitStatus.OK);
                gateway.await(LIMIT).expect(ExitStatus.OK);
            }
            assertTrue(eavesdropper.lastFailure().isEmpty());
        }
    }

    /** Two of one name would each forget what the other has seen. */
    @Test
    void run_secondOfTheSameName_isNotStarted() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker")); ReluctorProcess gateway = start(broker)) {
            CommandResult second = ReluctorProcess.run(folder, LIMIT, "run", "--config", configuration.toString())
                    .expect(ExitStatus.CANNOT_CREATE);
            assertTrue(second.err().contains("another gateway has it open"), second.err());
            command(broker, "status").expect(ExitStatus.OK);
            assertTrue(gateway.isAlive());
        }
    }

    private static CommandMessage drain(String gateway) {
        return new CommandMessage(gateway, System.currentTimeMillis(), "drain", "");
    }

    @Test
    void run_withoutAKeyFile_doesNotSubscribe() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"), "log_type all")) {
            write(broker, List.of());
            try (ReluctorProcess gateway = ReluctorProcess.start(folder, "run", "--config", configuration.toString())) {
                gateway.awaitError(" online: ", LIMIT);
                command(broker, "--timeout", "1", "status").expect(ExitStatus.UNAVAILABLE);
            }
            String log = Files.readString(folder.resolve("broker/mosquitto.log"));
            assertTrue(log.contains("reluctor/v1/+/+/frame (QoS 1)") && !log.contains(TOPIC + " (QoS 0)"), log);
        }
    }
}
