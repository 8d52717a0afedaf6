package org.reluctor.devicetests.performance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.reluctor.devicetests.FolderTree;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.broker.RecommendedMosquitto;

/** What every measurement needs: a broker, the network's file, and a folder that is gone afterwards. */
final class Bench implements AutoCloseable {
    private final Path folder;
    private final Mosquitto broker;
    private final Path network;

    /** Everything under a new temporary folder. */
    Bench() throws IOException {
        this.folder = Files.createTempDirectory("reluctor-bench");
        this.broker = RecommendedMosquitto.start(Files.createDirectory(folder.resolve("broker")));
        this.network = ProjectFiles.resolve("config/models/ecg-256x64-ista.onnx");
    }

    LoadPlan plan(String root, int framesPerSecond, double seconds) {
        return LoadPlan.timed(broker.uri(), root, network, framesPerSecond, seconds);
    }

    String brokerUri() {
        return broker.uri();
    }

    Path network() {
        return network;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** A configuration of the gateway on this broker, under that root. */
    Path configuration(String root) throws IOException {
        return GatewayConfiguration.write(folder, broker.uri(), root, network);
    }

    /** A configuration of the one gateway of a partition, under a root of the same name. */
    Path partition(String name) throws IOException {
        return GatewayConfiguration.writePartition(folder, broker.uri(), name, network, name);
    }

    /** Processor time of the broker so far. */
    Duration brokerCpu() {
        return broker.cpu();
    }

    /** Of the machine, over the last minute. */
    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** The median of what {@code figure} says of each. */
    static <T> double median(List<T> of, ToDoubleFunction<T> figure) {
        double[] values = of.stream().mapToDouble(figure).toArray();
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    @Override
    public void close() throws IOException {
        broker.close();
        FolderTree.delete(folder);
    }
}
