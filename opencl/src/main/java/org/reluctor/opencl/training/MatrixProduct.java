package org.reluctor.opencl.training;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceKind;

/**
 * C = α·A·B + β·C in float32, for matrices of any layout that {@link MatrixView} knows. The order of every sum depends
 * on the sizes alone, so that a device gives the same bytes every time. C is not read where β is 0.
 */
public interface MatrixProduct {
    /** The product in the form that suits a kind of device. */
    static MatrixProduct of(DeviceKind kind, ProductSize size, MatrixView left, MatrixView right, MatrixView to) {
        if (to.across() || to.patches() != null || left.patches() != null) {
            throw new IllegalArgumentException("the left factor and the result of a product must be strided, the"
                    + " result not transposed");
        }
        return kind == DeviceKind.CPU ? new PanelProduct(size, left, right, to)
                : new TiledProduct(size, left, right, to);
    }

    /** Elements of scratch memory, which may be any other product's at another time. */
    long scratchElements();

    /**
     * The product of these buffers; they stay the caller's.
     *
     * @param scratch   of {@link #scratchElements} at least
     * @param factors   α and β
     */
    Launches bind(TrainingKernels kernels, Buffers buffers, DeviceBuffer scratch, Factors factors);

    /** Where A, B and C lie. */
    record Buffers(DeviceBuffer left, DeviceBuffer right, DeviceBuffer to) {
    }

    /** α and β. */
    record Factors(float alpha, float beta) {
        /** C = A·B. */
        public static final Factors ASSIGN = new Factors(1, 0);
        /** C += A·B. */
        public static final Factors ADD = new Factors(1, 1);
    }
}
