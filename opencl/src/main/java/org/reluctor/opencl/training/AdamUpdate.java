package org.reluctor.opencl.training;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.Kernel;

/**
 * Adam's step over neighbouring parameters and gradients of one buffer, with the gradient's norm clipped; see adam.cl
 * for what the state holds.
 *
 * @param parameters offset of the first
 * @param gradients  offset of the first
 * @param count      of both
 * @param b1         decay of the first moment
 * @param b2         decay of the second
 */
public record AdamUpdate(int parameters, int gradients, int count, float b1, float b2) {
    /** Elements of the state: rate, both bias corrections, greatest norm, factor, norm. */
    public static final int STATE = 6;
    private static final float EPSILON = 1e-8f;
    private static final int STRETCH = 4096;

    /** As launches; {@code moments} has twice the count, {@code state} {@value #STATE} elements. */
    public Launches bind(TrainingKernels kernels, DeviceBuffer buffer, DeviceBuffer moments, DeviceBuffer state) {
        String text = TrainingKernels.part("adam");
        Kernel norm = kernels.kernel(text, "adam_norm").with(buffer).with(state).with(gradients).with(count);
        Kernel step = kernels.kernel(text, "adam_step").with(buffer).with(moments).with(state).with(parameters)
                .with(gradients).with(count).with(STRETCH).with(b1).with(b2).with(EPSILON);
        return new Launches().add(norm, new long[] {1}, new long[] {1})
                .add(step, new long[] {(count + STRETCH - 1L) / STRETCH}, new long[] {1});
    }
}
