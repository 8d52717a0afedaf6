package org.reluctor.learn.training;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.DaubechiesBasis;
import org.reluctor.learn.architecture.ShrinkagePhase;
import org.reluctor.learn.architecture.UnrolledShrinkage;

/**
 * Training without gradients: the linear MMSE start, then phase after phase, each fitted to the signals that those
 * before it give on the training set. Only a phase's thresholds are searched; its matrices have closed forms, see
 * {@link PhaseFit}. The same data and options give the same numbers on any machine.
 */
public final class AnalyticTrainer {
    /** Thresholds are searched on every so many-th window; the matrices are then fitted to all. */
    private static final int SEARCH_STRIDE = 4;
    /** Fewer windows than this say too little about 256 coefficients; then all are searched. */
    private static final int LEAST_SEARCHED = 4096;

    private final TrainingSet set;
    private final AnalyticOptions options;
    private final TrainingProgress progress;

    /**
     * @param set      windows to learn from
     * @param options  sizes and seeds
     * @param progress hears every step
     */
    public AnalyticTrainer(TrainingSet set, AnalyticOptions options, TrainingProgress progress) {
        this.set = set;
        this.options = options;
        this.progress = progress;
    }

    /**
     * What training found.
     *
     * @param network   its parts, in the unit of the samples
     * @param seed      of Φ
     * @param linearPrd mean PRD in percent of the linear start on the training set
     * @param prd       that of the network
     */
    public record Result(UnrolledShrinkage network, long seed, double linearPrd, double prd) {
    }

    /** Runs to the end; memory is about six times that of the windows in float64. */
    public Result train() {
        LinearStart start = LinearStart.search(set, options, progress);
        DaubechiesBasis basis = new DaubechiesBasis(set.signals().width(), options.levels());
        Samples y = set.signals().times(Matrix.of(start.measurement()).transposed());
        Samples x = y.times(start.estimate().matrix().transposed());
        final double linearPrd = set.meanPrd(x);
        List<ShrinkagePhase> phases = new ArrayList<>();
        while (phases.size() < options.phases()) {
            String stage = "phase " + (phases.size() + 1) + " of " + options.phases();
            ShrinkagePhase phase = fitPhase(start, basis, x, stage);
            x = phase.apply(x, y, basis, start.measurement());
            phases.add(phase);
        }
        return new Result(new UnrolledShrinkage(start.measurement(), start.estimate().matrix(), basis, phases),
                start.seed(), linearPrd, set.meanPrd(x));
    }

    private ShrinkagePhase fitPhase(LinearStart start, DaubechiesBasis basis, Samples x, String stage) {
        double[] weights = set.weightsFor(x);
        Samples coefficients = x.times(basis.matrix());
        int stride = x.count() >= SEARCH_STRIDE * LEAST_SEARCHED ? SEARCH_STRIDE : 1;
        PhaseFit part = new PhaseFit(start.measurement(), options.noise(), set.signals().every(stride),
                coefficients.every(stride), every(weights, stride));
        double[] thresholds = new ThresholdSearch(part, basis).run(stage, progress);
        return new PhaseFit(start.measurement(), options.noise(), set.signals(), coefficients, weights)
                .fit(thresholds).phase();
    }

    /** Every k-th weight, times k: the sum over a part stands for the sum over all. */
    private static double[] every(double[] weights, int k) {
        double[] part = new double[(weights.length + k - 1) / k];
        for (int at = 0; at < part.length; at++) {
            part[at] = weights[at * k] * k;
        }
        return part;
    }
}
