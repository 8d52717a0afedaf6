package org.reluctor.devicetests.refusal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.network.Npy;

/** Every kind of bad configuration, network file and environment, prepared in a folder. */
final class BadSetups {
    static final String PASSWORD = "correct-horse";
    static final String WRONG_PASSWORD = "battery-staple";
    private static final String USER = "gateway";
    private static final String NO_DRIVERS = "OCL_ICD_VENDORS";

    private final List<BadSetup> rows = new ArrayList<>();
    private final Path folder;
    private final Mosquitto broker;
    private final ServerSocket taken;
    private final Path model;
    private final Path measurements;

    private BadSetups(Path folder, Mosquitto broker, ServerSocket taken) throws IOException {
        this.folder = folder;
        this.broker = broker;
        this.taken = taken;
        this.model = SmallNetworks.transposed(folder.resolve("good.onnx"));
        this.measurements = folder.resolve("y.npy");
        Npy.write(measurements, new float[3 * SmallNetworks.M], 3, SmallNetworks.M);
    }

    /**
     * All rows.
     *
     * @param broker that takes {@link #USER} with {@link #PASSWORD}
     * @param taken  an open port
     */
    static List<BadSetup> all(Path folder, Mosquitto broker, ServerSocket taken) throws IOException {
        BadSetups setups = new BadSetups(folder, broker, taken);
        setups.settings();
        setups.files();
        setups.networks();
        setups.devices();
        setups.brokers();
        setups.secrets();
        return setups.rows;
    }

