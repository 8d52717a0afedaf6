package org.reluctor.devicetests.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reluctor.app.json.JsonText;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceSession;

/** Decides known properties, and says how many verdicts were wrong. */
public final class PropertyStudy {
    private static final String USAGE = "usage: [--count 240] [--seconds 60] [--json]";
    private static final double LEAST_DECIDED = 0.9;

    private PropertyStudy() {
    }

    /** Exits with 1 where a verdict is wrong, a witness is not repeated, or too few are decided. */
    public static void main(String... args) {
        int count = 240;
        double seconds = 60;
        boolean json = Arrays.asList(args).contains("--json");
        for (int at = 0; at < args.length; at++) {
            try {
                switch (args[at]) {
                    case "--count" -> count = Integer.parseInt(args[++at]);
                    case "--seconds" -> seconds = Double.parseDouble(args[++at]);
                    case "--json" -> { }
                    default -> fail(args[at]);
                }
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
                fail(args[Math.min(at, args.length - 1)]);
            }
        }
        List<PropertyRun> runs = runs(KnownProperty.draw(count), seconds);
        boolean good = report(runs, json);
        System.exit(good ? 0 : 1);
    }

    private static void fail(String argument) {
        System.err.println("study-properties: \"" + argument + "\" is not understood; " + USAGE);
        System.exit(64);
    }

    private static List<PropertyRun> runs(List<KnownProperty> properties, double seconds) {
        List<PropertyRun> runs = new ArrayList<>();
        long start = System.nanoTime();
        try (DeviceSession session = TestDevice.open()) {
            for (KnownProperty property : properties) {
                PropertyRun run = PropertyRun.of(property, seconds, session);
                runs.add(run);
                if (run.isWrong() || !run.isDecided() || runs.size() % 20 == 0) {
                    System.err.printf(Locale.ROOT, "%d/%d after %.0f s: %s%n", runs.size(), properties.size(),
                            (System.nanoTime() - start) / 1e9, JsonText.of(run.json()));
                }
            }
        }
        return runs;
    }

    private static boolean report(List<PropertyRun> runs, boolean json) {
        long wrong = runs.stream().filter(PropertyRun::isWrong).count();
        long decided = runs.stream().filter(PropertyRun::isDecided).count();
        long witnesses = runs.stream().filter(PropertyRun::hasWitness).count();
        long repeated = runs.stream().filter(run -> run.hasWitness() && run.repeated()).count();
        long onDevice = runs.stream().filter(run -> run.onDevice() >= 0).count();
        long violated = runs.stream().filter(run -> run.property().violated()).count();
        double[] seconds = runs.stream().mapToDouble(PropertyRun::seconds).sorted().toArray();
        if (json) {
            System.out.println(JsonText.of("properties", runs.size(), "violated", violated, "wrong", wrong, "decided",
                    decided, "witnesses", witnesses, "repeated", repeated, "repeatedOnDevice", onDevice, "secondsP50",
                    seconds[seconds.length / 2], "secondsMax", seconds[seconds.length - 1],
                    "rows", runs.stream().map(PropertyRun::json).toList()));
        } else {
            System.out.printf(Locale.ROOT, "%d properties, %d violated: %d wrong verdicts, %d decided (%.1f %%)%n"
                    + "%d witnesses: %d repeated in float64, %d in float32 on the device%nseconds: median %.3f, most"
                    + " %.1f%n", runs.size(), violated, wrong, decided, 100.0 * decided / runs.size(), witnesses,
                    repeated, onDevice, seconds[seconds.length / 2], seconds[seconds.length - 1]);
        }
        return wrong == 0 && repeated == witnesses && decided >= LEAST_DECIDED * runs.size();
    }
}
