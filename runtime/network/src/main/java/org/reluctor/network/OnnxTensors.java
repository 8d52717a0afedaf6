package org.reluctor.network;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tensors of an ONNX file as constants: float32, int64 and int32. A tensor's claimed size is held against the bytes
 * that are there before anything is allocated. Refusals are {@link IllegalArgumentException}s.
 */
final class OnnxTensors {
    private static final int MOST_DIMENSIONS = 32;

    private OnnxTensors() {
    }

    /** The tensor as a constant under {@code name}. */
    static Value read(TensorProto tensor, String name) {
        String place = "tensor " + Quote.of(name);
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0) {
            throw new IllegalArgumentException(place + " keeps its data in another file; everything must be in one:"
                    + " save the model without external data");
        }
        if (tensor.hasSegment()) {
            throw new IllegalArgumentException(place + " is cut into segments; it must be whole");
        }
        boolean integers = IntegerFolding.isInteger(tensor.getDataType());
        int[] dims = dims(tensor.getDimsList(), integers ? 0 : 1, place);
        long elements = ReshapeRule.product(dims, 0, dims.length);
        return switch (tensor.getDataType()) {
            case TensorProto.DataType.FLOAT_VALUE -> Value.constant(name, Shape.of(dims),
                    floats(tensor, elements, place));
            case TensorProto.DataType.INT64_VALUE -> Value.constant(name, Shape.of(dims),
                    longs(tensor, elements, place));
            case TensorProto.DataType.INT32_VALUE -> Value.constant(name, Shape.of(dims),
                    integers(tensor, elements, place));
            default -> throw new IllegalArgumentException(place + " holds " + typeName(tensor.getDataType())
                    + "; float32 is right (and int64 for shapes and places): export the model in float32");
        };
    }

    /** Bytes of an element of the types that are read; 0 for others. */
    static int width(int dataType) {
        return switch (dataType) {
            case TensorProto.DataType.FLOAT_VALUE, TensorProto.DataType.INT32_VALUE -> Float.BYTES;
            case TensorProto.DataType.INT64_VALUE -> Long.BYTES;
            default -> 0;
        };
    }

    /** Bytes that the tensor's dimensions ask for; {@link Long#MAX_VALUE} stands for all that is larger. */
    static long claimedBytes(TensorProto tensor) {
        int[] dims = dims(tensor.getDimsList(), 0, "tensor " + Quote.of(tensor.getName()));
        long elements = ReshapeRule.product(dims, 0, dims.length);
        return elements > Long.MAX_VALUE / Long.BYTES ? Long.MAX_VALUE : elements * width(tensor.getDataType());
    }

    /** Dimensions that an int can hold: 1 and more, or 0 for a list of integers that holds none. */
    private static int[] dims(List<Long> dims, int least, String place) {
        if (dims.size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(place + " has " + dims.size() + " dimensions; " + MOST_DIMENSIONS
                    + " is the most");
        }
        int[] result = new int[dims.size()];
        for (int axis = 0; axis < result.length; axis++) {
            long dim = dims.get(axis);
            if (dim < least || dim > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(place + ": dimension " + axis + " is " + dim
                        + "; right is from " + least + " to " + Integer.MAX_VALUE);
            }
            result[axis] = (int) dim;
        }
        return result;
    }

    private static float[] floats(TensorProto tensor, long elements, String place) {
        if (tensor.hasRawData()) {
            ByteBuffer raw = raw(tensor.getRawData(), elements, Float.BYTES, tensor.getFloatDataCount(), place);
            float[] result = new float[(int) elements];
            raw.asFloatBuffer().get(result);
            return result;
        }
        checkCount(tensor.getFloatDataCount(), elements, place);
        float[] result = new float[(int) elements];
        for (int at = 0; at < result.length; at++) {
            result[at] = tensor.getFloatData(at);
        }
        return result;
    }

    private static long[] longs(TensorProto tensor, long elements, String place) {
        if (tensor.hasRawData()) {
            ByteBuffer raw = raw(tensor.getRawData(), elements, Long.BYTES, tensor.getInt64DataCount(), place);
            long[] result = new long[(int) elements];
            raw.asLongBuffer().get(result);
            return result;
        }
        checkCount(tensor.getInt64DataCount(), elements, place);
        return tensor.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
    }

    private static long[] integers(TensorProto tensor, long elements, String place) {
        if (tensor.hasRawData()) {
            ByteBuffer raw = raw(tensor.getRawData(), elements, Integer.BYTES, tensor.getInt32DataCount(), place);
            int[] result = new int[(int) elements];
            raw.asIntBuffer().get(result);
            return Arrays.stream(result).asLongStream().toArray();
        }
        checkCount(tensor.getInt32DataCount(), elements, place);
        return tensor.getInt32DataList().stream().mapToLong(Integer::longValue).toArray();
    }

    private static ByteBuffer raw(ByteString raw, long elements, int width, int typedCount, String place) {
        if (typedCount > 0) {
            throw new IllegalArgumentException(place + " holds its data twice, as raw bytes and as numbers");
        }
        if (raw.size() % width != 0 || raw.size() / width != elements) {
            throw new IllegalArgumentException(place + " claims " + elements + " elements of " + width
                    + " bytes, but holds " + raw.size() + " bytes");
        }
        return raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void checkCount(int count, long elements, String place) {
        if (count != elements) {
            throw new IllegalArgumentException(place + " claims " + elements + " elements, but holds " + count);
        }
    }

    /** ONNX's name of an element type. */
    static String typeName(int dataType) {
        TensorProto.DataType type = TensorProto.DataType.forNumber(dataType);
        return type == null ? "elements of the unknown type " + dataType
                : type.name().toLowerCase(Locale.ROOT) + " elements";
    }

    /** A constant as a tensor, its data as raw bytes. */
    static TensorProto write(Value constant) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(constant.name());
        for (int dim : constant.shape().toArray()) {
            tensor.addDims(dim);
        }
        return constant.floats() != null
                ? tensor.setDataType(TensorProto.DataType.FLOAT_VALUE).setRawData(bytes(constant.floats())).build()
                : tensor.setDataType(TensorProto.DataType.INT64_VALUE).setRawData(bytes(constant.integers())).build();
    }

    private static ByteString bytes(float[] floats) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(floats.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(floats);
        return ByteString.copyFrom(bytes);
    }

    private static ByteString bytes(long[] integers) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(integers.length, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(integers);
        return ByteString.copyFrom(bytes);
    }
}
