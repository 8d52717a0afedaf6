package org.reluctor.devicetests.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * A small graph of the fuzzer's choice: operators with inputs of the right kind and attributes of the right names, so
 * that most nodes get as far as the rules of shapes, where numbers of any size, sign and count then meet.
 */
final class GraphSketch {
    /** Operator; inputs, f for floats and i for integers, those behind ? optional; attributes with their types. */
    private static final String[] OPERATORS = {
        "Abs f", "Add ff", "BatchNormalization fffff epsilon:f training_mode:i", "Cast i to:i", "Cast f to:i",
        "Clip f?ff min:f max:f", "Concat f?fff axis:i", "Concat i?ii axis:i", "ConstantOfShape i value:t",
        "Conv ff?f kernel_shape:l pads:l strides:l dilations:l group:i auto_pad:s",
        "ConvTranspose ff?f kernel_shape:l pads:l strides:l dilations:l group:i output_padding:l output_shape:l",
        "DepthToSpace f blocksize:i mode:s", "Div ff", "Div ii", "Equal ii", "Expand fi", "Flatten f axis:i", "Floor f",
        "Gather fi axis:i", "Gather ii axis:i", "Gemm ff?f alpha:f beta:f transA:i transB:i", "Identity f",
        "LeakyRelu f alpha:f", "MatMul ff", "Max f?ff", "Min f?ff", "Mul ff", "Mul ii", "Neg f",
        "Pad f?ifi pads:l mode:s value:f", "Pow ff", "PRelu ff", "Range iii", "ReduceL2 f?i axes:l keepdims:i",
        "ReduceMax f?i axes:l keepdims:i", "ReduceMean f?i axes:l keepdims:i noop_with_empty_axes:i",
        "ReduceSum f?i axes:l keepdims:i", "Relu f", "Reshape fi allowzero:i", "Shape f start:i end:i", "Sigmoid f",
        "Sign f", "Slice f?iiii starts:l ends:l axes:l steps:l", "Slice iii", "SpaceToDepth f blocksize:i",
        "Split f?i axis:i split:l num_outputs:i", "Sqrt f", "Squeeze f?i axes:l", "Sub ff", "Sub ii", "Tanh f",
        "Transpose f perm:l", "Unsqueeze f?i axes:l", "Unsqueeze i?i axes:l", "Where iii", "Softmax f"};
    private static final String[] WORDS = {"SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET", "CRD", "DCR", "constant",
        "reflect", "edge", "other"};
    private static final int MOST_NODES = 12;

    private final FuzzedDataProvider data;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("sketch");
    private final List<String> floats = new ArrayList<>();
    private final List<String> integers = new ArrayList<>();
    private int values;

    private GraphSketch(FuzzedDataProvider data) {
        this.data = data;
    }

    static byte[] model(FuzzedDataProvider data) {
        return new GraphSketch(data).model();
    }

    private byte[] model() {
        int opset = data.consumeInt(11, 21);
        input();
        for (int at = data.consumeInt(1, 3); at > 0; at--) {
            initializer();
        }
        for (int at = data.consumeInt(1, MOST_NODES); at > 0; at--) {
            node(data.pickValue(OPERATORS));
        }
        graph.addOutput(ValueInfoProto.newBuilder().setName(floats.get(floats.size() - 1)));
        if (data.consumeBoolean()) {
            graph.addOutput(ValueInfoProto.newBuilder().setName(data.pickValue(floats)));
        }
        return ModelProto.newBuilder().setIrVersion(8).setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset)).build().toByteArray();
    }

    private void input() {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (int left = data.consumeInt(1, 4); left > 0; left--) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(data.consumeInt(1, 4)));
        }
        graph.addInput(ValueInfoProto.newBuilder().setName(name(floats)).setType(TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE).setShape(shape))));
    }

    private void initializer() {
        graph.addInitializer(tensor(DataType.FLOAT_VALUE, data.consumeInt(0, 4)).setName(name(floats)));
        graph.addInitializer(tensor(DataType.INT64_VALUE, data.consumeInt(0, 1)).setName(name(integers)));
    }

    private TensorProto.Builder tensor(int type, int rank) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type);
        int count = 1;
        for (int axis = 0; axis < rank; axis++) {
            int dim = data.consumeInt(1, 4);
            tensor.addDims(dim);
            count *= dim;
        }
        for (int at = 0; at < count; at++) {
            if (type == DataType.FLOAT_VALUE) {
                tensor.addFloatData(at < 4 ? data.consumeFloat() : at);
            } else {
                tensor.addInt64Data(number());
            }
        }
        return tensor;
    }

    /** Mostly such as dimensions and axes are, now and then any. */
    private long number() {
        return data.consumeInt(0, 7) > 0 ? data.consumeInt(-2, 6) : data.consumeLong();
    }

    private void node(String description) {
        String[] words = description.split(" ");
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(words[0]);
        boolean optional = false;
        for (char kind : words[1].toCharArray()) {
            optional |= kind == '?';
            if (kind != '?' && (!optional || data.consumeBoolean())) {
                boolean leftOut = optional && data.consumeInt(0, 3) == 0;
                node.addInput(leftOut ? "" : data.pickValue(kind == 'f' ? floats : integers));
            }
        }
        for (int at = 2; at < words.length; at++) {
            if (data.consumeBoolean()) {
                node.addAttribute(attribute(words[at].split(":")));
            }
        }
        boolean ofIntegers = words[1].charAt(0) == 'i' && !words[0].equals("ConstantOfShape")
                || words[0].equals("Shape");
        int outputs = words[0].equals("Split") ? data.consumeInt(1, 3) : 1;
        for (int output = 0; output < outputs; output++) {
            node.addOutput(name(ofIntegers ? integers : floats));
        }
        graph.addNode(node);
    }

    private AttributeProto attribute(String[] nameAndType) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(nameAndType[0]);
        switch (nameAndType[1]) {
            case "i" -> attribute.setType(AttributeType.INT).setI(number());
            case "f" -> attribute.setType(AttributeType.FLOAT).setF(data.consumeFloat());
            case "s" -> attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(data.pickValue(WORDS)));
            case "t" -> attribute.setType(AttributeType.TENSOR).setT(tensor(DataType.INT64_VALUE, 1));
            default -> {
                attribute.setType(AttributeType.INTS);
                for (int left = data.consumeInt(0, 4); left > 0; left--) {
                    attribute.addInts(number());
                }
            }
        }
        return attribute.build();
    }

    private String name(List<String> kind) {
        String name = "v" + values++;
        kind.add(name);
        return name;
    }
}
