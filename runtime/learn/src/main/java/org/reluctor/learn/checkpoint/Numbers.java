package org.reluctor.learn.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;

/** Arrays and matrices in a checkpoint, exact, their sizes before them. */
public final class Numbers {
    private Numbers() {
    }

    /** Writes an array. */
    public static void write(DataOutputStream out, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    /** Writes an array. */
    public static void write(DataOutputStream out, double... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
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
}
