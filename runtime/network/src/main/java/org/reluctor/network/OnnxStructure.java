package org.reluctor.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * A walk over a file's fields before it is parsed, without allocating. An empty node takes two bytes in the file and a
 * hundred in memory, so a file within the size limit could still claim fifty times its length; counting first keeps
 * parsing within a small multiple.
 */
final class OnnxStructure {
    /** Fields of all messages together. A node has about 10, so this is a network of 100,000 nodes. */
    static final int MOST_FIELDS = 1 << 20;
    private static final int DEEPEST = 50;

    private final CodedInputStream in;
    private int fields;

    private OnnxStructure(byte[] bytes) {
        in = CodedInputStream.newInstance(bytes);
    }

    /**
     * Walks over all fields.
     *
     * @throws IllegalArgumentException where there are too many, or messages within messages too deep
     * @throws IOException              where the bytes are no messages, or end before they should
     */
    static void check(byte[] bytes) throws IOException {
        new OnnxStructure(bytes).walk(ModelProto.getDescriptor(), 0);
    }

    private void walk(Descriptor message, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("has messages nested more than " + DEEPEST + " deep");
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (++fields > MOST_FIELDS) {
                throw new IllegalArgumentException("has more than " + MOST_FIELDS + " fields; a network of fewer nodes"
                        + " (or with its weights as raw data) is right");
            }
            enter(message.findFieldByNumber(WireFormat.getTagFieldNumber(tag)), tag, depth);
        }
    }

    private void enter(FieldDescriptor field, int tag, int depth) throws IOException {
        int wireType = WireFormat.getTagWireType(tag);
        if (wireType == WireFormat.WIRETYPE_START_GROUP) {
            throw new IllegalArgumentException("is no ONNX file: it holds a group, which ONNX does not use");
        }
        boolean message = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (!message || wireType != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            in.skipField(tag);
            return;
        }
        int outerLimit = in.pushLimit(in.readRawVarint32());
        walk(field.getMessageType(), depth + 1);
        in.popLimit(outerLimit);
    }
}