    /** A broker with one user. */
    static Mosquitto broker(Path folder) throws IOException, InterruptedException {
        Path users = Files.createDirectories(folder).resolve("users");
        int status = new ProcessBuilder("mosquitto_passwd", "-c", "-b", users.toString(), USER, PASSWORD)
                .inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("mosquitto_passwd ended with " + status);
        }
        return Mosquitto.startWith(folder, List.of("allow_anonymous false", "password_file " + users));
    }

    private void settings() throws IOException {
        setting("unknown key", "broker", "{uri: \"" + broker.uri() + "\", keepAlive: 30}")
                .forEach(row -> rows.add(row.says("broker.keepAlive", "keepAliveSeconds")));
        setting("wrong type", "batch", "{max: many}")
                .forEach(row -> rows.add(row.says("batch.max", "many", "1 to 4096")));
        setting("out of range", "batch", "{max: 99999}")
                .forEach(row -> rows.add(row.says("batch.max", "99999", "1 to 4096")));
        setting("bad YAML", "site", "[a, b").forEach(row -> rows.add(row.says("not YAML")));
        Path good = configuration("environment.yaml", Map.of());
        for (String command : List.of("run", "validate")) {
            rows.add(BadSetup.of("wrong variable of the environment", ExitStatus.CONFIGURATION, command, "--config",
                    good.toString()).in(Map.of("RELUCTOR_BATCH_MAX", "zero"))
                    .says("RELUCTOR_BATCH_MAX", "zero", "1 to 4096"));
        }
    }

    /** A configuration with one entry replaced, which run and validate must both refuse, naming file and line. */
    private List<BadSetup> setting(String kind, String section, String value) throws IOException {
        Path file = configuration(kind.replace(' ', '-') + ".yaml", Map.of(section, value));
        return List.of("run", "validate").stream().map(command -> BadSetup.of(kind, ExitStatus.CONFIGURATION, command,
                "--config", file.toString()).says(file + ":")).toList();
    }

    private void files() throws IOException {
        Path absent = folder.resolve("absent.yaml");
        rows.add(BadSetup.of("absent configuration", ExitStatus.NO_INPUT, "run", "--config", absent.toString())
                .says(absent, "no such file"));
        rows.add(BadSetup.of("folder for configuration", ExitStatus.NO_INPUT, "run", "--config", folder.toString())
                .says(folder, "folder"));
        Path absentModel = folder.resolve("absent.onnx");
        Path file = configuration("absent-model.yaml", Map.of("networks", "[{file: absent.onnx}]"));
        for (String command : List.of("run", "validate")) {
            rows.add(BadSetup.of("absent model", ExitStatus.NO_INPUT, command, "--config", file.toString())
                    .says(file + ":", "networks[0].file", absentModel));
        }
        rows.add(BadSetup.of("absent model", ExitStatus.NO_INPUT, "inspect", absentModel.toString()).says(absentModel));
        rows.add(infer("absent model", ExitStatus.NO_INPUT, absentModel, measurements).says(absentModel));
        Path other = folder.resolve("other.npy");
        Npy.write(other, new float[7], 1, 7);
        rows.add(infer("measurements of another shape", ExitStatus.DATA, model, other).says(other, "[1, 7]",
                "[frames, " + SmallNetworks.M + "]"));
        Path text = Files.writeString(folder.resolve("text.npy"), "1, 2, 3\n");
        rows.add(infer("text for measurements", ExitStatus.DATA, model, text).says(text));
        Path nowhere = folder.resolve("nowhere/x.npy");
        rows.add(BadSetup.of("absent folder for the result", ExitStatus.CANNOT_CREATE, "infer", "--model",
                model.toString(), "--input", measurements.toString(), "--output", nowhere.toString()).says(nowhere));
    }

    private void networks() throws IOException {
        Path truncated = BadNetworks.truncated(model, folder.resolve("truncated.onnx"));
        network("truncated ONNX", truncated);
        rows.add(infer("truncated ONNX", ExitStatus.DATA, truncated, measurements).says(truncated));
        Path configured = configuration("network.yaml", Map.of("networks", "[{file: truncated.onnx}]"));
        rows.add(BadSetup.of("truncated ONNX", ExitStatus.DATA, "validate", "--config", configured.toString())
                .says(truncated));
        network("empty ONNX", Files.write(folder.resolve("empty.onnx"), new byte[0]));
        network("text for ONNX", Files.writeString(folder.resolve("text.onnx"), "no network\n"));
        network("unsupported operator", BadNetworks.unsupportedOperator(model, folder.resolve("operator.onnx")),
                "memory", "LSTM", "MatMul", "Relu");
        network("metadata of another shape", BadNetworks.otherShape(model, folder.resolve("shape.onnx")),
                Integer.toString(SmallNetworks.N + 1));
        network("Φ of another shape than the metadata", BadNetworks.otherMatrix(model, folder.resolve("matrix.onnx")),
                "2×2", "m is " + SmallNetworks.M, "n is " + SmallNetworks.N);
    }

    private void network(String kind, Path file, Object... words) throws IOException {
        Path configuration = configuration(file.getFileName() + ".yaml",
                Map.of("networks", "[{file: " + file.getFileName() + "}]"));
        rows.add(BadSetup.of(kind, ExitStatus.DATA, "run", "--config", configuration.toString()).says(file)
                .says(words));
        rows.add(BadSetup.of(kind, ExitStatus.DATA, "inspect", file.toString()).says(file).says(words));
    }

    private void devices() throws IOException {
        Map<String, String> noDrivers = Map.of(NO_DRIVERS, Files.createDirectories(folder.resolve("none")).toString());
        Path good = configuration("good.yaml", Map.of());
        String config = good.toString();
        rows.add(BadSetup.of("no OpenCL device", ExitStatus.UNAVAILABLE, "run", "--config", config).in(noDrivers)
                .says("no OpenCL device", "install"));
        rows.add(BadSetup.of("no OpenCL device", ExitStatus.UNAVAILABLE, "validate", "--device", "--config", config)
                .in(noDrivers).says("no OpenCL device", "install"));
        rows.add(BadSetup.of("no OpenCL device", ExitStatus.UNAVAILABLE, "devices").in(noDrivers)
                .says("no OpenCL device", "install"));
        rows.add(infer("no OpenCL device", ExitStatus.UNAVAILABLE, model, measurements).in(noDrivers)
                .says("no OpenCL device", "install"));
        Path absent = configuration("quantum.yaml", Map.of("device", "{select: Quantum}"));
        rows.add(BadSetup.of("named device absent", ExitStatus.UNAVAILABLE, "run", "--config", absent.toString())
                .says("Quantum"));
        rows.add(BadSetup.of("named device absent", ExitStatus.UNAVAILABLE, "bench", "--model", model.toString(),
                "--device", "Quantum").says("Quantum"));
        Path below = model.resolve("kernels");
        Path cache = configuration("cache.yaml", Map.of("device", "{cacheFolder: good.onnx/kernels}"));
        rows.add(BadSetup.of("unwritable kernel cache", ExitStatus.CANNOT_CREATE, "run", "--config", cache.toString())
                .says("device.cacheFolder", below));
        rows.add(BadSetup.of("unwritable kernel cache", ExitStatus.CANNOT_CREATE, "infer", "--model", model.toString(),
                "--input", measurements.toString(), "--output", folder.resolve("x.npy").toString(), "--cache",
                "/proc/kernels").says("/proc/kernels"));
    }

    private void brokers() throws IOException {
        String silent;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent = "tcp://127.0.0.1:" + socket.getLocalPort();
        }
        Path refused = configuration("refused.yaml", Map.of("broker", "{uri: \"" + silent + "\"}"));
        rows.add(BadSetup.of("refused broker", ExitStatus.UNAVAILABLE, "run", "--config", refused.toString())
                .says(silent, "nothing answers"));
        rows.add(BadSetup.of("refused broker", ExitStatus.UNAVAILABLE, "simulate", "--model", model.toString(),
                "--count", "1", "--broker", silent).says(silent, "nothing answers"));
        rows.add(BadSetup.of("refused broker", ExitStatus.UNAVAILABLE, "watch", "--until", "1", "--broker", silent)
                .says(silent, "nothing answers"));
        Path wrong = secret("wrong-password", WRONG_PASSWORD);
        Path unwelcome = configuration("wrong-password.yaml", withPassword(wrong));
        rows.add(BadSetup.of("wrong password", ExitStatus.CREDENTIALS, "run", "--config", unwelcome.toString())
                .says(broker.uri(), USER, "password"));
        rows.add(BadSetup.of("wrong password", ExitStatus.CREDENTIALS, "watch", "--until", "1", "--broker",
                broker.uri(), "--username", USER, "--password-file", wrong.toString()).says(broker.uri(), USER));
        Path nobody = configuration("nobody.yaml", Map.of());
        rows.add(BadSetup.of("no password where one is asked for", ExitStatus.CREDENTIALS, "run", "--config",
                nobody.toString()).says(broker.uri()));
        Path port = configuration("port.yaml", Map.of("http", "{port: " + taken.getLocalPort() + "}"));
        rows.add(BadSetup.of("port in use", ExitStatus.UNAVAILABLE, "run", "--config", port.toString())
                .says("http.port", taken.getLocalPort()));
    }

    private void secrets() throws IOException {
        unreadable("absent secret file", folder.resolve("absent-secret"));
        unreadable("folder for a secret file", Files.createDirectories(folder.resolve("secret-folder")));
        unreadable("empty secret file", Files.write(folder.resolve("empty-secret"), new byte[0]));
        Path absent = folder.resolve("absent-secret");
        rows.add(BadSetup.of("absent secret file", ExitStatus.CREDENTIALS, "watch", "--until", "1", "--broker",
                broker.uri(), "--username", USER, "--password-file", absent.toString()).says(absent));
        rows.add(BadSetup.of("password without a user", ExitStatus.USAGE, "watch", "--until", "1", "--broker",
                broker.uri(), "--password-file", absent.toString()).says("--password-file", "--username"));
    }

    private void unreadable(String kind, Path secret) throws IOException {
        Path file = configuration(secret.getFileName() + ".yaml", withPassword(secret));
        rows.add(BadSetup.of(kind, ExitStatus.CREDENTIALS, "run", "--config", file.toString())
                .says(file + ":", "broker.passwordFile", secret));
    }

    private BadSetup infer(String kind, int status, Path network, Path input) {
        return BadSetup.of(kind, status, "infer", "--model", network.toString(), "--input", input.toString(),
                "--output", folder.resolve("x.npy").toString());
    }

    private Map<String, String> withPassword(Path secret) {
        return Map.of("broker", "{uri: \"" + broker.uri() + "\", username: " + USER + ", passwordFile: " + secret
                + "}");
    }

    private Path secret(String name, String password) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, password + "\n", StandardCharsets.UTF_8);
    }

    /** A right configuration but for the entries given; its log is silent but for errors. */
    private Path configuration(String name, Map<String, String> replaced) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>(Map.of("broker", "{uri: \"" + broker.uri() + "\"}",
                "networks", "[{file: good.onnx}]", "device", "{cacheFolder: kernels}", "http", "{port: 0}",
                "log", "{level: error}"));
        entries.putAll(replaced);
        List<String> lines = new ArrayList<>();
        entries.forEach((section, value) -> lines.add(section + ": " + value));
        return Files.write(folder.resolve(name), lines);
    }
}
