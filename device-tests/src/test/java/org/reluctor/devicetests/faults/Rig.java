package org.reluctor.devicetests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.reluctor.devicetests.broker.KillableBroker;
import org.reluctor.devicetests.devicelost.FailingDriver;
import org.reluctor.devicetests.faults.ledger.BrokerIncident;
import org.reluctor.devicetests.faults.ledger.CheckedFrames;
import org.reluctor.devicetests.faults.ledger.FrameGenerator;
import org.reluctor.devicetests.faults.ledger.Ledger;
import org.reluctor.devicetests.faults.ledger.SignalSubscriber;
import org.reluctor.devicetests.faults.wire.FaultProxy;
import org.reluctor.stream.codec.FrameKey;

/**
 * A gateway process with everything around it: one broker for frames and signals, or two; a proxy between the gateway
 * and each; a generator and a subscriber straight at the brokers; and the books. A rig of two brokers has frames in
 * envelopes, so that the gateway keeps replay marks in its state folder.
 */
public final class Rig implements AutoCloseable {
    static final List<String> SENSORS = List.of("lab/one", "lab/two", "lab/three", "lab/four");
    private static final long BOOT = 1;
    private static final byte[] KEY = new byte[FrameKey.BYTES];
    private static final long FIRST_SIGNAL_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final String name;
    private final Path folder;
    private final boolean twoBrokers;
    private final KillableBroker sensorBroker;
    private final KillableBroker signalBroker;
    private final FaultProxy sensorProxy;
    private final FaultProxy signalProxy;
    private final List<String> violations = new ArrayList<>();
    private final FailingDriver driver;
    private final JumpingClock clock;
    private final Ledger ledger;
    private final LinkCounts counts;
    private final GatewayRunner gateway;
    private final SignalSubscriber subscriber;
    private final FrameGenerator generator;
    private final AtomicLong mayGoUnheard = new AtomicLong();

    /**
     * Starts all and waits for the first signals.
     *
     * @param folder          of this rig alone
     * @param framesPerSecond of all sensors together
     */
    Rig(String name, Path folder, BrokerKind brokers, boolean twoBrokers, int framesPerSecond)
            throws IOException, InterruptedException {
        this.name = name;
        this.folder = Files.createDirectories(folder);
        this.twoBrokers = twoBrokers;
        this.driver = FailingDriver.compile(folder);
        this.clock = JumpingClock.compile(folder);
        CheckedFrames frames = new CheckedFrames(SENSORS, BOOT, twoBrokers ? new FrameKey(KEY) : null);
        this.ledger = new Ledger(BOOT, SENSORS, frames::isRight);
        this.counts = new LinkCounts(ledger);
        this.sensorBroker = brokers.start(folder.resolve("sensor-broker"));
        this.signalBroker = twoBrokers ? brokers.start(folder.resolve("signal-broker")) : sensorBroker;
        this.sensorProxy = FaultProxy.before(sensorBroker::port, counts::watch);
        this.signalProxy = twoBrokers ? FaultProxy.before(signalBroker::port, counts::watch) : sensorProxy;
        this.gateway = new GatewayRunner(folder, configuration(), environment());
        this.subscriber = new SignalSubscriber(signalBroker.port(), name + "-subscriber", ledger);
        awaitSubscriptions(0, -1);
        gateway.start();
        awaitSubscriptions(-1, 0);
        this.generator = new FrameGenerator(sensorBroker.port(), name + "-sensors", frames, ledger, framesPerSecond);
        awaitFirstSignals();
    }

    private Path configuration() throws IOException {
        CheckedFrames.network(folder.resolve("checked.onnx"));
        List<String> lines = new ArrayList<>(List.of("instance: " + name, "site: lab",
                "broker: {uri: \"" + sensorProxy.uri() + "\", keepAliveSeconds: 5, atStart: wait}",
                "networks: [{file: checked.onnx, sensors: \"lab/+\"}]",
                "device: {cacheFolder: kernels, stateFolder: state}",
                "delivery: {stallTimeoutSeconds: 5}", "http: {port: 0}"));
        if (twoBrokers) {
            lines.add("downstream: {uri: \"" + signalProxy.uri() + "\", keepAliveSeconds: 5, atStart: wait}");
            lines.add("sensors: {keysFolder: keys}");
            for (String sensor : SENSORS) {
                Path key = folder.resolve("keys").resolve(sensor + ".key");
                Files.createDirectories(key.getParent());
                Files.writeString(key, "00".repeat(KEY.length));
            }
        }
        return Files.write(folder.resolve("reluctor.yaml"), lines);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(driver.environment());
        environment.putAll(clock.environment());
        return environment;
    }

    private void awaitFirstSignals() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + FIRST_SIGNAL_NANOS;
        while (ledger.signals() < SENSORS.size()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("no signals; see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Waits until both have subscribed more often than so; −1 for one that does not matter. */
    void awaitSubscriptions(int subscriberBefore, int gatewayBefore) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + FIRST_SIGNAL_NANOS;
        while (subscriberBefore >= 0 && subscriber.subscriptions() <= subscriberBefore
                || gatewayBefore >= 0 && counts.subscriptions() <= gatewayBefore) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not subscribed; see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    int subscriberSubscriptions() {
        return subscriber.subscriptions();
    }

    /** From then until now a broker may have lost what it took. */
    void brokerMayHaveLost(KillableBroker broker, long fromNanos) {
        ledger.incident(new BrokerIncident(fromNanos, System.nanoTime(), broker == sensorBroker,
                broker == signalBroker));
    }

    /** Something that is wrong whatever became of the frames. */
    void violated(String what) {
        synchronized (violations) {
            violations.add(name + ": " + what);
        }
    }

    List<String> violations() {
        synchronized (violations) {
            return List.copyOf(violations);
        }
    }

    /** What passed on the gateway's links. */
    LinkCounts counts() {
        return counts;
    }

    KillableBroker sensorBroker() {
        return sensorBroker;
    }

    KillableBroker signalBroker() {
        return signalBroker;
    }

    FaultProxy sensorProxy() {
        return sensorProxy;
    }

    FaultProxy signalProxy() {
        return signalProxy;
    }

    boolean twoBrokers() {
        return twoBrokers;
    }

    Path folder() {
        return folder;
    }

    String name() {
        return name;
    }

    FailingDriver driver() {
        return driver;
    }

    JumpingClock clock() {
        return clock;
    }

    public Ledger ledger() {
        return ledger;
    }

    public GatewayRunner gateway() {
        return gateway;
    }

    FrameGenerator generator() {
        return generator;
    }

    /** So many frames came while the broker had lost the gateway's session. */
    void mayGoUnheard(long frames) {
        mayGoUnheard.addAndGet(frames);
    }

    /** Frames that the broker took from nobody's session, though it had lost none: the gateway had given its own up. */
    long wronglyUnheard() {
        return generator.unheard() - mayGoUnheard.get();
    }

    @Override
    public void close() throws IOException {
        generator.close();
        subscriber.close();
        gateway.close();
        sensorProxy.close();
        signalProxy.close();
        sensorBroker.close();
        signalBroker.close();
    }
}
