package org.reluctor.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.network.Value;

/**
 * The linear estimate x = Wy + b that a network begins with, cut out of the network itself and computed in float64:
 * what its phases have to improve on. Safe for any thread.
 */
final class LinearStart {
    private static final Set<Operator> AFFINE = Set.of(Operator.MATMUL, Operator.GEMM, Operator.ADD, Operator.SUB,
            Operator.MUL, Operator.DIV, Operator.NEG, Operator.IDENTITY, Operator.RESHAPE, Operator.FLATTEN);

    private final ReferenceExecutor executor;
    private final NetworkMetadata metadata;

    private LinearStart(RecoveryNetwork network) {
        executor = new ReferenceExecutor(network);
        metadata = network.metadata();
    }

    /**
     * Finds the start: the first value as long as a signal that comes from the measurements by affine operations, and
     * what adds a constant to it before anything else is done with it.
     *
     * @throws IllegalArgumentException if the network has none
     */
    static LinearStart of(RecoveryNetwork network) {
        Set<Value> affine = new HashSet<>(List.of(network.input()));
        long length = network.signal().shape().frameElements();
        for (Node node : network.nodes()) {
            if (!isAffine(node, affine)) {
                continue;
            }
            affine.add(node.output());
            if (node.output().shape().frameElements() == length) {
                return cut(network, withOffset(network, node.output()));
            }
        }
        throw new IllegalArgumentException(network.name() + " does not begin with a linear estimate of the signal");
    }

    private static boolean isAffine(Node node, Set<Value> affine) {
        List<Value> computed = node.inputs().stream().filter(value -> !value.isConstant()).toList();
        return AFFINE.contains(node.operator()) && computed.size() == 1 && affine.contains(computed.get(0));
    }

    private static Value withOffset(RecoveryNetwork network, Value start) {
        List<Node> readers = network.nodes().stream().filter(node -> node.inputs().contains(start)).toList();
        Optional<Node> shift = readers.stream().filter(LinearStart::addsConstant).findFirst();
        boolean alone = readers.size() == 1 && !network.outputs().contains(start);
        return alone && shift.isPresent() ? shift.get().output() : start;
    }

    private static boolean addsConstant(Node node) {
        boolean adds = node.operator() == Operator.ADD || node.operator() == Operator.SUB;
        return adds && node.inputs().stream().anyMatch(Value::isConstant);
    }

    private static LinearStart cut(RecoveryNetwork network, Value end) {
        int last = 0;
        while (network.nodes().get(last).output() != end) {
            last++;
        }
        return new LinearStart(new RecoveryNetwork(network.name() + " (linear start)",
                network.nodes().subList(0, last + 1), network.input(), List.of(end), network.metadata(),
                network.matrix().orElse(null), ""));
    }

    /** Estimates one signal, in the unit of the network's signals, from measurements in theirs. */
    double[] estimate(float[] y) {
        double[] scaled = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            scaled[i] = y[i] / metadata.inputScale();
        }
        double[] x = executor.run(scaled, 1).get(0);
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] * metadata.outputScale() + metadata.outputOffset();
        }
        return x;
    }
}
