package org.reluctor.learn.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;

/** Arrays and matrices in a checkpoint, exact, their sizes before them; and in its digest. */
public final class Numbers {
    private Numbers() {
    }

    /** Writes an array. */
    public static void write(DataOutputStream out, float... values) throws IOException {
        out.writeInt(values.length);
        out.write(bytes(values));
    }

    /** Writes an array. */
    public static void write(DataOutputStream out, double... values) throws IOException {
        out.writeInt(values.length);
        out.write(bytes(values));
    }

    /** Writes matrices. */
    public static void write(DataOutputStream out, List<Matrix> matrices) throws IOException {
        out.writeInt(matrices.size());
        for (Matrix matrix : matrices) {
            out.writeInt(matrix.rows());
            write(out, matrix.values());
        }
    }

    /** Reads an array. */
    public static float[] floats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values);
        return values;
    }

    /** Reads an array. */
    public static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(values.length * Double.BYTES)).asDoubleBuffer().get(values);
        return values;
    }

    /** Reads matrices. */
    public static List<Matrix> matrices(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Matrix> matrices = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            int rows = in.readInt();
            double[] values = doubles(in);
            matrices.add(Matrix.of(rows, values.length / rows, values));
        }
        return matrices;
    }

    /** Adds an array to the digest of what a training must have in common with the one that it goes on from. */
    public static void add(MessageDigest sum, float... values) {
        sum.update(bytes(values));
    }

    /** Adds an array. */
    public static void add(MessageDigest sum, double... values) {
        sum.update(bytes(values));
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static byte[] bytes(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        return bytes.array();
    }
}
