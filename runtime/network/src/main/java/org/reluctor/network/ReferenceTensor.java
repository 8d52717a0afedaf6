package org.reluctor.network;

/**
 * A row-major array of float64 with its dimensions, the batch a number like any other. Never written to once made.
 */
record ReferenceTensor(int[] dims, double[] data) {
    /** A float32 constant, widened without change. */
    static ReferenceTensor of(Value constant) {
        float[] floats = constant.floats();
        double[] data = new double[floats.length];
        for (int at = 0; at < data.length; at++) {
            data[at] = floats[at];
        }
        return new ReferenceTensor(constant.shape().toArray(), data);
    }

    int rank() {
        return dims.length;
    }

    int dim(int axis) {
        return dims[axis < 0 ? axis + dims.length : axis];
    }
}
