package org.reluctor.devicetests.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.reluctor.devicetests.faults.ledger.Ledger;
import org.reluctor.devicetests.faults.ledger.Verdict;

/**
 * A run of faults on two rigs at once: one broker for all, and a broker for either side. What lasts for minutes on the
 * one does not hold the other up.
 */
final class FaultRun {
    private static final long CONFIRM_MILLIS = 30_000;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_MILLIS = 200;

    private final FaultOptions options;
    private final Path folder;
    private final Consumer<String> progress;
    private final AtomicLong injected = new AtomicLong();

    /** @param progress hears a line for every fault */
    FaultRun(FaultOptions options, Path folder, Consumer<String> progress) {
        this.options = options;
        this.folder = folder;
        this.progress = progress;
    }

    /** Injects all faults, waits for what is under way, and closes the books. */
    FaultOutcome run() throws IOException, InterruptedException {
        Random random = new Random(options.seed());
        FaultSchedule schedule = FaultSchedule.of(options.kinds(), options.rounds(), random);
        Random first = new Random(random.nextLong());
        Random second = new Random(random.nextLong());
        ExecutorService lanes = Executors.newFixedThreadPool(2);
        try (Rig one = new Rig("one", folder.resolve("one"), options.broker(), false, options.rate());
                Rig two = new Rig("two", folder.resolve("two"), options.broker(), true, options.rate())) {
            Future<List<FaultRecord>> ofOne = lanes.submit(lane(one, first, schedule.oneBroker()));
            Future<List<FaultRecord>> ofTwo = lanes.submit(lane(two, second, schedule.twoBrokers()));
            List<FaultRecord> records = new ArrayList<>(resultOf(ofOne));
            records.addAll(resultOf(ofTwo));
            awaitFrames(one.ledger(), two.ledger());
            return outcome(records, List.of(one, two));
        } finally {
            lanes.shutdownNow();
        }
    }

    private Callable<List<FaultRecord>> lane(Rig rig, Random random, List<FaultKind> kinds) {
        return () -> new FaultLane(rig, random, this::tell).run(kinds);
    }

    private void tell(FaultRecord record) {
        progress.accept(String.format("%3d/%d  rig %-4s %-22s %s", injected.incrementAndGet(), options.rounds(),
                record.rig(), record.kind().word(), record.recoveryMillis() < 0 ? "NOT well again"
                        : "well again after " + record.recoveryMillis() + " ms"));
    }

    private static List<FaultRecord> resultOf(Future<List<FaultRecord>> lane) throws IOException,
            InterruptedException {
        try {
            return lane.get();
        } catch (ExecutionException e) {
            throw new IOException("a fault could not be injected: " + e.getCause(), e.getCause());
        }
    }

    private void awaitFrames(Ledger one, Ledger two) throws InterruptedException {
        while (one.frames() + two.frames() < options.frames()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private FaultOutcome outcome(List<FaultRecord> records, List<Rig> rigs) throws InterruptedException {
        Verdict verdict = null;
        List<String> violations = new ArrayList<>();
        List<String> exits = new ArrayList<>();
        long unheard = 0;
        for (Rig rig : rigs) {
            if (!rig.generator().finish(CONFIRM_MILLIS)) {
                violations.add(rig.name() + ": the broker did not confirm the last frames");
            }
            awaitSignals(rig.ledger());
            Verdict own = rig.ledger().verdict();
            verdict = verdict == null ? own : verdict.and(own);
            if (rig.wronglyUnheard() > 0) {
                violations.add(rig.name() + ": the gateway had no session for " + rig.wronglyUnheard() + " frames");
            }
            violations.addAll(rig.violations());
            exits.addAll(rig.gateway().exits());
            unheard += rig.generator().unheard();
        }
        return new FaultOutcome(records, verdict, violations, exits, unheard);
    }

    /** Until nothing is missing that a broker may not have lost, or nothing comes any more. */
    private static void awaitSignals(Ledger ledger) throws InterruptedException {
        long last = System.nanoTime();
        long before = -1;
        while (System.nanoTime() - last < (ledger.verdict().lost() == 0 ? LAST_NANOS : IDLE_NANOS)) {
            if (ledger.signals() != before) {
                before = ledger.signals();
                last = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
