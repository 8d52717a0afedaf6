package org.reluctor.devicetests.command;

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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code reluctor run} as a process on a test's broker, with the network {@link SmallNetworks#transposed} for all
 * sensors of {@link #SITE} unless the test's lines say otherwise; its HTTP page on a free port. Ends with
 * {@link #close}.
 */
public final class RunningGateway implements AutoCloseable {
    public static final String SITE = "field";
    public static final String INSTANCE = "field-gateway";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final ReluctorProcess process;
    private final URI page;
    private final Optional<String> token;

    private RunningGateway(ReluctorProcess process, URI page, Optional<String> token) {
        this.process = process;
        this.page = page;
        this.token = token;
    }

    /** Starts the process and waits until it is online; {@code lines} are added to its configuration. */
    public static RunningGateway start(Path folder, String brokerUri, Map<String, String> environment, String... lines)
            throws IOException, InterruptedException {
        return startUnder(List.of(), folder, brokerUri, environment, lines);
    }

    /** As {@link #start} by another program, which is given the launcher and its arguments. */
    public static RunningGateway startUnder(List<String> starter, Path folder, String brokerUri,
            Map<String, String> environment, String... lines) throws IOException, InterruptedException {
        Path configuration = configuration(folder, brokerUri, lines);
        return online(ReluctorProcess.startUnder(starter, folder, environment,
                List.of("run", "--config", configuration.toString())), Optional.empty());
    }

    /** Starts the process by a configuration that is there; {@code token} is what its page asks for. */
    public static RunningGateway start(Path folder, Path configuration, Optional<String> token)
            throws IOException, InterruptedException {
        return online(ReluctorProcess.start(folder, "run", "--config", configuration.toString()), token);
    }

    private static RunningGateway online(ReluctorProcess process, Optional<String> token)
            throws IOException, InterruptedException {
        try {
            Matcher address = process.awaitError("metrics and health at (http://[^/]+)/metrics", START);
            process.awaitError(" online: ", START);
            return new RunningGateway(process, URI.create(address.group(1)), token);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    /** Writes the configuration and the network that it names; a line's key takes the place of the default's. */
    public static Path configuration(Path folder, String brokerUri, String... lines) throws IOException {
        SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        List<String> all = new ArrayList<>(List.of("instance: " + INSTANCE, "site: " + SITE,
                "broker: {uri: \"" + brokerUri + "\"}",
                "networks: [{file: transposed.onnx, sensors: \"" + SITE + "/+\"}]",
                "device: {cacheFolder: kernels, stateFolder: state}", "http: {port: 0}"));
        for (String line : lines) {
            String key = line.substring(0, line.indexOf(':') + 1);
            all.removeIf(each -> each.startsWith(key));
            all.add(line);
        }
        return Files.write(folder.resolve("reluctor.yaml"), all);
    }

    /** Status and body of a page such as {@code /livez}. */
    public HttpResponse<String> page(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(page.resolve(path)).timeout(ANSWER);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The value of a metric, with its labels as they stand on the page. */
    public double metric(String name) throws IOException, InterruptedException {
        return metric(page("/metrics").body(), name);
    }

    /** The value of a metric on a page. */
    public static double metric(String page, String name) {
        Matcher line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE).matcher(page);
        if (!line.find()) {
            throw new AssertionError("no metric " + name);
        }
        return Double.parseDouble(line.group(1));
    }

    /** Port of its page. */
    public int httpPort() {
        return page.getPort();
    }

    /** Its threads of that name, as the system knows it: cut after 15 characters. */
    public long threads(String name) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return tasks.filter(task -> nameOf(task).equals(name)).count();
        }
    }

    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has logged. */
    public String log() throws IOException {
        return process.err();
    }

    public ReluctorProcess process() {
        return process;
    }

    /** SIGTERM, and how it ended. */
    public CommandResult terminate(Duration limit) throws IOException, InterruptedException {
        process.terminate();
        return process.await(limit);
    }

    @Override
    public void close() {
        process.close();
    }
}
