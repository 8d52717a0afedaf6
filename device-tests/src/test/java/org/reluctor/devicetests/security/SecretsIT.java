package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.configuration.TlsFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.devicetests.security.TestAuthority.Identity;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.Mac0Writer;
import org.reluctor.stream.command.CommandEnvelopes;
import org.reluctor.stream.command.CommandMessage;

/**
 * A gateway with every kind of secret, led through failures at log level trace; then everything that it said, to
 * whomever, is searched for the secrets in the forms in which a text could hold them.
 */
class SecretsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Topics TOPICS = new Topics("reluctor");
    private static final String PASSWORD = "pass-of-the-gateway-7Q";
    private static final String TOKEN = "token-of-the-page-Xk91";
    private static final String COMMAND_KEY = "c0ffee11".repeat(8);
    private static final String SENSOR_KEY = "feedbee5".repeat(8);
    /** Shorter pieces than this come about by chance. */
    private static final int PIECE = 12;

    @TempDir
    Path folder;
    private final Map<String, byte[]> secrets = new LinkedHashMap<>();
    private final StringBuilder said = new StringBuilder();
    private final ConcurrentLinkedQueue<String> published = new ConcurrentLinkedQueue<>();
    private TestAuthority authority;
    private Identity client;

    private Path write(String file, String text) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private Mosquitto broker() throws Exception {
        authority = new TestAuthority(folder.resolve("authority"), "authority");
        Identity server = authority.issue("server");
        client = authority.issue("client");
        Path users = folder.resolve("users");
        new ProcessBuilder("mosquitto_passwd", "-c", "-b", users.toString(), "gateway", PASSWORD).inheritIO().start()
                .waitFor();
        return Mosquitto.startWith(folder.resolve("broker"), List.of("allow_anonymous false", "password_file " + users,
                "cafile " + authority.certificate(), "certfile " + server.certificate(), "keyfile " + server.key(),
                "require_certificate true"));
    }

    private Path configuration(Mosquitto broker) throws Exception {
        SmallNetworks.transposed(folder.resolve("net.onnx"));
        write("password", PASSWORD + "\n");
        write("token", TOKEN + "\n");
        write("cmd.key", COMMAND_KEY);
        write("keys/lab/good.key", SENSOR_KEY);
        // A mistake of the operator's: too long, but the key is in it.
        write("keys/lab/long.key", SENSOR_KEY + SENSOR_KEY);
        write("keys/lab/typo.key", SENSOR_KEY.substring(1) + "x");
        secrets.put("password", PASSWORD.getBytes(StandardCharsets.UTF_8));
        secrets.put("token", TOKEN.getBytes(StandardCharsets.UTF_8));
        secrets.put("key for commands", HexFormat.of().parseHex(COMMAND_KEY));
        secrets.put("sensor's key", HexFormat.of().parseHex(SENSOR_KEY));
        secrets.put("TLS key", Base64.getMimeDecoder().decode(Files.readString(client.key())
                .replaceAll("-----[A-Z ]+-----", "")));
        return write("reluctor.yaml", String.join("\n", "site: lab",
                "broker: {uri: \"ssl://localhost:" + broker.port() + "\", username: gateway, passwordFile: password,"
                        + " caFile: " + authority.certificate() + ", certificateFile: " + client.certificate()
                        + ", keyFile: " + client.key() + "}",
                "networks: [{file: net.onnx, sensors: \"+/+\"}]", "sensors: {keysFolder: keys}",
                "commands: {keyFile: cmd.key}", "device: {stateFolder: state}", "http: {port: 0, tokenFile: token}",
                "errors: {perSensorPerSecond: 1000, inAllPerSecond: 1000}", "log: {level: trace}", ""));
    }

    private BrokerOptions.Builder as(String id, Mosquitto broker) {
        TlsFiles tls = new TlsFiles(Optional.of(authority.certificate()), Optional.of(client.certificate()),
                Optional.of(client.key()));
        return BrokerOptions.at("ssl://localhost:" + broker.port()).clientId(id).tls(tls::socketFactory)
                .credentials("gateway", PASSWORD::toCharArray).reconnectCap(Duration.ofMillis(200));
    }

    @Test
    void gateway_throughManyFailures_saysNothingSecret() throws Exception {
        try (Mosquitto broker = broker()) {
            Path file = configuration(broker);
            say(ReluctorProcess.run(folder, LIMIT, "validate", "--config", file.toString()).expect(ExitStatus.OK));
            say(ReluctorProcess.run(folder, LIMIT, "validate", "--json", "--config", file.toString()));
            say(ReluctorProcess.run(folder, LIMIT, "inspect", folder.resolve("net.onnx").toString()));
            try (SignalLink all = SignalLink.open(as("listener", broker).build(), List.of("reluctor/#"),
                    (topic, payload) -> published.add(topic + " " + new String(payload, StandardCharsets.ISO_8859_1)));
                    SensorLink sensor = SensorLink.open(as("sensor", broker).build(), TOPICS);
                    ReluctorProcess gateway = ReluctorProcess.start(folder, "run", "--config", file.toString())) {
                assertTrue(all.awaitConnected(LIMIT), () -> all.lastFailure().toString());
                URI metrics = URI.create(gateway.awaitError("health at (http://\\S+/metrics)", LIMIT).group(1));
                gateway.awaitError(" online: ", LIMIT);
                badFramesAndCommands(sensor, gateway);
                page(metrics, "Bearer wrong");
                page(metrics, "Bearer " + TOKEN);
                say(ReluctorProcess.run(folder, LIMIT, "simulate", "-b", "ssl://localhost:" + broker.port(),
                        "--ca-file", folder.resolve("password").toString()));
                say(ReluctorProcess.run(folder, LIMIT, "simulate", "--key",
                        folder.resolve("keys/lab/typo.key").toString(), "--model",
                        folder.resolve("net.onnx").toString()).expect(ExitStatus.CREDENTIALS));
                failures(broker, gateway);
                gateway.terminate();
                say(gateway.await(LIMIT));
            }
            brokenFiles(file);
            searchEverything();
        }
    }

    private void badFramesAndCommands(SensorLink sensor, ReluctorProcess gateway) throws Exception {
        FrameKey key = new FrameKey(HexFormat.of().parseHex(SENSOR_KEY));
        CommandEnvelopes commands = new CommandEnvelopes("lab/gateway-1", folder.resolve("cmd.key"));
        for (String name : List.of("good", "long", "none")) {
            sensor.publish("lab/" + name, new Mac0Writer().write(new byte[] {1}, "lab/" + name, key));
            sensor.publish("lab/" + name, new byte[] {1, 2, 3});
        }
        String topic = TOPICS.command("lab", "gateway-1");
        for (String word : List.of("status", "dance", "log-level")) {
            sensor.publish(topic, commands.seal(new CommandMessage("lab/gateway-1", System.currentTimeMillis(), word,
                    "nothing")), 1, null);
            sensor.publish(topic, commands.sealAnswer(new CommandMessage("lab/gateway-1", 1, word, "")), 1, null);
        }
        assertTrue(sensor.flush(LIMIT));
        gateway.awaitError("command refused, mac", LIMIT);
        gateway.awaitError("long.key has 128 bytes", LIMIT);
    }

    /** Password and certificates that are wrong at a reconnect. */
    private void failures(Mosquitto broker, ReluctorProcess gateway) throws Exception {
        write("password", "wrong-" + PASSWORD + "\n");
        broker.kill();
        gateway.awaitError("connection lost", LIMIT);
        broker.restart();
        gateway.awaitError("check user name \"gateway\" and password", LIMIT);
        String key = Files.readString(client.key());
        Files.writeString(client.key(), key.replace("PRIVATE KEY", "SOME KEY"));
        gateway.awaitError("holds no private key", LIMIT);
        Files.writeString(client.key(), key);
        write("password", PASSWORD + "\n");
        gateway.awaitError("(?s)holds no private key.* online: ", LIMIT);
    }

    private void page(URI metrics, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(metrics).header("Authorization", authorization).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        said.append(answer.headers().map()).append(answer.body());
    }

    /** Starts that fail because of what is in a file of secrets. */
    private void brokenFiles(Path configuration) throws Exception {
        for (String file : List.of("cmd.key", "authority/client.key")) {
            String good = Files.readString(folder.resolve(file));
            Files.writeString(folder.resolve(file), good.substring(0, good.length() - 40));
            for (String command : List.of("validate", "run")) {
                say(ReluctorProcess.run(folder, LIMIT, command, "--debug", "--config", configuration.toString())
                        .status(), command, file);
            }
            Files.writeString(folder.resolve(file), good);
        }
    }

    private void say(int status, String command, String file) {
        assertTrue(status == ExitStatus.CREDENTIALS, command + " with a broken " + file + " ended with " + status);
    }

    private void say(CommandResult result) {
        said.append(result.out()).append(result.err());
    }

    private void searchEverything() throws Exception {
        published.forEach(message -> said.append(message).append('\n'));
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(out|err)")).toList()) {
                said.append(Files.readString(file));
            }
        }
        String text = said.toString();
        assertTrue(text.contains("command refused") && text.contains("reluctor_frames_received_total")
                && published.stream().anyMatch(message -> message.contains("/error ")), "the test itself is broken");
        secrets.forEach((name, bytes) -> {
            for (String form : forms(bytes)) {
                for (int at = 0; at + PIECE <= form.length(); at++) {
                    String piece = form.substring(at, at + PIECE);
                    assertFalse(text.contains(piece), () -> name + " was told: "
                            + text.substring(Math.max(0, text.indexOf(piece) - 200), text.indexOf(piece)));
                }
            }
        });
    }

    private static List<String> forms(byte[] secret) {
        String hex = HexFormat.of().formatHex(secret);
        List<String> forms = new ArrayList<>(List.of(new String(secret, StandardCharsets.ISO_8859_1), hex,
                hex.toUpperCase(Locale.ROOT), HexFormat.ofDelimiter(" ").formatHex(secret)));
        for (byte[] bytes : List.of(secret, hex.getBytes(StandardCharsets.US_ASCII))) {
            // As part of something longer it stands at any of three places of Base64's groups.
            for (int shift = 0; shift < 3; shift++) {
                byte[] shifted = new byte[bytes.length + shift];
                System.arraycopy(bytes, 0, shifted, shift, bytes.length);
                String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
                forms.add(encoded.substring(2 * shift, encoded.length() - 2));
            }
        }
        return forms;
    }
}
