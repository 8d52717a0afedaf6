package org.reluctor.devicetests.takeover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.reluctor.devicetests.broker.KillableBroker;
import org.reluctor.devicetests.faults.GatewayRunner;
import org.reluctor.devicetests.faults.ledger.CheckedFrames;
import org.reluctor.devicetests.faults.ledger.FrameGenerator;
import org.reluctor.devicetests.faults.ledger.Ledger;
import org.reluctor.devicetests.faults.ledger.SignalSubscriber;
import org.reluctor.devicetests.faults.ledger.WireWitness;
import org.reluctor.devicetests.faults.wire.FaultProxy;
import org.reluctor.stream.codec.FrameKey;

/**
 * A broker with the recommended settings, gateways of one partition as processes, each behind a witness on its wire
 * and with a state folder of its own; a generator of authenticated frames, a durable subscriber, and the books.
 */
final class TakeoverSite implements AutoCloseable {
    private static final List<String> SENSORS = List.of("lab/one", "lab/two", "lab/three", "lab/four");
    private static final String SITE = "lab";
    private static final String PARTITION = "east";
    private static final long BOOT = 1;
    private static final byte[] KEY = new byte[FrameKey.BYTES];
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final Path folder;
    private final KillableBroker broker;
    private final Ledger ledger;
    private final FaultProxy wire;
    private final ClaimLog claims;
    private final SignalSubscriber subscriber;
    private final Map<String, GatewayRunner> members = new LinkedHashMap<>();
    private final FrameGenerator generator;

    /** Starts all and waits until one serves and the others stand by. */
    TakeoverSite(Path folder, TakeoverOptions options) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        CheckedFrames frames = new CheckedFrames(SENSORS, BOOT, new FrameKey(KEY));
        CheckedFrames.network(folder.resolve("checked.onnx"));
        writeKeys();
        AtomicInteger mostUnderWay = new AtomicInteger();
        ledger = new Ledger(BOOT, SENSORS, frames::isRight);
        broker = options.broker().start(folder.resolve("broker"));
        wire = FaultProxy.before(broker::port, () -> new WireWitness(ledger, mostUnderWay));
        claims = new ClaimLog("tcp://127.0.0.1:" + broker.port(), SITE, PARTITION);
        subscriber = new SignalSubscriber(broker.port(), "takeover-subscriber", ledger);
        for (int i = 1; i <= options.members(); i++) {
            String name = "gateway-" + i;
            members.put(name, new GatewayRunner(Files.createDirectories(folder.resolve(name)), configuration(name),
                    Map.of()));
            members.get(name).start();
        }
        await("one serves and all others stand by", START_NANOS, this::isWell);
        generator = new FrameGenerator(broker.port(), "takeover-sensors", frames, ledger, options.rate());
        await("the first signals", START_NANOS, () -> ledger.signals() >= SENSORS.size());
    }

    private void writeKeys() throws IOException {
        for (String sensor : SENSORS) {
            Path key = folder.resolve("keys").resolve(sensor + ".key");
            Files.createDirectories(key.getParent());
            Files.writeString(key, "00".repeat(KEY.length));
        }
    }

    private Path configuration(String name) throws IOException {
        List<String> lines = new ArrayList<>(List.of("instance: " + name, "site: " + SITE,
                "broker: {uri: \"" + wire.uri() + "\", keepAliveSeconds: " + TakeoverOptions.KEEP_ALIVE_SECONDS
                        + ", atStart: wait}",
                "fleet: {partition: " + PARTITION + ", graceSeconds: " + TakeoverOptions.GRACE_SECONDS + "}",
                "networks: [{file: ../checked.onnx, sensors: \"lab/+\"}]", "sensors: {keysFolder: ../keys}",
                "device: {cacheFolder: ../kernels, stateFolder: state}", "http: {port: 0}"));
        return Files.write(folder.resolve(name).resolve("reluctor.yaml"), lines);
    }

    /** Waits until the condition holds. */
    static void await(String what, long mostNanos, BooleanSupplier reached) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + mostNanos;
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("not in time: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** One member serves, and all others stand by. */
    boolean isWell() {
        return claims.holding() != null && members.keySet().stream().allMatch(name -> claims.state(name)
                .equals(name.equals(claims.holding().gateway()) ? "online" : "standby"));
    }

    /** Name of the member that holds the partition. */
    String owner() {
        return claims.holding().gateway();
    }

    GatewayRunner member(String name) {
        return members.get(name);
    }

    ClaimLog claims() {
        return claims;
    }

    Ledger ledger() {
        return ledger;
    }

    /** How members ended that nobody had killed. */
    List<String> exits() {
        return members.values().stream().flatMap(member -> member.exits().stream()).toList();
    }

    /** Sends no more, and waits until everything came; the books are closed then. */
    void finish() throws IOException, InterruptedException {
        if (!generator.finish(TimeUnit.SECONDS.toMillis(30))) {
            throw new IOException("the broker has not confirmed all frames");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (ledger.signals() < ledger.frames() && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        // What still comes twice is to be in the books, too.
        TimeUnit.SECONDS.sleep(1);
    }

    @Override
    public void close() throws IOException {
        if (generator != null) {
            generator.close();
        }
        subscriber.close();
        members.values().forEach(GatewayRunner::close);
        claims.close();
        wire.close();
        broker.close();
    }
}
