package org.reluctor.app.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration.AtStart;
import org.reluctor.app.configuration.Configuration.Broker;
import org.reluctor.app.configuration.Configuration.Network;
import org.reluctor.app.trust.MinisignKeys;
import org.reluctor.network.Quote;
import org.reluctor.opencl.operation.WeightFormat;

/** The one place that knows every setting: name, type, range, default. Binds a file to {@link Configuration}. */
final class ConfigurationBinder {
    private static final String NAME = "(?!\\.{1,2}(/|$))[A-Za-z0-9.-][A-Za-z0-9._-]{0,63}";
    private static final String NAME_RULE =
            "must be 1 to 64 of A-Z a-z 0-9 . _ -, not beginning with _, and not . or ..";
    /** Bounded before it is matched level by level, which takes the stack that much deeper. */
    private static final String ROOT = "(?![\\s\\S]{256})[^+#/\\x00-\\x1f$][^+#/\\x00-\\x1f]*(/[^+#/\\x00-\\x1f]+)*";
    private static final String FILTER = "(\\+|" + NAME + ")/(\\+|" + NAME + ")";
    private static final String SHAPE = "([1-9][0-9]{0,7}(,[1-9][0-9]{0,7}){0,6})?";
    private static final String URI = "(tcp|ssl)://(\\[[0-9A-Fa-f:.]{1,45}\\]|[A-Za-z0-9.-]{1,253}):[0-9]{1,5}";

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|::1");

    private final Binding binding;
    private final Map<String, String> environment;
    private final List<String> warnings = new ArrayList<>();

    ConfigurationBinder(Binding binding, Map<String, String> environment) {
        this.binding = binding;
        this.environment = environment;
    }

    Configuration bind(Section root) {
        String instance = root.text("instance", "gateway-1", NAME, NAME_RULE);
        String site = root.text("site", "local", NAME, NAME_RULE);
        Section topics = root.section("topics");
        String topicRoot = topics.text("root", "reluctor", ROOT,
                "must be one or more topic levels without +, #, or an empty level, not beginning with $, at most 255"
                        + " characters");
        topics.end();
        Configuration.Fleet fleet = fleet(root.section("fleet"));
        Section brokerSection = root.section("broker");
        Broker broker = broker(brokerSection, fleet.partition().isEmpty() ? "reluctor-" + instance
                : "reluctor-partition-" + site + ":" + fleet.partition());
        Section downstreamSection = root.section("downstream");
        Broker given = broker(downstreamSection, "reluctor-" + instance);
        Broker downstream = downstreamSection.given() ? given : broker;
        List<Network> networks = networks(root);
        Configuration.Trust trust = trust(root.section("trust"));
        Section exchangeSection = root.section("exchange");
        Configuration.Exchange exchange = new Configuration.Exchange(
                exchangeSection.integer("watchSeconds", 0, 0, 86_400, "s"));
        exchangeSection.end();
        Configuration.Device device = device(root.section("device"));
        Configuration.Batch batch = batch(root.section("batch"));
        Section queue = root.section("queue");
        int unreliable = queue.integer("unreliableFrames", 64, 1, 4096, "frames");
        queue.end();
        Configuration.FrameLimits frame = frame(root.section("frame"));
        Configuration.Sensors sensors = sensors(root.section("sensors"));
        checkFleet(root, fleet, broker, sensors);
        Configuration.Commands commands = commands(root.section("commands"));
        Configuration.Delivery delivery = delivery(root.section("delivery"));
        Configuration.Errors errors = errors(root.section("errors"));
        Configuration.Summary summary = summary(root.section("summary"));
        Configuration.Sparkplug sparkplug = sparkplug(root.section("sparkplug"), site, instance);
        Configuration.Http http = http(root.section("http"));
        Configuration.Log log = log(root.section("log"));
        root.end();
        unusedOverrides();
        return new Configuration(instance, site, topicRoot, broker, downstream, fleet, networks, trust, exchange,
                device, batch, unreliable, frame, sensors, commands, delivery, errors, summary, sparkplug, http, log,
                warnings);
    }

