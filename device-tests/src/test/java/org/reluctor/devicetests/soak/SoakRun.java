package org.reluctor.devicetests.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reluctor.devicetests.faults.ledger.Verdict;

/**
 * One soak: round after round a fault, recovery, a quiet time with a look at the live heap; beside it a thread that
 * looks at the process from outside all the time. {@link #interrupt} ends it early, with a record of what there is.
 */
final class SoakRun {
    /** A fault that is not overcome by then never will be. */
    private static final double PATIENCE_SECONDS = 180;
    private static final long WELL_MILLIS = 500;
    /** Of the warm-up. */
    private static final double EXERCISED = 0.8;
    /** So often in a row all must be found well before the next, or the gateway takes ever longer to connect again. */
    private static final int PROVEN_TIMES = 5;
    /** And so often after a fault. */
    private static final int WELL_TIMES = 4;

    private final SoakPlan plan;
    private final Consumer<String> progress;
    private final Latencies latencies;
    private final QuietTime quiet;
    private final List<Sample> samples = Collections.synchronizedList(new ArrayList<>());
    private final List<FaultMark> faults = new ArrayList<>();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private SoakSite site;
    private GatewayProbe probe;

    /** @param progress takes a line a round */
    SoakRun(SoakPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        this.latencies = new Latencies(plan.roundSeconds());
        this.quiet = new QuietTime(latencies);
    }

    /** From any thread. */
    void interrupt() {
        interrupted.countDown();
    }

    /** @param folder for logs and what brokers keep */
    SoakRecord run(Path folder) throws IOException, InterruptedException {
        try (SoakSite opened = new SoakSite(folder, plan.framesPerSecond(), quiet)) {
            site = opened;
            probe = new GatewayProbe(site.gateway(), folder);
            Thread sampler = new Thread(this::sample, "soak-sampler");
            sampler.setDaemon(true);
            awaitWell();
            quiet.startClock();
            sampler.start();
            exercise();
            for (int round = 0; quiet.seconds() < plan.length().toSeconds() && interrupted.getCount() > 0; round++) {
                round(round);
            }
            double seconds = quiet.seconds();
            interrupt();
            sampler.join();
            Verdict verdict = site.finish();
            verdict.findings().forEach(progress);
            return new SoakRecord(plan, seconds, subject(), List.copyOf(samples), faults, latencies,
                    deliveries(verdict));
        }
    }

    /** No broker is killed here, so none may have lost anything. */
    private SoakRecord.Deliveries deliveries(Verdict verdict) {
        return new SoakRecord.Deliveries(verdict.frames(), verdict.lost() + verdict.lostByBroker() + site.unheard(),
                verdict.disordered(), verdict.duplicated(), verdict.spoilt());
    }

    private String subject() throws IOException {
        String device = site.gateway().process().err().lines().filter(line -> line.contains(" computes on "))
                .map(line -> line.replaceAll(".* computes on ", "")).findFirst().orElse("its device");
        return plan.framesPerSecond() + " frames/s of " + site.sensors().size()
                + " sensors, ecg-256x64-ista on " + device;
    }

    /** Rounds end at whole ones, so that each stretch of time has one fault. */
    private double roundEnd(double begin) {
        double end = Math.floor(begin / plan.roundSeconds() + 1.1) * plan.roundSeconds();
        return Math.min(end, plan.length().toSeconds());
    }

    /**
     * Faults of all kinds in turn, as soon as the last one is overcome, for most of the warm-up. The JVM compiles a
     * method when it has been called a dozen times: by a fault a minute it would be at it for hours, and its code would
     * look like a leak. What really leaks at a fault leaks here, too, and afterwards.
     */
    private void exercise() throws IOException, InterruptedException {
        double end = plan.warmUpSeconds() * EXERCISED;
        int count = 0;
        progress.accept("faults of all kinds in turn, without a pause, for " + TimeWords.of(end));
        for (; quiet.seconds() < end && interrupted.getCount() > 0; count++) {
            plan.faults().get(count % plan.faults().size()).inject(site, plan.briefOutage());
            site.heal();
            awaitWell(PROVEN_TIMES);
            // What answers the looks from inside is compiled and has its memory, too, before it is judged.
            probe.inside();
        }
        faults.add(new FaultMark("all in turn, " + count + " together", 0, quiet.seconds(), quiet.seconds()));
    }

    private void round(int number) throws IOException, InterruptedException {
        SoakFault fault = plan.faults().get(number % plan.faults().size());
        double begin = quiet.seconds();
        fault.inject(site, plan.outage());
        site.heal();
        double over = quiet.seconds();
        double well = awaitWell();
        faults.add(new FaultMark(fault.title(), begin, over, well));
        pause(2 * plan.settling().toMillis() / 1e3);
        // Not quiet yet: that frames wait for these collections is not the gateway's doing.
        Map<Figure, Double> inside = probe.inside();
        samples.add(new Sample(quiet.seconds(), true, inside));
        quiet.begin();
        pause(roundEnd(begin) - quiet.seconds());
        quiet.end();
        progress.accept(new ProgressLine(plan, site.ledger(), samples, latencies).of(faults, quiet.seconds()));
    }

    /** When all was well for the first time of several in a row. */
    private double awaitWell() throws InterruptedException {
        return awaitWell(WELL_TIMES);
    }

    private double awaitWell(int times) throws InterruptedException {
        double begin = quiet.seconds();
        double since = begin;
        for (int well = 0; well < times;) {
            double now = quiet.seconds();
            boolean isWell = site.isWell();
            since = well == 0 ? now : since;
            well = isWell ? well + 1 : 0;
            if (now - begin > PATIENCE_SECONDS || !site.gateway().process().isAlive()) {
                throw new IllegalStateException("not well " + Math.round(now - begin) + " s after a fault");
            }
            pause(WELL_MILLIS / 1e3);
        }
        return since;
    }

    /** Ends at once where the soak is interrupted. */
    private void pause(double seconds) throws InterruptedException {
        interrupted.await(Math.round(1e3 * seconds), TimeUnit.MILLISECONDS);
    }

    private void sample() {
        try {
            while (!interrupted.await(plan.sampling().toMillis(), TimeUnit.MILLISECONDS)) {
                samples.add(new Sample(quiet.seconds(), quiet.isNow(), probe.outside()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway's process cannot be looked at", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
