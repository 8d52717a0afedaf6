package org.reluctor.devicetests.refusal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.stream.codec.FrameFault;

/** {@code reluctor run} for the sensors of {@link Ward}, with limits so narrow that each can be overstepped. */
final class WardGateway implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(20);

    private final RunningGateway process;

    private WardGateway(RunningGateway process) {
        this.process = process;
    }

    /** Starts the process and waits until it is online. */
    static WardGateway start(Path folder, Mosquitto broker) throws IOException, InterruptedException {
        return new WardGateway(RunningGateway.start(folder, configuration(folder, broker), Optional.empty()));
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
        return process.metric(name);
    }

    /** Frames rejected for that reason so far. */
    double rejected(FrameFault fault) throws IOException, InterruptedException {
        return metric("reluctor_frames_rejected_total{reason=\"" + fault.reason() + "\"}");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return process.log();
    }

    /** SIGTERM, and how it ended. */
    CommandResult terminate() throws IOException, InterruptedException {
        return process.terminate(END);
    }

    @Override
    public void close() {
        process.close();
    }
}
