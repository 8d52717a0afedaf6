package org.reluctor.network;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes of a network, which are in their settled form, as those of opset 13, and the constants that they need. */
final class OnnxNodes {
    private final Map<String, Value> constants = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    OnnxNodes(RecoveryNetwork network) {
        names.add(network.input().name());
        names.add(network.metadata().matrixName());
        for (Node node : network.nodes()) {
            node.inputs().forEach(value -> names.add(value.name()));
            node.outputs().forEach(value -> names.add(value.name()));
        }
    }

    /** The constants of all nodes so far, in the order of their first use. */
    Map<String, Value> constants() {
        return constants;
    }

    NodeProto write(Node node) {
        node.inputs().stream().filter(Value::isConstant).forEach(value -> constants.put(value.name(), value));
        NodeProto.Builder result = NodeProto.newBuilder().setName(node.name()).setOpType(node.operator().onnxName());
        node.inputs().forEach(input -> result.addInput(input.name()));
        node.outputs().forEach(output -> result.addOutput(output.name()));
        Map<String, Object> attributes = new HashMap<>(node.attributes().values());
        for (String name : attributesAsInputs(node.operator())) {
            result.addInput(input(node, name, attributes.remove(name)));
        }
        dropTrailingBlanks(result);
        return result.addAllAttribute(OnnxAttributes.write(new Attributes(attributes))).build();
    }

    /** What opset 13 has as inputs behind the data, in its order. */
    private static List<String> attributesAsInputs(Operator operator) {
        return switch (operator) {
            case CLIP -> List.of("min", "max");
            case EXPAND -> List.of("shape");
            case PAD -> List.of("pads", "value");
            case REDUCE_SUM, SQUEEZE, UNSQUEEZE -> List.of("axes");
            case SLICE -> List.of("starts", "ends", "axes", "steps");
            case SPLIT -> List.of("split");
            default -> List.of();
        };
    }

    private String input(Node node, String attribute, Object value) {
        if (value == null) {
            return "";
        }
        String name = node.output().name() + ":" + attribute;
        while (!names.add(name)) {
            name += "'";
        }
        constants.put(name, value instanceof Float number
                ? Value.constant(name, Shape.of(), new float[] {number})
                : Value.constant(name, Shape.of(((long[]) value).length), (long[]) value));
        return name;
    }

    private static void dropTrailingBlanks(NodeProto.Builder node) {
        List<String> inputs = new ArrayList<>(node.getInputList());
        while (inputs.get(inputs.size() - 1).isEmpty()) {
            inputs.remove(inputs.size() - 1);
        }
        node.clearInput().addAllInput(inputs);
    }
}
