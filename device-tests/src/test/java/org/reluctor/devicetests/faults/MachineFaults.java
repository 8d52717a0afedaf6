package org.reluctor.devicetests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.reluctor.devicetests.devicelost.FailingDriver;

/** What goes wrong on the gateway's own machine, and in what it is given to compute. */
final class MachineFaults {
    private static final long[] JUMPS_SECONDS = {3600, 86_400, 10L * 365 * 86_400};
    private static final int MOST_FAILING_CONTEXTS = 3;
    private static final int MOST_LAUNCHES = 20;
    private static final long LOSS_PATIENCE_MILLIS = 5000;

    private MachineFaults() {
    }

    /**
     * The gateway's wall clock jumps by an hour, a day or ten years, to either side, and the link is cut, since a new
     * connection is what the time is read for.
     */
    static void jumpClock(Rig rig, Random random) throws InterruptedException {
        long before = rig.clock().readings();
        long jump = JUMPS_SECONDS[random.nextInt(JUMPS_SECONDS.length)];
        rig.clock().jumpTo(random.nextBoolean() ? jump : -jump);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
        rig.sensorProxy().cut();
        TimeUnit.MILLISECONDS.sleep(1000);
        if (rig.clock().readings() == before) {
            rig.violated("nobody has read the clock that jumped");
        }
    }

    /** Nothing can be written: replay marks, which otherwise are with every signal, compiled kernels, the log. */
    static void fillDisk(Rig rig, Random random) throws IOException, InterruptedException {
        Path marks = rig.folder().resolve("state/replay-marks-" + rig.name());
        rig.gateway().allowWriting(false);
        TimeUnit.MILLISECONDS.sleep(100);
        FileTime full = Files.getLastModifiedTime(marks);
        TimeUnit.MILLISECONDS.sleep(2000 + random.nextInt(2000));
        if (!Files.getLastModifiedTime(marks).equals(full)) {
            rig.violated("marks were written to a disk that is full");
        }
        rig.gateway().allowWriting(true);
    }

    /** At any launch, and some of the contexts made anew are lost, too. Over as soon as the gateway has met it. */
    static void loseDevice(Rig rig, Random random) throws InterruptedException {
        long refused = rig.driver().refused();
        rig.driver().loseAfter(random.nextInt(MOST_LAUNCHES),
                random.nextBoolean() ? FailingDriver.DEVICE_NOT_AVAILABLE : FailingDriver.OUT_OF_RESOURCES,
                random.nextInt(MOST_FAILING_CONTEXTS));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOSS_PATIENCE_MILLIS);
        while (rig.driver().refused() == refused && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        if (rig.driver().refused() == refused) {
            rig.violated("nobody has used the device that was lost");
        }
    }

    static void poison(Rig rig, Random random) throws InterruptedException {
        rig.generator().poison();
        TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(200));
    }
}
