package org.reluctor.devicetests.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.engine.Engine;
import org.reluctor.opencl.device.DeviceSession;

/**
 * The program behind device-tests/bin/soak-engine: very many frames through one engine in one process, in batches of
 * every size class, and what the process holds meanwhile. Some results of every step are compared with the reference.
 */
public final class SoakEngine {
    private static final int DIFFERENT_FRAMES = 97;
    private static final int STEPS = 20;
    private static final int[] BATCHES = {1, 2, 1, 8, 1, 64};
    private static final int MOST_BATCH = 64;
    /** One in so many batches is compared with the reference, which takes longer than the device. */
    private static final int COMPARED = 50;
    private static final Path KERNELS = Path.of("target", "kernel-cache");
    private static final int FAILED = 1;
    private static final int USAGE = 64;
    private static final double MEBI = 1 << 20;

    private final ShrinkageFrames known = new ShrinkageFrames(DIFFERENT_FRAMES);
    private final float[] y = new float[MOST_BATCH * ShrinkageFrames.MEASUREMENTS];
    private final float[] x = new float[MOST_BATCH * ShrinkageFrames.SAMPLES];
    private final Engine engine;
    private long frames;
    private long batches;
    private long wrong;

    private SoakEngine(DeviceSession session) {
        this.engine = Engine.create(known.network(), session, MOST_BATCH);
    }

    /** Exits with 1 where anything grew or a result was wrong, with 64 on a wrong command line. */
    public static void main(String[] args) throws IOException {
        if (args.length > 1 || args.length == 1 && !args[0].matches("[1-9]\\d{3,9}")) {
            System.err.println("usage: soak-engine [FRAMES], 1000 to 9999999999");
            System.exit(USAGE);
        }
        boolean flat;
        try (DeviceSession session = TestDevice.open(KERNELS)) {
            System.out.println(session.device() + ", LISTA of 256 samples in 8 iterations");
            flat = new SoakEngine(session).run(args.length == 0 ? 1_000_000 : Long.parseLong(args[0]));
        }
        System.exit(flat ? 0 : FAILED);
    }

    private boolean run(long wanted) throws IOException {
        System.out.printf("%10s %10s %12s %12s %12s %9s %7s %9s %7s%n", "frames", "seconds", "frames/s",
                "resident MiB", "device MiB", "objects", "files", "threads", "wrong");
        List<Footprint> series = new ArrayList<>();
        long begin = System.nanoTime();
        for (int step = 0; step <= STEPS; step++) {
            long from = System.nanoTime();
            long before = frames;
            advance(wanted * step / STEPS);
            double rate = (frames - before) * 1e9 / (System.nanoTime() - from);
            Footprint footprint = Footprint.now();
            series.add(footprint);
            System.out.printf(Locale.ROOT, "%10d %10.1f %12.0f %12.1f %12.1f %9d %7d %9d %7d%n", frames,
                    (System.nanoTime() - begin) / 1e9, rate, footprint.residentBytes() / MEBI,
                    footprint.deviceBytes() / MEBI, footprint.objects(), footprint.handles(), footprint.threads(),
                    wrong);
        }
        engine.close();
        List<String> growth = Flatness.growth(series);
        growth.forEach(System.out::println);
        System.out.println(growth.isEmpty() && wrong == 0 ? "flat, and every compared result is right"
                : wrong + " wrong results");
        return growth.isEmpty() && wrong == 0;
    }

    private void advance(long upTo) {
        while (frames < upTo) {
            int batch = BATCHES[(int) (batches % BATCHES.length)];
            int first = (int) (frames % known.count());
            known.fill(y, first, batch);
            // The first batches of all sizes, and then one in so many, so that every size has its turn.
            boolean compared = batches < BATCHES.length || batches % (COMPARED * BATCHES.length + 1) == 0;
            if (compared) {
                Arrays.fill(x, Float.NaN);
            }
            engine.run(y, batch, x);
            wrong += compared ? known.wrong(x, first, batch) : 0;
            frames += batch;
            batches++;
        }
    }
}
