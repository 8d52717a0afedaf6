package org.reluctor.app.tuning;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.tuning.LaunchComponent;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * Searches launch parameters one component after the other: every other value of a component challenges the best so far
 * on every workload, and takes its place where it is faster by more than noise, several times in a row. Components
 * depend on each other, so this is done again while it changes something. At the end the result is compared with the
 * start once more, at leisure: it counts only if it wins there too.
 */
public final class TuningSearch {
    private static final int PASSES = 2;
    /** Comparisons in a row that a challenger must win. */
    private static final int WINS = 3;
    /** Geometric mean over the workloads that it must stay below. */
    private static final double WORTH_IT = 0.98;

    private final Device device;
    private final Comparison comparison;
    private final Consumer<String> progress;

    /**
     * What was found.
     *
     * @param start where the search began
     * @param found the best, {@code start} itself where nothing is better
     * @param gains of every workload, in their order; none where nothing is better
     */
    public record Result(LaunchParameters start, LaunchParameters found, List<Gain> gains) {
        public Result {
            gains = List.copyOf(gains);
        }

        /** Time before over time after, geometric mean. */
        public double speedup() {
            return Math.exp(gains.stream().mapToDouble(gain -> Math.log(gain.ratio())).average().orElse(0));
        }
    }

    /**
     * What the result is worth on a workload.
     *
     * @param workload its name
     * @param beforeUs of a batch, median
     * @param afterUs  the same
     * @param ratio    of the former to the latter, both of the same rounds
     */
    public record Gain(String workload, double beforeUs, double afterUs, double ratio) {
    }

    /**
     * A search on one device.
     *
     * @param progress    is told every step, one line each
     * @param interrupted asked between measurements
     */
    public TuningSearch(DeviceSession session, List<Workload> workloads, Consumer<String> progress,
            BooleanSupplier interrupted) {
        this.device = session.device();
        this.comparison = new Comparison(session, workloads, progress, interrupted);
        this.progress = progress;
    }

    /**
     * Searches from there; takes minutes.
     *
     * @throws InterruptedException if it was interrupted: nothing was found then
     */
    public Result run(LaunchParameters start) throws InterruptedException {
        LaunchParameters best = start;
        LaunchParameters before = null;
        for (int pass = 1; pass <= PASSES && !best.equals(before); pass++) {
            before = best;
            for (LaunchComponent component : LaunchComponent.all()) {
                best = improve(best, component);
            }
        }
        Result unchanged = new Result(start, start, List.of());
        if (best.equals(start)) {
            return unchanged;
        }
        progress.accept("comparing the result with the start");
        Result result = new Result(start, best, comparison.gains(start, best));
        return result.speedup() > 1 ? result : unchanged;
    }

    private LaunchParameters improve(LaunchParameters start, LaunchComponent component) throws InterruptedException {
        LaunchParameters best = start;
        for (Object value : component.candidates()) {
            if (!value.equals(component.of(best))) {
                best = challenge(best, component, value);
            }
        }
        return best;
    }

    /** The better of both. */
    private LaunchParameters challenge(LaunchParameters best, LaunchComponent component, Object value)
            throws InterruptedException {
        String title = component + " " + LaunchComponent.text(component.of(best)) + " -> "
                + LaunchComponent.text(value);
        LaunchParameters challenger;
        try {
            challenger = component.with(best, value);
        } catch (IllegalArgumentException e) {
            progress.accept(title + ": " + e.getMessage());
            return best;
        }
        return challenger.suits(device) && wins(title, best, challenger) ? challenger : best;
    }

    private boolean wins(String title, LaunchParameters best, LaunchParameters challenger)
            throws InterruptedException {
        for (int win = 0; win < WINS; win++) {
            OptionalDouble mean = comparison.mean(title, best, challenger, win % 2 == 1);
            if (mean.isEmpty()) {
                return false;
            }
            boolean won = mean.getAsDouble() < WORTH_IT;
            String verdict = !won ? "" : win < WINS - 1 ? ", once more" : ", taken";
            progress.accept(String.format("%s: %.3f times as long%s", title, mean.getAsDouble(), verdict));
            if (!won) {
                return false;
            }
        }
        return true;
    }
}
