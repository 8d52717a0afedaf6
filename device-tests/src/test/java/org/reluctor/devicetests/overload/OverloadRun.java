package org.reluctor.devicetests.overload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.devicelost.FailingDriver;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;

/**
 * A gateway process given three times what its device computes, by sensors of QoS 1 and of QoS 0 together. The device
 * is PoCL behind a driver that sleeps with every launch, so that it, and not this machine's processors, is what is
 * short, as where a board's accelerator is; its rate R is measured first.
 *
 * <p>In the overload QoS 1 brings 1.2 R and QoS 0 1.8 R. Before and behind it there is a quarter of R. The overload is
 * worked off when every QoS 1 frame that was sent in it has its signal; normal is again when in three seconds in a row
 * the frames sent in each have their signals, but for one in five, and the median latency is at most half as long again
 * as before and two launches.
 */
final class OverloadRun {
    private static final Duration LAUNCH = Duration.ofMillis(8);
    private static final int BATCH = 4;
    private static final int RECEIVE_MAXIMUM = 64;
    private static final int UNRELIABLE = 64;
    private static final double MOST_HEAP_MB = 100.7;
    private static final double MOST_GROWTH_MB = 8;
    private static final double NORMAL_SHARE = 0.25;
    private static final double RELIABLE_SHARE = 1.2;
    private static final double UNRELIABLE_SHARE = 1.8;
    private static final int NORMAL_WINDOWS = 3;
    private static final double MOST_RECOVERY_SECONDS = 10;
    private static final long COLLECTION_SECONDS = 30;

    private final OverloadPlan plan;
    private final Path folder;
    private final Consumer<String> progress;
    private final OverloadReport report = new OverloadReport();
    private final SignalReader reader = new SignalReader(1 << 20);
    private RunningGateway gateway;
    private GatewayFigures figures;
    private SensorGroup reliable;
    private SensorGroup unreliable;
    private int unreadable;

