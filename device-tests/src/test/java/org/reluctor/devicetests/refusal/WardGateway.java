package org.reluctor.devicetests.refusal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.stream.codec.FrameFault;

/** {@code reluctor run} for the sensors of {@link Ward}, with limits so narrow that each can be overstepped. */
final class WardGateway implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(END).build();
    private final ReluctorProcess process;
    private final URI metrics;

    private WardGateway(ReluctorProcess process, URI metrics) {
        this.process = process;
        this.metrics = metrics;
    }

    /** Starts the process and waits until it is online. */
    static WardGateway start(Path folder, Mosquitto broker) throws IOException, InterruptedException {
        ReluctorProcess process = ReluctorProcess.start(folder, "run", "--config",
                configuration(folder, broker).toString());
        try {
            Matcher address = process.awaitError("metrics and health at (http://\\S+/metrics)", START);
            process.awaitError(" online: ", START);
            return new WardGateway(process, URI.create(address.group(1)));
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    private static Path configuration(Path folder, Mosquitto broker) throws IOException {
        SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        return Files.write(folder.resolve("reluctor.yaml"), List.of(
                "instance: ward-gateway",
                "site: ward-1",
                "broker: {uri: \"" + broker.uri() + "\", maximumPacketBytes: " + Ward.PACKET_BYTES + "}",
                "networks: [{file: transposed.onnx, sensors: \"+/ecg\"}]",
                "device: {cacheFolder: kernels}",
                "frame: {maxBytes: " + Ward.MAX_BYTES + "}",
                "sensors: {max: " + Ward.SENSORS.size() + "}",
                "errors: {perSensorPerSecond: 1000, inAllPerSecond: 10000}",
                "http: {port: 0}"));
    }

    /** The value of a metric, with its labels as they stand on the page. */
    double metric(String name) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE).matcher(page());
        if (!line.find()) {
            throw new AssertionError("no metric " + name);
        }
        return Double.parseDouble(line.group(1));
    }

    /** Frames rejected for that reason so far. */
    double rejected(FrameFault fault) throws IOException, InterruptedException {
        return metric("reluctor_frames_rejected_total{reason=\"" + fault.reason() + "\"}");
    }

    private String page() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(metrics).timeout(END).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(metrics + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return process.err();
    }

    /** SIGTERM, and how it ended. */
    CommandResult terminate() throws IOException, InterruptedException {
        process.terminate();
        return process.await(END);
    }

    @Override
    public void close() {
        process.close();
    }
}
