package org.reluctor.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attributes of an ONNX node, in both directions. Refusals are {@link IllegalArgumentException}s. */
final class OnnxAttributes {
    private OnnxAttributes() {
    }

    /** The attributes of a node; what {@link OperatorSignature} does not know is refused there. */
    static Attributes read(NodeProto node) {
        Map<String, Object> values = new HashMap<>();
        for (AttributeProto attribute : node.getAttributeList()) {
            if (values.putIfAbsent(attribute.getName(), value(attribute)) != null) {
                throw new IllegalArgumentException("the attribute " + Quote.of(attribute.getName())
                        + " is given twice");
            }
        }
        return new Attributes(values);
    }

    private static Object value(AttributeProto attribute) {
        return switch (attribute.getType()) {
            case INT -> attribute.getI();
            case FLOAT -> attribute.getF();
            case INTS -> attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
            case FLOATS -> floats(attribute.getFloatsList());
            case STRING -> attribute.getS().toStringUtf8();
            case TENSOR -> OnnxTensors.read(attribute.getT(), attribute.getName());
            default -> throw new IllegalArgumentException("the attribute " + Quote.of(attribute.getName())
                    + " is of type " + attribute.getType() + "; numbers, lists of them,"
                    + " strings and tensors are right");
        };
    }

    private static float[] floats(List<Float> list) {
        float[] result = new float[list.size()];
        for (int at = 0; at < result.length; at++) {
            result[at] = list.get(at);
        }
        return result;
    }

    /** The value of a Constant node. */
    static Value constant(NodeProto node, String outputName) {
        if (node.getAttributeCount() != 1) {
            throw new IllegalArgumentException("has " + node.getAttributeCount() + " attributes; a Constant has one");
        }
        AttributeProto attribute = node.getAttribute(0);
        return switch (attribute.getName()) {
            case "value" -> OnnxTensors.read(attribute.getT(), outputName);
            case "value_float" -> Value.constant(outputName, Shape.of(), new float[] {attribute.getF()});
            case "value_floats" -> Value.constant(outputName, list(attribute.getFloatsCount()),
                    floats(attribute.getFloatsList()));
            case "value_int" -> Value.constant(outputName, Shape.of(), new long[] {attribute.getI()});
            case "value_ints" -> Value.constant(outputName, Shape.of(attribute.getIntsCount()),
                    attribute.getIntsList().stream().mapToLong(Long::longValue).toArray());
            default -> throw new IllegalArgumentException("gives its value as " + Quote.of(attribute.getName())
                    + "; value, value_float, value_floats, value_int and value_ints are read");
        };
    }

    private static Shape list(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("gives an empty list");
        }
        return Shape.of(length);
    }

    /** The attributes of a node for a file, by ascending name. */
    static List<AttributeProto> write(Attributes attributes) {
        return attributes.values().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> write(entry.getKey(), entry.getValue())).toList();
    }

    private static AttributeProto write(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long integer) {
            return attribute.setType(AttributeProto.AttributeType.INT).setI(integer).build();
        }
        if (value instanceof Float real) {
            return attribute.setType(AttributeProto.AttributeType.FLOAT).setF(real).build();
        }
        if (value instanceof long[] integers) {
            Arrays.stream(integers).forEach(attribute::addInts);
            return attribute.setType(AttributeProto.AttributeType.INTS).build();
        }
        if (value instanceof String text) {
            return attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text)).build();
        }
        throw new IllegalArgumentException("no operator has the attribute " + Quote.of(name) + " with a value of "
                + value.getClass().getSimpleName());
    }
}
