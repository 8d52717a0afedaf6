package org.reluctor.learn.training;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Node;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/** A network's initializers by name, and the same network with others. */
final class TrainedConstants {
    private TrainedConstants() {
    }

    /** The float32 initializers that nodes use. */
    static Map<String, float[]> of(RecoveryNetwork network) {
        Map<String, float[]> constants = new TreeMap<>();
        network.nodes().forEach(node -> node.inputs().stream().filter(input -> input.floats() != null)
                .forEach(input -> constants.put(input.name(), input.floats())));
        return constants;
    }

    /** The network with those initializers instead of its own; it was never a file. */
    static RecoveryNetwork replace(RecoveryNetwork network, Map<String, float[]> constants) {
        Map<Value, Value> replaced = new IdentityHashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            List<Value> inputs = node.inputs().stream().map(input -> constants.containsKey(input.name())
                    && input.floats() != null ? replaced.computeIfAbsent(input, old -> Value.constant(old.name(),
                            old.shape(), constants.get(old.name()))) : input).toList();
            nodes.add(new Node(node.name(), node.operator(), inputs, node.outputs(), node.attributes()));
        }
        MeasurementMatrix matrix = network.matrix().map(old -> matrix(old, constants.get(network.metadata()
                .matrixName()))).orElse(null);
        NetworkMetadata metadata = matrix == null ? network.metadata()
                : network.metadata().withMatrix(network.metadata().matrixName(), matrix.id());
        return new RecoveryNetwork(network.name(), nodes, network.input(), network.outputs(), metadata, matrix, "");
    }

    private static MeasurementMatrix matrix(MeasurementMatrix old, float[] learned) {
        return learned == null ? old : MeasurementMatrix.dense(old.rows(), old.columns(), learned);
    }
}
