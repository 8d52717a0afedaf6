package org.reluctor.app.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.reluctor.engine.Engine;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.tuning.LaunchComponent;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * Searches launch parameters one component after the other: every other value of a component challenges the best so far
 * on every workload, and takes its place where it is faster by more than noise. Components depend on each other, so
 * this is done again while it changes something. At the end the result is compared with the start once more, at
 * leisure: it counts only if it wins there too.
 */
public final class TuningSearch {
    private static final int PASSES = 2;
    /** Geometric mean over the workloads that a challenger must be below. */
    private static final double WORTH_IT = 0.98;
    /** What no workload may lose for the others' sake. */
    private static final double MOST_LOSS = 1.5;

    private final DeviceSession session;
    private final List<Workload> workloads;
    private final Consumer<String> progress;
    private final BooleanSupplier interrupted;

    /**
     * What was found.
     *
     * @param start where the search began
     * @param found the best, {@code start} itself where nothing is better
     * @param gains of every workload, in their order
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
     * @param ratio    of the former to the latter, median of rounds
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
        this.session = session;
        this.workloads = List.copyOf(workloads);
        this.progress = progress;
        this.interrupted = interrupted;
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
        progress.accept("comparing the result with the start");
        Result result = new Result(start, best, gains(start, best));
        return best.equals(start) || result.speedup() > 1 ? result : new Result(start, start, gains(start, start));
    }

    private LaunchParameters improve(LaunchParameters start, LaunchComponent component) throws InterruptedException {
        LaunchParameters best = start;
        for (Object value : component.candidates()) {
            if (!value.equals(component.of(best))) {
                LaunchParameters challenger = challenger(best, component, value);
                best = challenger != null && wins(best, challenger, component) ? challenger : best;
            }
        }
        return best;
    }

    /** Null where the values do not go together, or not with the device. */
    private LaunchParameters challenger(LaunchParameters best, LaunchComponent component, Object value) {
        try {
            LaunchParameters challenger = component.with(best, value);
            return challenger.suits(session.device().kind()) ? challenger : null;
        } catch (IllegalArgumentException e) {
            progress.accept(component + " " + LaunchComponent.text(value) + ": " + e.getMessage());
            return null;
        }
    }

    private boolean wins(LaunchParameters best, LaunchParameters challenger, LaunchComponent component)
            throws InterruptedException {
        String title = component + " " + LaunchComponent.text(component.of(best)) + " -> "
                + LaunchComponent.text(component.of(challenger));
        double sum = 0;
        for (Workload workload : workloads) {
            double ratio = Double.NaN;
            try {
                ratio = duel(workload, best, challenger, false).ratio();
            } catch (OpenClException | LoweringException | IllegalArgumentException | IllegalStateException e) {
                progress.accept(title + ": not on " + workload.name() + ": " + firstLine(e));
                return false;
            }
            if (ratio > MOST_LOSS) {
                progress.accept(String.format("%s: %.2f times as long on %s", title, ratio, workload.name()));
                return false;
            }
            sum += Math.log(ratio);
        }
        double mean = Math.exp(sum / workloads.size());
        progress.accept(String.format("%s: %.3f times as long%s", title, mean, mean < WORTH_IT ? ", taken" : ""));
        return mean < WORTH_IT;
    }

    private List<Gain> gains(LaunchParameters start, LaunchParameters best) throws InterruptedException {
        List<Gain> gains = new ArrayList<>();
        for (Workload workload : workloads) {
            Duel.Outcome outcome = duel(workload, start, best, true);
            gains.add(new Gain(workload.name(), outcome.incumbentUs(), outcome.challengerUs(), 1 / outcome.ratio()));
        }
        return gains;
    }

    private Duel.Outcome duel(Workload workload, LaunchParameters incumbent, LaunchParameters challenger,
            boolean patient) throws InterruptedException {
        if (interrupted.getAsBoolean()) {
            throw new InterruptedException();
        }
        try (Engine first = Engine.create(workload.network(), session, incumbent, workload.batch());
                Engine second = Engine.create(workload.network(), session, challenger, workload.batch())) {
            return new Duel(workload, first, second).fight(patient);
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
