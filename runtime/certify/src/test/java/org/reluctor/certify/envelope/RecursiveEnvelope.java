package org.reluctor.certify.envelope;

import java.util.Arrays;

/** arXiv 2410.23362, Theorem 1, as it is printed: the recursion over the facets p_i = 1, on the unit box. */
final class RecursiveEnvelope {
    private RecursiveEnvelope() {
    }

    static double value(Activation activation, AffineNeuron neuron, double[] point) {
        int size = neuron.size();
        double[] rise = new double[size];
        double[] position = new double[size];
        for (int at = 0; at < size; at++) {
            rise[at] = neuron.rise(at);
            position[at] = rise[at] > 0 ? neuron.position(at, point[at]) : 0;
        }
        return value(activation, rise, neuron.atStart(), position);
    }

    private static double value(Activation activation, double[] rise, double start, double[] position) {
        double end = start + Arrays.stream(rise).sum();
        double tie = TiePoint.of(activation, start, end);
        double z = start;
        double most = 0;
        int index = -1;
        for (int at = 0; at < rise.length; at++) {
            z += rise[at] * position[at];
            if (rise[at] > 0 && position[at] > most) {
                most = position[at];
                index = at;
            }
        }
        if (z >= tie || index < 0) {
            return activation.value(z);
        }
        double base = activation.value(start);
        if (start * most + (z - start) >= tie * most) {
            return base + (activation.value(tie) - base) / (tie - start) * (z - start);
        }
        double[] facet = new double[rise.length - 1];
        double[] within = new double[rise.length - 1];
        for (int at = 0, to = 0; at < rise.length; at++) {
            if (at != index) {
                facet[to] = rise[at];
                within[to++] = position[at] / most;
            }
        }
        return base + most * (value(activation, facet, start + rise[index], within) - base);
    }
}
