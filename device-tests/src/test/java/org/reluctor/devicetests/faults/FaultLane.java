package org.reluctor.devicetests.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reluctor.devicetests.faults.ledger.Ledger;

/** Injects one rig's faults one after the other, each at a random moment once all is well again. */
final class FaultLane {
    /** A signal is current where it is at most so much behind the newest frame. */
    private static final long CURRENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(300);
    private static final int MOST_PAUSE_MILLIS = 1000;
    private static final long LOOK_MILLIS = 5;

    private final Rig rig;
    private final Random random;
    private final Consumer<FaultRecord> told;
    private final List<FaultRecord> records = new ArrayList<>();

    /** @param told hears of every fault once it is over */
    FaultLane(Rig rig, Random random, Consumer<FaultRecord> told) {
        this.rig = rig;
        this.random = random;
        this.told = told;
    }

    /** Injects them all. */
    List<FaultRecord> run(List<FaultKind> kinds) throws Exception {
        for (FaultKind kind : kinds) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_PAUSE_MILLIS));
            kind.inject(rig, random);
            FaultRecord record = new FaultRecord(kind, rig.name(), recoveryMillis(kind.settleMillis()));
            records.add(record);
            told.accept(record);
        }
        return records;
    }

    private long recoveryMillis(long settleMillis) throws InterruptedException {
        Ledger ledger = rig.ledger();
        long end = System.nanoTime();
        long lastBehind = end;
        boolean fresh = false;
        for (long now = end; now - lastBehind < TimeUnit.MILLISECONDS.toNanos(settleMillis); now = System.nanoTime()) {
            fresh |= ledger.isFresh(end);
            if (!fresh || !ledger.isCurrent(now, CURRENT_NANOS)) {
                lastBehind = now;
            }
            if (now - end > PATIENCE_NANOS) {
                return -1;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return TimeUnit.NANOSECONDS.toMillis(lastBehind - end);
    }
}
