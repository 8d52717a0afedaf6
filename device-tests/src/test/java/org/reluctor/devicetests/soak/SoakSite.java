package org.reluctor.devicetests.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.faults.ledger.FrameGenerator;
import org.reluctor.devicetests.faults.ledger.Ledger;
import org.reluctor.devicetests.faults.ledger.SignalSubscriber;
import org.reluctor.devicetests.faults.ledger.Verdict;
import org.reluctor.devicetests.faults.wire.FaultProxy;

/**
 * All that takes part in a soak: sensors and their broker, the gateway as an own process by its launcher, the broker of
 * its signals and a durable subscriber; a fault proxy on each of the gateway's two links.
 */
final class SoakSite implements AutoCloseable {
    private static final Path NETWORK = ProjectFiles.resolve("config/models/ecg-256x64-ista.onnx");
    private static final long LAST_FRAME_MILLIS = 10_000;
    private static final long LAST_SIGNAL_NANOS = Duration.ofSeconds(60).toNanos();
    private static final Duration END = Duration.ofSeconds(30);
    /** A frame may be under way so long while all is well. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(1);

    private final Mosquitto sensorBroker;
    private final Mosquitto downstreamBroker;
    private final FaultProxy sensorSide;
    private final FaultProxy downstream;
    private final RunningGateway gateway;
    private final SoakFrames frames;
    private final Ledger ledger;
    private final SignalSubscriber subscriber;
    private final FrameGenerator generator;

    /**
     * Starts everything, the sensors last.
     *
     * @param folder for logs and what brokers keep
     * @param quiet  is told how long frames took
     */
    SoakSite(Path folder, int framesPerSecond, QuietTime quiet) throws IOException, InterruptedException {
        sensorBroker = Mosquitto.start(folder.resolve("sensor-broker"));
        downstreamBroker = Mosquitto.start(folder.resolve("downstream-broker"));
        sensorSide = FaultProxy.before(sensorBroker.port());
        downstream = FaultProxy.before(downstreamBroker.port());
        long boot = System.currentTimeMillis();
        frames = new SoakFrames(NETWORK, RunningGateway.SITE, boot);
        ledger = new Ledger(boot, frames.sensors(), signal -> {
            quiet.arrived(frames.madeNanos(signal));
            return frames.isRight(signal);
        });
        subscriber = new SignalSubscriber(downstreamBroker.port(), "soak-subscriber", ledger);
        // What the driver's compiler leaves in the C library's pools would feed a leak unseen: a first start compiles.
        try (RunningGateway first = start(folder)) {
            first.terminate(END);
        }
        gateway = start(folder);
        generator = new FrameGenerator(sensorBroker.port(), "soak-sensors", frames, ledger, framesPerSecond);
    }

    private RunningGateway start(Path folder) throws IOException, InterruptedException {
        return RunningGateway.start(folder, sensorSide.uri(), Map.of(),
                "broker: {uri: \"" + sensorSide.uri() + "\", keepAliveSeconds: 10}",
                "downstream: {uri: \"" + downstream.uri() + "\", keepAliveSeconds: 10}",
                "networks: [{file: " + NETWORK + ", sensors: \"" + RunningGateway.SITE + "/+\"}]",
                "delivery: {stallTimeoutSeconds: 10}");
    }

    Mosquitto sensorBroker() {
        return sensorBroker;
    }

    Mosquitto downstreamBroker() {
        return downstreamBroker;
    }

    FaultProxy sensorSide() {
        return sensorSide;
    }

    FaultProxy downstream() {
        return downstream;
    }

    List<String> sensors() {
        return frames.sensors();
    }

    RunningGateway gateway() {
        return gateway;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Ends what a fault left on the wires. */
    void heal() {
        sensorSide.heal();
        downstream.heal();
    }

    /** Whether signals keep up with frames, the gateway holds none for long and says that all is well. */
    boolean isWell() throws InterruptedException {
        try {
            return ledger.isCurrent(System.nanoTime(), UNDER_WAY.toNanos())
                    && gateway.metric("reluctor_state{state=\"online\"}") == 1
                    && gateway.metric("reluctor_oldest_frame_seconds") < UNDER_WAY.toSeconds();
        } catch (IOException e) {
            return false;
        }
    }

    /** Frames that came when the gateway had no session: lost by it, because no broker of a soak forgets any. */
    long unheard() {
        return generator.unheard();
    }

    /** No more frames; waits for the last signals, and tells what came of all. */
    Verdict finish() throws InterruptedException {
        generator.finish(LAST_FRAME_MILLIS);
        long deadline = System.nanoTime() + LAST_SIGNAL_NANOS;
        while (ledger.signals() < ledger.frames() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        // A repetition would come right behind.
        Thread.sleep(200);
        return ledger.verdict();
    }

    @Override
    public void close() throws IOException {
        generator.close();
        subscriber.close();
        gateway.close();
        sensorSide.close();
        downstream.close();
        sensorBroker.close();
        downstreamBroker.close();
    }
}
