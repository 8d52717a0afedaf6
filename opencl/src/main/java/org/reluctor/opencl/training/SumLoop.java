package org.reluctor.opencl.training;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.Kernel;

/**
 * Sums, or the greatest, along the middle of [outer, count, inner]; in an order that depends on the sizes alone.
 *
 * @param greatest instead of the sum
 * @param scale    of the sum
 */
public record SumLoop(int outer, int count, int inner, boolean greatest, float scale) {
    private static final int ELEMENTS_AN_ITEM = 4096;

    /** As a launch, over one buffer. */
    public Launches bind(TrainingKernels kernels, DeviceBuffer buffer, int from, int to) {
        boolean coarse = kernels.session().device().kind() == DeviceKind.CPU;
        // Whole vectors, so that neighbours are summed together.
        int perItem = coarse ? Math.max(16, ELEMENTS_AN_ITEM / count / 16 * 16) : 1;
        Kernel kernel = kernels.kernel((greatest ? "#define GREATEST\n" : "") + TrainingKernels.part("training_sum"),
                "training_sum").with(buffer).with(buffer).with(from).with(to).with(outer).with(count).with(inner)
                .with(perItem).with(scale);
        long results = (long) outer * inner;
        return new Launches().add(kernel, new long[] {(results + perItem - 1) / perItem},
                coarse ? new long[] {1} : null);
    }
}