    private static Configuration.Fleet fleet(Section section) {
        String partition = section.text("partition", "", "(" + NAME + ")?", NAME_RULE + ", or \"\" for none");
        int grace = section.integer("graceSeconds", 2, 0, 3600, "s");
        String group = section.text("shareGroup", "", "(" + NAME + ")?", NAME_RULE + ", or \"\" for none");
        section.end();
        return new Configuration.Fleet(partition, grace, group);
    }

    /** What would lose frames or put them out of order is refused before anything is connected. */
    private void checkFleet(Section root, Configuration.Fleet fleet, Broker broker, Configuration.Sensors sensors) {
        Section section = root.section("fleet");
        boolean partitioned = !fleet.partition().isEmpty();
        boolean shared = !fleet.shareGroup().isEmpty();
        long least = 2L * broker.keepAliveSeconds() + fleet.graceSeconds();
        if (partitioned && shared) {
            section.reject("shareGroup", ExitStatus.CONFIGURATION, "is given beside a partition; give one of the two");
        } else if (shared && sensors.keysFolder().isPresent()) {
            section.reject("shareGroup", ExitStatus.CONFIGURATION, "is given with sensors.keysFolder, but shared"
                    + " subscriptions keep no order, by which replayed frames are told; give a partition instead");
        } else if (partitioned && broker.sessionExpirySeconds() < least) {
            section.reject("partition", ExitStatus.CONFIGURATION, "needs broker.sessionExpirySeconds of at least "
                    + least + " (twice keepAliveSeconds, and graceSeconds), not " + broker.sessionExpirySeconds()
                    + "; frames would be lost before a standby takes over");
        }
        if ((partitioned || shared) && sensors.limits().newPerMinute() > 0) {
            warnings.add("sensors.newPerMinute: after a takeover all sensors are new to this gateway, and those over "
                    + sensors.limits().newPerMinute() + " in the first minute are refused");
        }
    }

    private Broker broker(Section section, String clientId) {
        String id = section.text("clientId", "", "[\\x20-\\x7e]{0,128}", "must be at most 128 printable characters");
        String username = section.text("username", "", "", "must be a user's name, or \"\" for none");
        Optional<Path> passwordFile = section.path("passwordFile", "", "must be a file, or \"\" for none");
        Broker broker = new Broker(
                section.text("uri", "tcp://127.0.0.1:1883", URI,
                        "must be tcp://host:port or ssl://host:port; user's name and password are keys of their own"),
                id.isEmpty() ? clientId : id,
                username,
                passwordFile,
                new TlsFiles(file(section, "caFile"), file(section, "certificateFile"), file(section, "keyFile")),
                section.integer("keepAliveSeconds", 30, 5, 3600, "s"),
                section.whole("sessionExpirySeconds", 86400, 1, 4294967295L, "s"),
                section.integer("receiveMaximum", 64, 1, 1024, "frames"),
                section.integer("maximumPacketBytes", 1_048_576, 1024, 268_435_456, "bytes"),
                section.integer("connectTimeoutSeconds", 10, 1, 600, "s"),
                section.choice("atStart", AtStart.FAIL));
        checkUri(section, broker.uri());
        checkSecret(section, username, passwordFile);
        checkTls(section, broker);
        section.end();
        return broker;
    }

    /** What the pattern cannot say: the port's range, and what java.net.URI takes for a host. */
    private static void checkUri(Section section, String uri) {
        int port = Integer.parseInt(uri.substring(uri.lastIndexOf(':') + 1));
        if (port < 1 || port > 65535) {
            section.reject("uri", ExitStatus.CONFIGURATION, "port " + port + " is out of range; must be 1 to 65535");
        } else if (hostOf(uri) == null) {
            section.reject("uri", ExitStatus.CONFIGURATION, "\"" + uri + "\" names no host; must be tcp://host:port or"
                    + " ssl://host:port");
        }
    }