    /** @param progress told what is under way */
    OverloadRun(OverloadPlan plan, Path folder, Consumer<String> progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    OverloadReport run() throws IOException, InterruptedException {
        FailingDriver driver = FailingDriver.compile(folder);
        List<String> signals = List.of(new Topics("reluctor").signal(RunningGateway.SITE + "/+"));
        driver.slowDown(LAUNCH);
        try (Mosquitto mosquitto = Mosquitto.start(folder.resolve("broker"), "max_queued_bytes 0");
                RunningGateway process = RunningGateway.start(folder, mosquitto.uri(), driver.environment(),
                        "batch: {max: " + BATCH + "}", "queue: {unreliableFrames: " + UNRELIABLE + "}");
                SensorGroup atLeastOnce = new SensorGroup(mosquitto.uri(), 1);
                SensorGroup atMostOnce = new SensorGroup(mosquitto.uri(), 0);
                SignalLink subscriber = SignalLink.open(
                        BrokerOptions.at(mosquitto.uri()).clientId("subscriber").build(), signals, this::arrived)) {
            if (!subscriber.awaitConnected(Duration.ofSeconds(20))) {
                throw new IOException("the broker does not answer: " + subscriber.lastFailure());
            }
            gateway = process;
            figures = new GatewayFigures(process);
            reliable = atLeastOnce;
            unreliable = atMostOnce;
            phases();
        }
        return report;
    }

    private void arrived(String topic, byte[] payload) {
        try {
            Signal signal = reader.read(payload);
            reliable.arrived(signal);
            unreliable.arrived(signal);
        } catch (SignalFormatException e) {
            unreadable++;
        }
    }

    private void phases() throws IOException, InterruptedException {
        double rate = sustainedRate();
        report.figure("rate", "R, frames a second that the device sustains", rate);
        normalLoad(rate);
        TimeUnit.SECONDS.sleep(1);
        long before = System.nanoTime();
        pass("before", plan.normalSeconds());
        double liveBefore = figures.liveHeapMb();
        double connections = connections();

        long begin = System.nanoTime();
        Duration processor = figures.processorTime();
        reliable.rate(RELIABLE_SHARE * rate);
        unreliable.rate(UNRELIABLE_SHARE * rate);
        pass("overload", plan.overloadSeconds());
        Duration busy = figures.processorTime().minus(processor);
        normalLoad(rate);
        long end = System.nanoTime();
        double backlogSeconds = workOff(end);
        long workedOff = System.nanoTime();
        Latencies usual = reliable.latencies(before, begin);
        double recoverySeconds = awaitNormal(workedOff, usual, NORMAL_SHARE / 2 * rate);
        long normal = System.nanoTime();
        pass("after", plan.normalSeconds());
        double liveAfter = figures.liveHeapMb();
        long after = System.nanoTime();
        settle();

        latencies("Before", before, begin);
        latencies("Overload", begin, end);
        latencies("After", normal, after);
        report.figure("processorShare", "share of one processor that the gateway took in the overload, %",
                100.0 * busy.toNanos() / (end - begin));
        report.figure("backlogSeconds", "s until the broker's backlog of QoS 1 was worked off", backlogSeconds);
        report.promise("recoverySeconds", "s from then until three normal seconds had begun", recoverySeconds, 0,
                MOST_RECOVERY_SECONDS);
        delivery();
        memory(liveBefore, liveAfter);
        report.promise("connections", "connections made in the overload and after", connections() - connections, 0, 0);
    }

    private double connections() throws IOException, InterruptedException {
        return gateway.metric("reluctor_connections_total{side=\"ingress\"}")
                + gateway.metric("reluctor_connections_total{side=\"egress\"}");
    }

    // Unequal, or the phase in which both send would decide on which of them the other waits.
    private void normalLoad(double rate) {
        reliable.rate(NORMAL_SHARE / 2 * rate);
        unreliable.rate(0.83 * NORMAL_SHARE / 2 * rate);
    }

    /** Flat out, less the first second. */
    private double sustainedRate() throws InterruptedException {
        progress.accept("measuring the sustained rate, " + plan.rateSeconds() + " s");
        reliable.flatOut();
        TimeUnit.SECONDS.sleep(1);
        long begin = System.nanoTime();
        int first = reliable.arrived();
        TimeUnit.SECONDS.sleep(plan.rateSeconds());
        double rate = (reliable.arrived() - first) / ((System.nanoTime() - begin) / 1e9);
        reliable.rate(0);
        return rate;
    }

    private void pass(String phase, int seconds) throws IOException, InterruptedException {
        progress.accept(phase + ", " + seconds + " s");
        for (long second = 1; second <= seconds; second++) {
            TimeUnit.SECONDS.sleep(1);
            figures.look();
            if (second % COLLECTION_SECONDS == 0) {
                double live = figures.liveHeapMb();
                progress.accept(String.format("%s, second %d: %d of %d signals of QoS 1, live heap %.1f MB", phase,
                        second, reliable.arrived(), reliable.sent(), live));
            }
        }
    }

    private double workOff(long end) throws IOException, InterruptedException {
        progress.accept("working off what the broker kept");
        long limit = TimeUnit.SECONDS.toNanos(60 + 5L * plan.overloadSeconds());
        while (!reliable.isCompleteBefore(end) && System.nanoTime() - end < limit) {
            TimeUnit.MILLISECONDS.sleep(100);
            figures.look();
        }
        return (System.nanoTime() - end) / 1e9;
    }

    /** Seconds until the first of three normal ones in a row; more than allowed where none come. */
    private double awaitNormal(long from, Latencies usual, double sentASecond) throws InterruptedException {
        double mostMillis = 1.5 * usual.p50Millis() + 2 * LAUNCH.toMillis();
        long second = TimeUnit.SECONDS.toNanos(1);
        int normal = 0;
        for (int window = 0; window < 2 * MOST_RECOVERY_SECONDS; window++) {
            TimeUnit.SECONDS.sleep(1);
            long begin = from + window * second;
            Latencies now = reliable.latencies(begin, begin + second);
            boolean isNormal = now.count() >= 0.8 * sentASecond && now.p50Millis() <= mostMillis;
            normal = isNormal ? normal + 1 : 0;
            if (normal == NORMAL_WINDOWS) {
                return window + 1 - NORMAL_WINDOWS;
            }
        }
        return 2 * MOST_RECOVERY_SECONDS;
    }

    private void settle() throws IOException, InterruptedException {
        reliable.rate(0);
        unreliable.rate(0);
        reliable.flush(Duration.ofSeconds(20));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while ((reliable.arrived() < reliable.sent() || gateway.metric("reluctor_frames_in_flight") > 0)
                && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        // What comes again would come right behind.
        TimeUnit.MILLISECONDS.sleep(300);
    }

    private void latencies(String phase, long from, long to) {
        String key = "latency" + phase;
        report.latency(key + "Qos1", phase + ", QoS 1:", reliable.latencies(from, to));
        report.latency(key + "Qos0", phase + ", QoS 0:", unreliable.latencies(from, to));
    }

    private void delivery() throws IOException, InterruptedException {
        double dropped = gateway.metric("reluctor_frames_dropped_total");
        double received = gateway.metric("reluctor_frames_received_total") - reliable.sent();
        report.figure("sentQos1", "QoS 1 frames sent", reliable.sent());
        report.promise("lostQos1", "QoS 1 frames without signal", reliable.sent() - reliable.arrived(), 0, 0);
        report.promise("repeatedQos1", "QoS 1 signals that came twice", reliable.repeated(), 0, 0);
        report.promise("disordered", "signals out of order", reliable.disordered() + unreliable.disordered(), 0, 0);
        report.promise("unreadable", "signals that cannot be read", unreadable, 0, 0);
        report.figure("sentQos0", "QoS 0 frames sent", unreliable.sent());
        report.figure("receivedQos0", "QoS 0 frames that the broker passed on to the gateway", received);
        report.figure("droppedQos0", "QoS 0 frames that gave way at the full queue, by the gateway's count", dropped);
        report.promise("unexplainedQos0", "QoS 0 frames received, and neither dropped nor delivered",
                received - dropped - unreliable.arrived(), 0, 0);
    }

    private void memory(double liveBefore, double liveAfter) {
        report.figure("liveHeapBeforeMb", "live heap before, MB", liveBefore);
        report.promise("liveHeapMostMb", "most live heap behind a collection, MB", figures.mostLiveHeapMb(), 0,
                liveBefore + MOST_GROWTH_MB);
        report.promise("liveHeapAfterMb", "live heap after, MB", liveAfter, 0, liveBefore + MOST_GROWTH_MB);
        report.promise("heapMostMb", "most heap in use, MB (-Xmx96m)", figures.mostHeapMb(), 0, MOST_HEAP_MB);
        report.figure("residentMostMb", "most resident memory, MB", figures.mostResidentMb());
        report.promise("inFlightMost", "most frames in memory", figures.mostInFlight(), 0,
                2 * RECEIVE_MAXIMUM + UNRELIABLE);
    }
}
