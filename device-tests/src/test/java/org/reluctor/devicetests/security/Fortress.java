package org.reluctor.devicetests.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.reluctor.app.configuration.TlsFiles;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.devicetests.security.TestAuthority.Identity;
import org.reluctor.devicetests.stream.SignalRecorder;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Mac0Writer;
import org.reluctor.stream.codec.Signal;

/**
 * A gateway with everything that protects it: {@code reluctor run} with TLS, keys of sensors, signed networks and a
 * token, on a mosquitto with the settings and access rules that are shipped. A good sensor sends through it all the
 * time; the attacker may publish anything at the broker, and holds the network between broker and gateway.
 */
final class Fortress {
    /** Beyond the longest pause before a gateway connects again. */
    static final Duration WAIT = Duration.ofSeconds(90);
    static final Topics TOPICS = new Topics("reluctor");
    static final String GOOD = "lab/good";
    /** A sensor whose key the attacker has. */
    static final String LEAKED = "lab/leaked";
    static final String TOKEN = "an-operator's-token";
    static final int MOST_BYTES = 4096;
    static final int BURST = 100;
    private static final String HOST = "dns:localhost,ip:127.0.0.1";

    final Path folder;
    final TestAuthority authority;
    final FrameKey goodKey;
    final FrameKey leakedKey;
    final ModelShelf models;
    Mosquitto broker;
    Detour detour;
    SensorLink attacker;
    RunningGateway gateway;
    private final Identity server;
    private final FrameWriter frames = new FrameWriter();
    private final Mac0Writer envelopes = new Mac0Writer();
    private final SignalRecorder signals = new SignalRecorder();
    private final List<byte[]> recorded = new ArrayList<>();
    private SensorLink sensor;
    private SignalLink viewer;

    /** Makes certificates, keys and a signed network; {@link #start} sets everything going. */
    Fortress(Path folder) throws Exception {
        this.folder = folder;
        this.authority = new TestAuthority(folder.resolve("authority"), "authority");
        this.server = authority.issue("broker");
        for (String name : List.of("frame", "good", "signal", "attacker")) {
            authority.issueLike("broker", name, HOST, "-1d", 3);
        }
        Files.createDirectories(folder.resolve("keys/lab"));
        this.goodKey = writeKey(GOOD, 1);
        this.leakedKey = writeKey(LEAKED, 2);
        secret("token", TOKEN);
        secret("commands.key", "5a".repeat(FrameKey.BYTES));
        this.models = new ModelShelf(folder.resolve("signing"));
        SmallNetworks.transposed(Files.createDirectories(folder.resolve("networks")).resolve("transposed.onnx"));
        models.sign(folder.resolve("networks/transposed.onnx"), 2);
    }

    void start() throws Exception {
        broker = Mosquitto.startWith(folder.resolve("broker"), brokerLines());
        detour = new Detour(broker.port());
        viewer = SignalLink.open(client("signal").build(), List.of(TOPICS.signal("+/+")), signals);
        sensor = SensorLink.open(client("good").build(), TOPICS);
        attacker = SensorLink.open(client("attacker").build(), TOPICS);
        if (!viewer.awaitConnected(WAIT) || !sensor.awaitConnected(WAIT) || !attacker.awaitConnected(WAIT)) {
            throw new AssertionError("not connected: " + viewer.lastFailure() + sensor.lastFailure());
        }
        gateway = RunningGateway.start(folder, configuration("fortress.yaml", "networks/transposed.onnx"),
                Optional.of(TOKEN));
    }

    /** The shipped settings with this test's files; port and persistence are the test's own. */
    private List<String> brokerLines() throws IOException {
        List<String> rules = new ArrayList<>(Files.readAllLines(ProjectFiles.resolve("config/mosquitto/reluctor.acl")));
        rules.addAll(List.of("user attacker", "topic readwrite #"));
        Path acl = Files.write(folder.resolve("acl"), rules);
        return ShippedBroker.settings().stream()
                .map(line -> line.replaceFirst("^cafile .*", "cafile " + authority.certificate())
                        .replaceFirst("^certfile .*", "certfile " + server.certificate())
                        .replaceFirst("^keyfile .*", "keyfile " + server.key())
                        .replaceFirst("^acl_file .*", "acl_file " + acl)).toList();
    }

    /** A configuration for that network, beside the others. */
    Path configuration(String name, String network) throws IOException {
        return Files.write(folder.resolve(name), List.of("instance: fortress", "site: lab",
                "broker:", "  uri: ssl://localhost:" + detour.port(), "  caFile: " + authority.certificate(),
                "  certificateFile: " + authority.certificate().resolveSibling("frame.pem"),
                "  keyFile: " + server.key(),
                "networks: [{file: \"" + network + "\"}]",
                "trust: {publicKeyFile: " + models.publicKey() + "}",
                "device: {cacheFolder: kernels, stateFolder: state}",
                "frame: {maxBytes: " + MOST_BYTES + "}",
                "sensors: {keysFolder: keys, framesPerSecond: " + BURST + ", burstFrames: " + BURST + "}",
                "commands: {keyFile: commands.key}",
                "http: {port: 0, tokenFile: token}"));
    }