    private static String hostOf(String uri) {
        try {
            return new URI(uri).getHost();
        } catch (URISyntaxException exception) {
            return null;
        }
    }

    private static Optional<Path> file(Section section, String key) {
        return section.path(key, "", "must be a file in PEM, or \"\" for none");
    }

    private void checkTls(Section section, Broker broker) {
        TlsFiles tls = broker.tls();
        if (!tls.isEmpty() && !broker.uri().startsWith("ssl:")) {
            section.reject("uri", ExitStatus.CONFIGURATION, broker.uri() + " is not encrypted, but files for TLS are"
                    + " given; must be ssl://host:port");
        } else if (tls.certificate().isPresent() != tls.key().isPresent()) {
            section.reject(tls.key().isPresent() ? "keyFile" : "certificateFile", ExitStatus.CONFIGURATION,
                    "is given alone; give certificateFile and keyFile or none of them");
        } else {
            checkTls(section, "caFile", new TlsFiles(tls.authorities(), Optional.empty(), Optional.empty()));
            checkTls(section, "certificateFile", new TlsFiles(Optional.empty(), tls.certificate(), tls.key()));
            tls.key().flatMap(FileAccess::ofSecret).ifPresent(warnings::add);
        }
    }

    private static void checkTls(Section section, String key, TlsFiles files) {
        if (!files.isEmpty()) {
            tryRead(section, key, files::socketFactory);
        }
    }

    private void checkSecret(Section section, String username, Optional<Path> passwordFile) {
        if (passwordFile.isEmpty()) {
            return;
        }
        if (username.isEmpty()) {
            section.reject("passwordFile", ExitStatus.CONFIGURATION, "is given without a username; give both or none");
        }
        Secret.problem(passwordFile.get())
                .ifPresent(text -> section.reject("passwordFile", ExitStatus.CREDENTIALS, text));
        FileAccess.ofSecret(passwordFile.get()).ifPresent(warnings::add);
    }

    private List<Network> networks(Section root) {
        List<Network> networks = new ArrayList<>();
        for (Section section : root.sections("networks")) {
            Optional<Path> file = section.path("file", null, "must name an ONNX file");
            String sensors = section.text("sensors", "+/+", FILTER,
                    "must be site/sensor, + in place of either for any");
            String shape = section.text("shape", "", SHAPE, "must be all dimensions of the network's input behind the"
                    + " batch, such as \"1,256,256\", or \"\" for those that the file fixes");
            file.filter(path -> !Files.isRegularFile(path)).ifPresent(path -> section.reject("file",
                    ExitStatus.NO_INPUT, path + " does not exist; must name an ONNX file, relative to the folder of"
                            + " the configuration"));
            networks.add(new Network(file.orElse(Path.of("")), sensors, Pattern.compile(",").splitAsStream(shape)
                    .filter(dim -> !dim.isEmpty()).map(Integer::valueOf).toList()));
            section.end();
        }
        if (networks.isEmpty()) {
            root.reject("networks", ExitStatus.CONFIGURATION,
                    "missing; must list at least one network: \"- file: models/NAME.onnx\"");
        }
        return networks;
    }

    private Configuration.Trust trust(Section section) {
        Optional<Path> keys = section.path("publicKeyFile", "", "must be a file of public keys, or \"\" for none");
        keys.ifPresent(file -> tryRead(section, "publicKeyFile", () -> MinisignKeys.read(file)));
        keys.flatMap(FileAccess::ofTrusted).ifPresent(warnings::add);
        section.end();
        return new Configuration.Trust(keys);
    }

    private static void tryRead(Section section, String key, Runnable reading) {
        try {
            reading.run();
        } catch (Failure failure) {
            section.reject(key, failure.status(), failure.getMessage());
        }
    }

