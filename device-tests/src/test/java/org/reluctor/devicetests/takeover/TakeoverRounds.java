package org.reluctor.devicetests.takeover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reluctor.devicetests.faults.GatewayRunner;

/** Does away with the member that serves, again and again, each time once all is well. */
final class TakeoverRounds {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long CURRENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MOST_PAUSE_MILLIS = 1000;

    private final TakeoverSite site;
    private final Consumer<String> progress;
    private final Random random = new Random(7);
    private final List<Takeover> done = new ArrayList<>();

    TakeoverRounds(TakeoverSite site, Consumer<String> progress) {
        this.site = site;
        this.progress = progress;
    }

    /** One round for each fault, in an order drawn by lot. */
    List<Takeover> run(int killed, int frozen) throws IOException, InterruptedException {
        List<OwnerFault> faults = new ArrayList<>(Collections.nCopies(killed, OwnerFault.KILLED));
        faults.addAll(Collections.nCopies(frozen, OwnerFault.FROZEN));
        Collections.shuffle(faults, random);
        for (OwnerFault fault : faults) {
            Takeover takeover = round(fault);
            done.add(takeover);
            progress.accept(String.format("%3d/%d  %-6s  offline after %5d ms, claimed after %5d, signals after %5d;"
                    + " %s serves", done.size(), faults.size(), fault.name().toLowerCase(Locale.ROOT),
                    takeover.offlineMillis(), takeover.claimMillis(), takeover.signalMillis(), site.owner()));
        }
        return done;
    }

    private Takeover round(OwnerFault fault) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_PAUSE_MILLIS));
        String owner = site.owner();
        GatewayRunner member = site.member(owner);
        long term = site.claims().holding().term();
        long start = System.nanoTime();
        fault.inflict(member);
        TakeoverSite.await("a claim", PATIENCE_NANOS, () -> site.claims().holding().term() > term);
        TakeoverSite.await("fresh signals", PATIENCE_NANOS, () -> site.ledger().isFresh(start));
        long signals = System.nanoTime();
        long offline = site.claims().offlineNanos();
        long claim = site.claims().claimNanos();
        fault.end(member);
        TakeoverSite.await("all is well again", PATIENCE_NANOS, () -> site.isWell()
                && site.ledger().isCurrent(System.nanoTime(), CURRENT_NANOS));
        return new Takeover(fault, offline - start < 0 ? -1 : millis(offline - start), millis(claim - start),
                millis(signals - start));
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
