package org.reluctor.devicetests.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.engine.Engine;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.ProgramFile;
import org.reluctor.opencl.device.ProgramFileWriter;
import org.reluctor.opencl.device.ProgramRecorder;
import org.reluctor.opencl.tuning.LaunchComponent;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * The program behind device-tests/bin/survive-load: launches the whole-network forms, whose work-items wait for each
 * other, where they cannot all run at once: all threads of the process on one processor, and all processors busy. Every
 * result is compared with the float64 reference; a launch that was given up must have been computed another way.
 *
 * <p>There are two such forms: {@code led} by the calling thread, where the driver can compute in it, and
 * {@code shared} by all compute units in one launch, which every other CPU driver and all program files have. Each
 * meets every hardship.
 *
 * <p>After a launch was given up, an engine does without the form for a while. Half of the cases keep it as the gateway
 * does; the others open a new one, so that every single launch is one of the whole-network form.
 */
public final class SurviveLoad {
    private static final int DIFFERENT_FRAMES = 31;
    /** Frames of a launch, in turn. */
    private static final int[] BATCHES = {1, 1, 1, 16};
    private static final int MOST_BATCH = 16;
    private static final Path KERNELS = Path.of("target", "kernel-cache");
    private static final Path PROGRAMS = Path.of("target", "survive-load.clbin");
    private static final int WRONG = 1;
    private static final int USAGE = 64;

    private final String way;
    private final DeviceSession session;
    private final ShrinkageFrames frames = new ShrinkageFrames(DIFFERENT_FRAMES);
    private final LaunchParameters parameters;
    private final int launches;

    /** What makes it hard. */
    private record Hardship(String name, boolean pinned, boolean loaded, boolean fresh) {
    }

    /** What came of it; times are µs. */
    private record Survival(int launches, long givenUp, int wrong, double medianUs, double longestUs) {
    }

    private SurviveLoad(DeviceSession session, int launches) {
        this.way = session.callerQueue().isPresent() ? "led" : "shared";
        this.session = session;
        this.launches = launches;
        LaunchParameters cooperative = LaunchParameters.of(session.device());
        for (LaunchComponent component : LaunchComponent.all()) {
            // However small the network is, it shall be computed by all compute units together.
            Object value = switch (component.name()) {
                case "cooperative" -> true;
                case "perFrameUpToBytes" -> 0L;
                default -> component.of(cooperative);
            };
            cooperative = component.with(cooperative, value);
        }
        this.parameters = cooperative;
    }

    /** Exits with 1 where any result was wrong, with 64 on a wrong command line. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 1 || args.length == 1 && !args[0].matches("[1-9]\\d{0,6}")) {
            System.err.println("usage: survive-load [LAUNCHES], 1 to 9999999");
            System.exit(USAGE);
        }
        int launches = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
        boolean survived = true;
        try (DeviceSession led = TestDevice.open(KERNELS); DeviceSession shared = fromFile()) {
            System.out.println(led.device() + ", " + led.device().computeUnits() + " compute units; " + launches
                    + " launches each");
            System.out.printf("%-38s %9s %9s %7s %11s %11s%n", "", "launches", "given up", "wrong", "median us",
                    "longest us");
            if (led.callerQueue().isPresent()) {
                survived = new SurviveLoad(led, launches).run();
            }
            survived &= new SurviveLoad(shared, launches).run();
        }
        System.out.println(survived ? "every result is right" : "there are wrong results");
        System.exit(survived ? 0 : WRONG);
    }

    /** A session as the gateway has it with a program file: it computes nothing in the calling thread. */
    private static DeviceSession fromFile() throws IOException {
        ProgramRecorder recorder = new ProgramRecorder();
        try (DeviceSession session = TestDevice.openWithoutCaller(recorder)) {
            try (Engine engine = new SurviveLoad(session, 1).open()) {
                engine.rehearse();
                recorder.collect();
            }
            ProgramFileWriter file = new ProgramFileWriter(session.device(), Map.of());
            recorder.programs().forEach(program -> file.add("network", program));
            file.write(PROGRAMS);
            return DeviceSession.open(session.device(), ProgramFile.open(PROGRAMS));
        }
    }

    private boolean run() throws IOException, InterruptedException {
        boolean survived = true;
        for (Hardship hardship : new Hardship[] {
            new Hardship("undisturbed", false, false, true),
            new Hardship("full load", false, true, true),
            new Hardship("one processor", true, false, true),
            new Hardship("one processor, full load", true, true, true),
            new Hardship("full load, engine kept", false, true, false),
            new Hardship("one processor, engine kept", true, false, false)}) {
            Survival survival = endure(hardship);
            System.out.printf(Locale.ROOT, "%-38s %9d %9d %7d %11.1f %11.1f%n", way + ", " + hardship.name(),
                    survival.launches(), survival.givenUp(), survival.wrong(), survival.medianUs(),
                    survival.longestUs());
            survived &= survival.wrong() == 0;
        }
        return survived;
    }

    private Survival endure(Hardship hardship) throws IOException, InterruptedException {
        Engine engine = open();
        BusyProcessors load = hardship.loaded() ? new BusyProcessors() : null;
        try {
            if (hardship.pinned()) {
                Affinity.pin();
            }
            return launch(engine, hardship.fresh());
        } finally {
            if (load != null) {
                load.close();
            }
            Affinity.free();
        }
    }

    private Survival launch(Engine first, boolean fresh) {
        float[] y = new float[MOST_BATCH * ShrinkageFrames.MEASUREMENTS];
        float[] x = new float[MOST_BATCH * ShrinkageFrames.SAMPLES];
        double[] micros = new double[launches];
        long givenUp = 0;
        int wrong = 0;
        Engine engine = first;
        for (int i = 0; i < launches; i++) {
            int batch = BATCHES[i % BATCHES.length];
            frames.fill(y, i, batch);
            Arrays.fill(x, Float.NaN);
            long begin = System.nanoTime();
            engine.run(y, batch, x);
            micros[i] = (System.nanoTime() - begin) / 1e3;
            wrong += frames.wrong(x, i, batch) > 0 ? 1 : 0;
            if (fresh && engine.givenUp() > 0) {
                givenUp += engine.givenUp();
                engine.close();
                engine = open();
            }
        }
        givenUp += engine.givenUp();
        engine.close();
        Arrays.sort(micros);
        return new Survival(launches, givenUp, wrong, micros[launches / 2], micros[launches - 1]);
    }

    private Engine open() {
        return Engine.create(frames.network(), session, parameters, MOST_BATCH);
    }
}