    private Configuration.Device device(Section section) {
        String select = section.text("select", "auto", "[\\s\\S]{1,256}", "must be auto or part of a device's name");
        Path folder = section.path("cacheFolder", "", "must be a folder, or \"\" for the user's cache folder")
                .orElseGet(() -> UserFolders.cache(environment));
        Path state = section.path("stateFolder", "", "must be a folder, or \"\" for the user's state folder")
                .orElseGet(() -> UserFolders.state(environment));
        WeightFormat weights = section.choice("weights", WeightFormat.FLOAT32);
        Optional<Path> program = section.path("program", "", "must be a file, or \"\" to compile on the device");
        program.filter(path -> !Files.isRegularFile(path) || !Files.isReadable(path)).ifPresent(path ->
                section.reject("program", ExitStatus.NO_INPUT, path + " is no file that can be read; must name one that"
                        + " reluctor kernels made, relative to the folder of the configuration"));
        section.end();
        return new Configuration.Device(select, folder, state, weights, program);
    }

    private static Configuration.Batch batch(Section section) {
        int max = section.integer("max", 64, 1, 4096, "frames");
        int lingerMs = section.integer("lingerMs", 0, 0, 10_000, "ms");
        section.end();
        return new Configuration.Batch(max, lingerMs);
    }

    private static Configuration.FrameLimits frame(Section section) {
        Configuration.FrameLimits limits = new Configuration.FrameLimits(
                section.integer("maxBytes", 262_144, 64, 268_435_456, "bytes"),
                section.integer("maxSamples", 65_536, 1, 16_777_216, "samples"),
                section.integer("maxMeasurements", 65_536, 1, 16_777_216, "measurements"),
                section.integer("maxChannels", 64, 1, 65_536, "channels"));
        section.end();
        return limits;
    }

    private Configuration.Sensors sensors(Section section) {
        Configuration.SensorLimits limits = new Configuration.SensorLimits(
                section.integer("max", 1024, 1, 65_536, "sensors"),
                section.integer("newPerMinute", 0, 0, 65_536, "sensors"),
                section.integer("framesPerSecond", 0, 0, 1_000_000, "frames"),
                section.integer("burstFrames", 1000, 1, 1_000_000, "frames"));
        boolean answerUnrouted = section.flag("answerUnrouted", true);
        Optional<Path> keys = section.path("keysFolder", "", "must be a folder, or \"\" for none");
        keys.filter(folder -> !Files.isDirectory(folder)).ifPresent(folder -> section.reject("keysFolder",
                ExitStatus.CREDENTIALS, folder + " is no folder; must be one with files such as site/sensor.key"));
        keys.flatMap(folder -> FileAccess.ofSecrets(folder, ".key")).ifPresent(warnings::add);
        section.end();
        return new Configuration.Sensors(limits, answerUnrouted, keys);
    }

    private Configuration.Commands commands(Section section) {
        Optional<Path> key = section.path("keyFile", "", "must be a file with a key of 64 hexadecimal digits, or \"\""
                + " for none");
        key.ifPresent(file -> Secret.keyProblem(file)
                .ifPresent(text -> section.reject("keyFile", ExitStatus.CREDENTIALS, text)));
        key.flatMap(FileAccess::ofSecret).ifPresent(warnings::add);
        section.end();
        return new Configuration.Commands(key);
    }

    private static Configuration.Delivery delivery(Section section) {
        Configuration.Delivery delivery = new Configuration.Delivery(
                section.choice("onRefused", Configuration.OnRefused.HOLD),
                section.flag("strictOrder", false),
                section.integer("deadlineMs", 0, 0, 3_600_000, "ms"),
                section.integer("drainTimeoutSeconds", 10, 0, 3600, "s"),
                section.integer("stallTimeoutSeconds", 60, 1, 3600, "s"),
                section.integer("deviceTimeoutSeconds", 60, 1, 3600, "s"));
        section.end();
        return delivery;
    }

