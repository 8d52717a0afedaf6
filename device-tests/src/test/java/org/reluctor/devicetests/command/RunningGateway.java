package org.reluctor.devicetests.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code reluctor run} as a process that is online, with its log and its metrics. */
public final class RunningGateway implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(END).build();
    private final ReluctorProcess process;
    private final URI metrics;
    private final Optional<String> token;

    private RunningGateway(ReluctorProcess process, URI metrics, Optional<String> token) {
        this.process = process;
        this.metrics = metrics;
        this.token = token;
    }

    /**
     * Starts the process and waits until it is online.
     *
     * @param folder receives what it says
     * @param token  that its page demands
     */
    public static RunningGateway start(Path folder, Path configuration, Optional<String> token)
            throws IOException, InterruptedException {
        ReluctorProcess process = ReluctorProcess.start(folder, "run", "--config", configuration.toString());
        try {
            Matcher address = process.awaitError("metrics and health at (http://\\S+/metrics)", START);
            process.awaitError(" online: ", START);
            return new RunningGateway(process, URI.create(address.group(1)), token);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    /** The value of a metric, with its labels as they stand on the page. */
    public double metric(String name) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE).matcher(page());
        if (!line.find()) {
            throw new AssertionError("no metric " + name);
        }
        return Double.parseDouble(line.group(1));
    }

    /** The page of metrics. */
    public String page() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(metrics).timeout(END);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(metrics + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    /** Port of metrics and health. */
    public int httpPort() {
        return metrics.getPort();
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

    /** SIGTERM, and how it ended. */
    public CommandResult terminate() throws IOException, InterruptedException {
        process.terminate();
        return process.await(END);
    }

    /** SIGKILL. */
    @Override
    public void close() {
        process.close();
    }
}
