package org.reluctor.devicetests.page;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.reluctor.app.simulation.FrameSource;
import org.reluctor.app.simulation.SyntheticPulse;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.Topics;

/** Sensors lab/pulse-1, -2, … that send frames of synthetic electrocardiograms until they are closed. */
final class PulseSensors implements AutoCloseable {
    /** What recovers their signals. */
    static final Path NETWORK = ProjectFiles.resolve("config/models/ecg-256x64.onnx");

    private static final double SAMPLE_RATE_HZ = 360;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> names;
    private final List<FrameSource> sources = new ArrayList<>();
    private final SensorLink link;
    private final Thread thread;
    private volatile boolean closed;

    private PulseSensors(String broker, int count, double framesPerSecond) throws Exception {
        MeasurementMatrix matrix = OnnxReader.read(NETWORK).matrix().orElseThrow();
        names = names(count);
        for (int i = 0; i < count; i++) {
            sources.add(new FrameSource(names.get(i), new SyntheticPulse(SAMPLE_RATE_HZ, i + 1L), matrix,
                    SAMPLE_RATE_HZ, 1, false));
        }
        link = SensorLink.open(BrokerOptions.at(broker).clientId("pulses").build(), new Topics("reluctor"));
        thread = new Thread(() -> send(framesPerSecond), "pulses");
        thread.setDaemon(true);
    }

    /** Starts them; each sends that many frames a second. */
    static PulseSensors start(String broker, int count, double framesPerSecond) throws Exception {
        PulseSensors sensors = new PulseSensors(broker, count, framesPerSecond);
        if (!sensors.link.awaitConnected(PATIENCE)) {
            throw new AssertionError("the sensors are not connected: " + sensors.link.lastFailure());
        }
        sensors.thread.start();
        return sensors;
    }

    static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "lab/pulse-" + i).toList();
    }

    private void send(double framesPerSecond) {
        long begin = System.nanoTime();
        try {
            for (long frame = 0; !closed; frame++) {
                int sensor = (int) (frame % names.size());
                long due = begin + (long) (frame * 1e9 / framesPerSecond / names.size());
                LockSupport.parkNanos(due - System.nanoTime());
                link.publish(names.get(sensor), sources.get(sensor).next(0));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Frames that the broker refused. */
    long refused() {
        return link.refused();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        link.close();
    }
}