    private static Configuration.Errors errors(Section section) {
        boolean enabled = section.flag("enabled", true);
        int perSensor = section.integer("perSensorPerSecond", 5, 0, 1000, "answers");
        int inAll = section.integer("inAllPerSecond", 20, 0, 10_000, "answers");
        section.end();
        return new Configuration.Errors(enabled, perSensor, inAll);
    }

    private static Configuration.Summary summary(Section section) {
        boolean enabled = section.flag("enabled", false);
        int intervalMs = section.integer("intervalMs", 1000, 1, 3_600_000, "ms");
        section.end();
        return new Configuration.Summary(enabled, intervalMs);
    }

    private static Configuration.Sparkplug sparkplug(Section section, String site, String instance) {
        boolean enabled = section.flag("enabled", false);
        String ownGroup = section.text("group", "", "(" + NAME + ")?", NAME_RULE + ", or \"\" for the site");
        String group = ownGroup.isEmpty() ? site : ownGroup;
        String node = section.text("node", "", "(" + NAME + ")?", NAME_RULE + ", or \"\" for the instance");
        int intervalMs = section.integer("intervalMs", 1000, 50, 3_600_000, "ms");
        boolean samples = section.flag("samples", false);
        int silentSeconds = section.integer("silentSeconds", 60, 0, 86_400, "s");
        if (enabled && silentSeconds > 0 && silentSeconds * 1000L <= intervalMs) {
            section.reject("silentSeconds", ExitStatus.CONFIGURATION, silentSeconds + " s are not longer than"
                    + " intervalMs, " + intervalMs + " ms, and every sensor would be told to be gone between two"
                    + " messages; must be 0, or at least " + (intervalMs / 1000 + 1));
        }
        if (enabled && group.equals("STATE")) {
            section.reject("group", ExitStatus.CONFIGURATION, "STATE is where hosts tell their own state; must be"
                    + " another name");
        }
        section.end();
        return new Configuration.Sparkplug(enabled, group, node.isEmpty() ? instance : node, intervalMs, samples,
                silentSeconds);
    }

    private Configuration.Http http(Section section) {
        boolean enabled = section.flag("enabled", true);
        String host = section.text("host", "127.0.0.1", "[A-Za-z0-9.:_-]{1,253}", "must be a name or an address");
        int port = section.integer("port", 9464, 0, 65535, "(0: any free port)");
        Optional<Path> token = section.path("tokenFile", "", "must be a file with the token as its first line, or"
                + " \"\" for none");
        token.flatMap(Secret::problem).ifPresent(text -> section.reject("tokenFile", ExitStatus.CREDENTIALS, text));
        token.flatMap(FileAccess::ofSecret).ifPresent(warnings::add);
        if (enabled && token.isEmpty() && !LOOPBACK.matcher(host).matches()) {
            section.reject("tokenFile", ExitStatus.CONFIGURATION, "missing; must be a file with a token where http.host"
                    + " (" + host + ") can be reached from other machines");
        }
        boolean page = section.flag("page", true);
        section.end();
        return new Configuration.Http(enabled, host, port, token, page);
    }

    private static Configuration.Log log(Section section) {
        Configuration.Level level = section.choice("level", Configuration.Level.INFO);
        Configuration.Format format = section.choice("format", Configuration.Format.PLAIN);
        section.end();
        return new Configuration.Log(level, format);
    }

    /** In the environment a container's platform may add variables of its own, so there it is only a warning. */
    private void unusedOverrides() {
        for (String name : binding.overrides.unused()) {
            String guess = Nearest.to(name, binding.overrides.known()).map(near -> "; did you mean " + near + "?")
                    .orElse("");
            String text = Quote.bare(name) + ": overrides no setting" + guess;
            if (name.startsWith(Overrides.PREFIX)) {
                warnings.add(text);
            } else {
                binding.problems.add(Problem.of(0, text));
            }
        }
    }
}
