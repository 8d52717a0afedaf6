package org.reluctor.app.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.reluctor.engine.Engine;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * Two sets of launch parameters on all workloads. Equal engines may differ by half for as long as they live, by where
 * their memory lies and which core its threads found; so whatever counts is measured with engines that were opened
 * anew, in the other order.
 */
final class Comparison {
    /** What no workload may lose for the others' sake. */
    private static final double MOST_LOSS = 1.5;
    private static final int REPEATS = 3;

    private final DeviceSession session;
    private final List<Workload> workloads;
    private final Consumer<String> progress;
    private final BooleanSupplier interrupted;

    Comparison(DeviceSession session, List<Workload> workloads, Consumer<String> progress,
            BooleanSupplier interrupted) {
        this.session = session;
        this.workloads = List.copyOf(workloads);
        this.progress = progress;
        this.interrupted = interrupted;
    }

    /**
     * The challenger's time over the incumbent's, geometric mean over the workloads; none where it computes something
     * else, or is much slower on one of them.
     *
     * @param swapped whether the challenger's engines are opened first
     */
    OptionalDouble mean(String title, LaunchParameters incumbent, LaunchParameters challenger, boolean swapped)
            throws InterruptedException {
        double sum = 0;
        for (Workload workload : workloads) {
            double ratio;
            try {
                ratio = duel(workload, incumbent, challenger, swapped, false).ratio();
                if (ratio > MOST_LOSS) {
                    ratio = Math.min(ratio, duel(workload, incumbent, challenger, !swapped, false).ratio());
                }
            } catch (OpenClException | LoweringException | IllegalArgumentException | IllegalStateException e) {
                progress.accept(title + ": not on " + workload.name() + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                return OptionalDouble.empty();
            }
            if (ratio > MOST_LOSS) {
                progress.accept(String.format("%s: %.2f times as long on %s", title, ratio, workload.name()));
                return OptionalDouble.empty();
            }
            sum += Math.log(ratio);
        }
        return OptionalDouble.of(Math.exp(sum / workloads.size()));
    }

    /** What the challenger is worth on every workload: medians of several comparisons at leisure. */
    List<TuningSearch.Gain> gains(LaunchParameters incumbent, LaunchParameters challenger)
            throws InterruptedException {
        List<TuningSearch.Gain> gains = new ArrayList<>();
        for (Workload workload : workloads) {
            double[] before = new double[REPEATS];
            double[] after = new double[REPEATS];
            double[] ratios = new double[REPEATS];
            for (int i = 0; i < REPEATS; i++) {
                Duel.Outcome outcome = duel(workload, incumbent, challenger, i % 2 == 1, true);
                before[i] = outcome.incumbentUs();
                after[i] = outcome.challengerUs();
                ratios[i] = 1 / outcome.ratio();
            }
            gains.add(new TuningSearch.Gain(workload.name(), middle(before), middle(after), middle(ratios)));
        }
        return gains;
    }

    private static double middle(double... values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private Duel.Outcome duel(Workload workload, LaunchParameters incumbent, LaunchParameters challenger,
            boolean swapped, boolean patient) throws InterruptedException {
        if (interrupted.getAsBoolean()) {
            throw new InterruptedException();
        }
        try (Engine first = open(workload, swapped ? challenger : incumbent);
                Engine second = open(workload, swapped ? incumbent : challenger)) {
            return new Duel(workload, swapped ? second : first, swapped ? first : second).fight(patient);
        }
    }

    private Engine open(Workload workload, LaunchParameters parameters) {
        return Engine.create(workload.network(), session, parameters, workload.batch());
    }
}
