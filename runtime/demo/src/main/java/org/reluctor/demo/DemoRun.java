package org.reluctor.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.ConfigurationReader;
import org.reluctor.app.gateway.GatewayProcess;
import org.reluctor.app.logging.Logging;
import org.reluctor.app.recovery.DeviceRecoveries;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.Signal;

/** One run: starts everything, lets the sensor send, waits for the last signal, and stops everything. */
final class DemoRun {
    private static final String SENSOR = "demo/ecg-208";
    private static final String ROOT = "reluctor-demo";
    private static final Duration CONFIRMATION = Duration.ofSeconds(10);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long TICK_MS = 200;

    private final DemoOptions options;
    private final Progress progress;
    private final Recording recording = Recording.mitBih208();
    private final Tally tally = new Tally();
    // Grows from start to start, as a sensor's boot counter does.
    private final long boot = Instant.now().getEpochSecond();
    private final String clients = "reluctor-demo-" + ProcessHandle.current().pid() + "-" + boot;
    private DemoNetwork network;
    private DemoPage page;
    private volatile boolean told;
    private volatile String refusal;

    DemoRun(DemoOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Runs from beginning to end, on the caller's thread.
     *
     * @throws Failure if something that is needed is missing or does not answer
     */
    Figures call() throws InterruptedException {
        network = DemoNetwork.read(options.model(), recording);
        Replay replay = network.acquisition().replay();
        try (DemoPage opened = openPage(replay.windowsPerPass() * replay.n())) {
            page = opened;
            progress.say("Page: " + page.uri());
            return options.broker() == null ? withOwnBroker() : withBroker(options.broker(), options.broker());
        } finally {
            progress.close();
        }
    }

    /** Lets the sensor stop early; what it sent is still waited for, and judged. */
    void stopSensor() {
        told = true;
    }

    private DemoPage openPage(int shown) {
        try {
            return new DemoPage(options.port(), recording, shown, tally);
        } catch (Failure e) {
            throw new Failure(ExitStatus.UNAVAILABLE, "--port: " + options.port() + " on 127.0.0.1 cannot be used ("
                    + e.getCause().getMessage() + "); 0 takes any free one", e);
        }
    }

    private Figures withOwnBroker() throws InterruptedException {
        startLog(configuration("tcp://127.0.0.1:1883"));
        try (DemoBroker broker = DemoBroker.start()) {
            return run(broker.uri().toString(), "Artemis in this process");
        }
    }

    private Figures withBroker(String uri, String name) throws InterruptedException {
        startLog(configuration(uri));
        return run(uri, name);
    }

    /** Only what a person should know: warnings, and nothing at all of what the broker tells of itself. */
    private static void startLog(Configuration configuration) {
        Logging.start(configuration.log());
        org.tinylog.configuration.Configuration.set("level@org.apache", "error");
        org.tinylog.configuration.Configuration.set("level@io.netty", "error");
    }

    private Configuration configuration(String uri) {
        return ConfigurationReader.of(Map.ofEntries(
                Map.entry("instance", "demo"),
                Map.entry("site", "demo"),
                Map.entry("topics.root", ROOT),
                Map.entry("broker.uri", uri),
                Map.entry("broker.clientId", clients),
                Map.entry("broker.sessionExpirySeconds", "60"),
                Map.entry("networks[0].file", options.model().toAbsolutePath().toString()),
                Map.entry("networks[0].sensors", SENSOR),
                Map.entry("device.select", options.device()),
                Map.entry("http.enabled", "false"),
                Map.entry("log.level", "warn")), Path.of(""));
    }

    private Figures run(String uri, String brokerName) throws InterruptedException {
        Judge judge = new Judge(network.acquisition(), network.linearStart(), boot, tally, this::show);
        Topics topics = new Topics(ROOT);
        try (GatewayProcess gateway = GatewayProcess.start(configuration(uri), DeviceRecoveries::open,
                StreamEvents.NONE)) {
            gateway.awaitOnline();
            try (DemoClients ends = new DemoClients(uri, clients, topics, SENSOR, judge::arrived, this::refused)) {
                page.start(about(brokerName, gateway.device()), () -> gateway.gateway().stats().signalsDelivered());
                progress.say(network.name() + " on " + gateway.device());
                send(ends.frames(), gateway);
                awaitLastSignal(ends.frames());
            }
            gateway.drain();
        }
        judge.finish();
        return conclude(judge);
    }

    private DemoPage.About about(String brokerName, String device) {
        var matrix = network.acquisition().matrix();
        return new DemoPage.About(SENSOR, brokerName, network.name(), device, matrix.columns(), matrix.rows(),
                options.rate(), options.seconds());
    }

    private void refused(String answer) {
        tally.rejected();
        refusal = refusal == null ? answer : refusal;
    }

    private void show(int seq, Signal signal, float[] y) {
        float[] millivolts = new float[signal.x().length];
        double millivoltsPerUnit = 1 / (network.unitsPerStep() * recording.stepsPerMillivolt());
        for (int i = 0; i < millivolts.length; i++) {
            millivolts[i] = (float) (signal.x()[i] * millivoltsPerUnit);
        }
        page.recovered(network.acquisition().replay().offset(seq), millivolts, signal.residual(), y);
    }

    private void send(SensorLink frames, GatewayProcess gateway) throws InterruptedException {
        SimulatedSensor sensor = new SimulatedSensor(network.acquisition(), SENSOR, recording.sampleRateHz(), boot,
                tally, frame -> frames.publish(SENSOR, frame));
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(() -> runSensor(sensor, done), "demo-sensor");
        thread.setDaemon(true);
        long begunNs = System.nanoTime();
        thread.start();
        try {
            while (!done.await(TICK_MS, TimeUnit.MILLISECONDS)) {
                progress.show((System.nanoTime() - begunNs) / 1e9, tally.figures());
                if (told || gateway.failure().isPresent()) {
                    sensor.stop();
                }
            }
        } finally {
            sensor.stop();
        }
        if (gateway.failure().isPresent()) {
            throw gateway.failure().get();
        }
    }

    private void runSensor(SimulatedSensor sensor, CountDownLatch done) {
        try {
            sensor.run(options.rate(), options.seconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done.countDown();
        }
    }

    /** Until every frame is answered, or nothing has come for so long that nothing will. */
    private void awaitLastSignal(SensorLink frames) throws InterruptedException {
        frames.flush(CONFIRMATION);
        Figures last = tally.figures();
        long changedNs = System.nanoTime();
        while (last.received() + last.rejected() < last.sent() && System.nanoTime() - changedNs < PATIENCE_NS) {
            Thread.sleep(TICK_MS / 10);
            Figures now = tally.figures();
            if (now.received() != last.received()) {
                changedNs = System.nanoTime();
            }
            last = now;
        }
    }

    private Figures conclude(Judge judge) {
        tally.end();
        Figures figures = tally.figures();
        page.end(figures.passed(), Report.brief(figures));
        judge.fault().ifPresent(fault -> progress.say("A signal could not be judged: " + fault));
        if (refusal != null) {
            progress.say("The gateway refused a frame: " + refusal);
        }
        return figures;
    }
}
