package org.reluctor.learn.convex;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * Looks for activation patterns that the dual point of a program violates: gates g with ‖XᵀD(g)R‖' above β. Adding one
 * lowers the objective (column generation; a cutting plane of the dual). Where the patterns can be enumerated, all are
 * looked at. Else every start climbs: ‖XᵀDR‖ is convex in D, so that turning g towards what its linearisation asks for,
 * Σ (x_kᵀA r_k)·x_k with A the gradient of the norm, finds more; a step that does not is halved. What it does not
 * find may still be there.
 */
final class PatternSearch {
    private static final int CLIMBS = 8;
    private static final double SLACK = 1e-6;

    private final GatedProgram program;
    private final Samples residual;
    private final Products products;

    /** @param residual Y − ZU of the program's best weights */
    PatternSearch(GatedProgram program, Samples residual, Products products) {
        this.program = program;
        this.residual = residual;
        this.products = products;
    }

    /** A gate and ‖XᵀD(g)R‖' for it. */
    record Found(double[] gate, double value) {
    }

    /**
     * Violated gates of distinct new patterns, the most violated first.
     *
     * @param starts climbs from so many random gates
     * @param most   gates at most
     */
    List<Found> violated(double beta, int starts, long seed, int most) {
        List<Found> reached = Arrangement.enumerates(program.inputs()) ? all() : climbed(starts, seed);
        List<Found> found = new ArrayList<>();
        List<BitSet> taken = new ArrayList<>();
        reached.stream().sorted(Comparator.comparingDouble(one -> -one.value())).forEach(one -> {
            BitSet pattern = ActivationPatterns.pattern(program.inputs(), one.gate());
            boolean known = program.patterns().contains(pattern) || taken.contains(pattern);
            if (!known && found.size() < most && one.value() > beta * (1 + SLACK)) {
                taken.add(pattern);
                found.add(one);
            }
        });
        return found;
    }

    private List<Found> climbed(int starts, long seed) {
        Random random = new Random(seed);
        List<Found> found = new ArrayList<>();
        for (int start = 0; start < starts; start++) {
            double[] gate = new double[program.width()];
            for (int at = 0; at < gate.length; at++) {
                gate[at] = (float) random.nextGaussian();
            }
            found.add(climb(gate));
        }
        return found;
    }

    private List<Found> all() {
        ActivationPatterns patterns = Arrangement.of(program.inputs()).patterns(program.inputs());
        List<Found> found = new ArrayList<>();
        for (int at = 0; at < patterns.count(); at++) {
            double[] gate = patterns.gate(at).clone();
            PatternSampling.roundToFloat32(gate);
            found.add(new Found(gate, program.norm().dual(correlation(gate))));
        }
        return found;
    }

    /** The best gate that local ascent reaches from a start; its elements are float32 values. */
    Found climb(double[] start) {
        double[] gate = start;
        Matrix correlation = correlation(gate);
        double value = program.norm().dual(correlation);
        double turn = 1;
        for (int climb = 0; climb < CLIMBS; climb++) {
            double[] next = turned(gate, direction(correlation), turn);
            Matrix changed = correlation(next);
            double better = program.norm().dual(changed);
            if (better > value) {
                gate = next;
                correlation = changed;
                value = better;
            } else {
                turn /= 2;
            }
        }
        return new Found(gate, value);
    }

    private Matrix correlation(double[] gate) {
        int[] active = ActivationPatterns.pattern(program.inputs(), gate).stream().toArray();
        if (active.length == 0) {
            return Matrix.zero(program.width(), program.outputs());
        }
        return products.gram(ActivationPatterns.gather(program.inputs(), active),
                ActivationPatterns.gather(residual, active));
    }

    /** Σ (x_kᵀA r_k)·x_k over all samples, A = XᵀDR: who gains from being active pulls the gate to its side. */
    private double[] direction(Matrix correlation) {
        Samples pulled = products.times(program.inputs(), correlation);
        Samples gains = Samples.zero(residual.count(), 1);
        for (int at = 0; at < pulled.values().length; at++) {
            gains.values()[at / residual.width()] += pulled.values()[at] * residual.values()[at];
        }
        return products.gram(program.inputs(), gains).values();
    }

    private static double[] turned(double[] gate, double[] direction, double turn) {
        double gateSize = size(gate);
        double directionSize = size(direction);
        return IntStream.range(0, gate.length).mapToDouble(at -> directionSize == 0 ? gate[at]
                : (float) ((1 - turn / 2) * gate[at] / gateSize + turn * direction[at] / directionSize)).toArray();
    }

    private static double size(double[] vector) {
        double sum = 0;
        for (double element : vector) {
            sum += element * element;
        }
        return Math.sqrt(sum);
    }
}
