package org.reluctor.learn.convex;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.SingularValues;

/**
 * From a convex program's weights to a network of the same predictions whose penalty is the sum of the groups' norms:
 * a scalar group v becomes the unit v/√‖v‖, √‖v‖ (arXiv 2002.10553, equation 8), a nuclear group Σ s·u·gᵀ the units
 * √s·u, √s·g, a Frobenius group U the block U/√‖U‖, √‖U‖·I.
 */
final class NeuronRecovery {
    /** Singular values below it, relative to a group's largest, are rounding. */
    private static final double ROUNDING = 1e-11;

    private final int width;
    private final int outputs;
    private final List<double[]> inputColumns = new ArrayList<>();
    private final List<double[]> outputRows = new ArrayList<>();
    private final List<Integer> groups = new ArrayList<>();

    private NeuronRecovery(int width, int outputs) {
        this.width = width;
        this.outputs = outputs;
    }

    /** The network of a gated program's weights, without the gates of groups that are zero. */
    static GatedNetwork gated(GatedProgram program, Matrix weights) {
        NeuronRecovery recovery = new NeuronRecovery(program.width(), program.outputs());
        List<Integer> kept = new ArrayList<>();
        for (int pattern = 0; pattern < program.patterns().count(); pattern++) {
            Matrix group = weights.rowRange(pattern * program.width(), program.width());
            if (group.dot(group) > 0) {
                recovery.add(group, program.norm(), 1, kept.size());
                kept.add(pattern);
            }
        }
        Matrix gates = program.patterns().select(kept.stream().mapToInt(Integer::intValue).toArray()).gates();
        return new GatedNetwork(gates, recovery.units(program.norm()));
    }

    /** The network of a cone program's weights. */
    static ReluNetwork relu(ConeProgram program, Matrix weights) {
        NeuronRecovery recovery = new NeuronRecovery(program.inputs().width(), program.targets().width());
        for (int group = 0; group < program.groups(); group++) {
            Matrix part = program.group(weights, group);
            if (part.dot(part) > 0) {
                recovery.add(part, GroupNorm.FROBENIUS, program.sign(group), group);
            }
        }
        return new ReluNetwork(recovery.units(GroupNorm.FROBENIUS));
    }

    private void add(Matrix group, GroupNorm norm, int sign, int place) {
        if (norm == GroupNorm.NUCLEAR && outputs > 1) {
            addRanks(group, place);
            return;
        }
        double root = Math.sqrt(norm.of(group));
        for (int column = 0; column < outputs; column++) {
            double[] input = new double[width];
            double[] output = new double[outputs];
            output[column] = sign * root;
            boolean any = false;
            for (int row = 0; row < width; row++) {
                input[row] = group.at(row, column) / root;
                any |= input[row] != 0;
            }
            if (any) {
                add(input, output, place);
            }
        }
    }

    private void addRanks(Matrix group, int place) {
        SingularValues factors = SingularValues.of(group);
        for (int rank = 0; rank < factors.values().length; rank++) {
            double root = Math.sqrt(factors.values()[rank]);
            if (factors.values()[rank] > ROUNDING * factors.values()[0]) {
                add(column(factors.left(), rank, root), column(factors.right(), rank, root), place);
            }
        }
    }

    private static double[] column(Matrix from, int column, double factor) {
        double[] values = new double[from.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = factor * from.at(row, column);
        }
        return values;
    }

    private void add(double[] input, double[] output, int place) {
        inputColumns.add(input);
        outputRows.add(output);
        groups.add(place);
    }

    private HiddenUnits units(GroupNorm norm) {
        int count = groups.size();
        Matrix input = Matrix.zero(width, count);
        Matrix output = Matrix.zero(count, outputs);
        for (int unit = 0; unit < count; unit++) {
            for (int row = 0; row < width; row++) {
                input.values()[row * count + unit] = inputColumns.get(unit)[row];
            }
            System.arraycopy(outputRows.get(unit), 0, output.values(), unit * outputs, outputs);
        }
        return new HiddenUnits(input, output, groups.stream().mapToInt(Integer::intValue).toArray(),
                norm == GroupNorm.FROBENIUS && outputs > 1);
    }
}
