package org.reluctor.opencl.tuning;

import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.Layout;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * How operations are launched on a class of devices.
 *
 * @param form         of the kernels
 * @param groupedFrom  smallest batch that is computed in groups of 16 frames; below it, frame by frame
 * @param perFrameUpToBytes weights up to which a network runs as one launch, each work-item taking a frame or group of
 *                     frames through all of it: what a core's cache holds
 * @param cooperative  whether, beyond that, single frames run as one launch that the compute units share; else, and for
 *                     groups of frames, a launch an operation
 * @param weights      format of the weights of products
 */
public record LaunchParameters(KernelForm form, int groupedFrom, long perFrameUpToBytes, boolean cooperative,
        WeightFormat weights) {
    private static final LaunchParameters CPU = new LaunchParameters(KernelForm.PANEL, 5, 4L << 20, true,
            WeightFormat.FLOAT32);
    private static final LaunchParameters GPU = new LaunchParameters(KernelForm.TILED, Integer.MAX_VALUE, 0, false,
            WeightFormat.FLOAT32);
    private static final LaunchParameters SMALL_GPU = new LaunchParameters(KernelForm.PLAIN, 16, 0, false,
            WeightFormat.FLOAT32);
    private static final LaunchParameters ACCELERATOR = new LaunchParameters(KernelForm.PIPELINE, Integer.MAX_VALUE, 0,
            false, WeightFormat.FLOAT32);
    /** What a work-group of the tiled form shares at most. */
    private static final long TILE_BYTES = 17 << 10;

    /** How a batch of so many frames is laid out; that of the largest batch needs the most room. */
    public Layout layout(int frames) {
        boolean grouped = frames >= groupedFrom && (form == KernelForm.PANEL || form == KernelForm.PLAIN);
        return grouped ? Layout.GROUPS : Layout.FRAMES;
    }

    /** The same with weights stored otherwise. */
    public LaunchParameters withWeights(WeightFormat format) {
        return new LaunchParameters(form, groupedFrom, perFrameUpToBytes, cooperative, format);
    }

    /** The parameters for the class of that device. */
    public static LaunchParameters of(Device device) {
        return switch (device.kind()) {
            case GPU -> device.localMemoryBytes() < TILE_BYTES ? SMALL_GPU : GPU;
            case ACCELERATOR -> ACCELERATOR;
            default -> CPU;
        };
    }
}