    private FrameKey writeKey(String name, int seed) throws IOException {
        byte[] bytes = new byte[FrameKey.BYTES];
        new Random(seed).nextBytes(bytes);
        secret("keys/" + name + ".key", HexFormat.of().formatHex(bytes));
        return new FrameKey(bytes);
    }

    private void secret(String name, String line) throws IOException {
        Path file = Files.writeString(folder.resolve(name), line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Options of a client with a certificate of that name. */
    BrokerOptions.Builder client(String name) {
        return client(new Identity(authority.certificate().resolveSibling(name + ".pem"), server.key()));
    }

    BrokerOptions.Builder client(Identity identity) {
        TlsFiles tls = new TlsFiles(Optional.of(authority.certificate()), Optional.of(identity.certificate()),
                Optional.of(identity.key()));
        return BrokerOptions.at("ssl://localhost:" + broker.port()).tls(tls::socketFactory)
                .clientId("test-" + identity.certificate().getFileName()).reconnectCap(Duration.ofMillis(500));
    }

    /** A certificate of the broker's for other hosts or other times. */
    Identity serverLike(String name, String hosts, String from) throws Exception {
        return authority.issueLike("broker", name, hosts, from, 3);
    }

    byte[] frame(String name, long boot, long seq) {
        float[] y = new float[SmallNetworks.M];
        for (int i = 0; i < y.length; i++) {
            y[i] = seq % 1000 + i;
        }
        return frames.write(FrameFields.of(name, 360, 1, SmallNetworks.matrix().idBits(), SmallNetworks.N,
                SmallNetworks.M).at(boot, seq), y);
    }

    /** Puts bytes into an envelope, as who has that key. */
    byte[] sealed(byte[] content, String name, FrameKey key) {
        return envelopes.write(content, name, key);
    }

    /** The good sensor sends some more frames. */
    void sendGood(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            byte[] payload = sealed(frame(GOOD, 1, recorded.size()), GOOD, goodKey);
            recorded.add(payload);
            sensor.publish(GOOD, payload);
        }
    }

    /** What somebody who listens has heard of the good sensor. */
    List<byte[]> recorded() {
        return List.copyOf(recorded);
    }

    /** Fails unless every frame of the good sensor has its signal, once, in order, before long. */
    void awaitGood() {
        await().atMost(WAIT).until(() -> ofGood().size() >= recorded.size());
        assertEquals(LongStream.range(0, recorded.size()).boxed().toList(), ofGood());
        assertEquals(0, signals.unreadable());
    }

    private List<Long> ofGood() {
        return signals.signals().stream().filter(signal -> signal.sensor().equals(GOOD)).map(Signal::seq).toList();
    }

    static String rejected(FrameFault fault) {
        return "reluctor_frames_rejected_total{reason=\"" + fault.reason() + "\"}";
    }

    /** Runs something, and waits until it has made a counter grow by so many, and the log tell of it. */
    Attack.Evidence refused(String by, String counter, int times, String line, Step step) throws Exception {
        int mark = gateway.log().length();
        String grown = grows(counter, times, step);
        await().atMost(WAIT).until(() -> gateway.log().substring(mark).contains(line));
        String told = gateway.log().substring(mark).lines().filter(each -> each.contains(line)).findFirst()
                .orElseThrow();
        return new Attack.Evidence(by, grown, told);
    }

    /** Runs something, and waits until it has made a counter grow by so many; the counter in words. */
    String grows(String counter, int times, Step step) throws Exception {
        double before = gateway.metric(counter);
        step.run();
        await().atMost(WAIT).until(() -> gateway.metric(counter) >= before + times);
        return String.format("%s %.0f -> %.0f", counter, before, gateway.metric(counter));
    }

    /** Something that is done meanwhile. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** Ends the gateway, properly or by force, does something while it is away, and starts it again. */
    void restartGateway(boolean properly, Step meanwhile) throws Exception {
        if (properly) {
            gateway.terminate(WAIT).expect(0);
        }
        gateway.close();
        meanwhile.run();
        gateway = RunningGateway.start(folder, folder.resolve("fortress.yaml"), Optional.of(TOKEN));
    }

    /** Ends whatever was started. */
    void close() throws Exception {
        for (AutoCloseable each : Arrays.asList(attacker, sensor, viewer, gateway, detour, broker)) {
            if (each != null) {
                each.close();
            }
        }
    }
}
