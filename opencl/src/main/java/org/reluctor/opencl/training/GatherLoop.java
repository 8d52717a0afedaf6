package org.reluctor.opencl.training;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.Kernel;

/**
 * Every element of a frame as a sum of elements of the same frame of another tensor.
 *
 * @param frames       how many
 * @param fromElements of a frame of the source
 * @param elements     of a frame of the result
 * @param single       whether places has one entry for each element, −1 for none; otherwise starts says how many
 * @param fill         of elements without a place
 */
public record GatherLoop(int frames, int fromElements, int elements, boolean single, float fill) {
    private static final int STRETCH = 2048;

    /**
     * As a launch.
     *
     * @param buffer of both tensors
     * @param starts int32; not read where {@code single}
     * @param places int32
     */
    public Launches bind(TrainingKernels kernels, DeviceBuffer buffer, DeviceBuffer starts, DeviceBuffer places,
            int from, int to) {
        boolean coarse = kernels.session().device().kind() == DeviceKind.CPU;
        int stretch = coarse ? STRETCH : 1;
        Kernel kernel = kernels.kernel((single ? "#define SINGLE\n" : "") + TrainingKernels.part("training_gather"),
                "training_gather").with(buffer).with(buffer).with(starts).with(places).with(from).with(to)
                .with(fromElements).with(elements).with(stretch).with(fill);
        return new Launches().add(kernel, new long[] {(elements + stretch - 1L) / stretch, frames},
                coarse ? new long[] {1, 1} : null);
    }
}
