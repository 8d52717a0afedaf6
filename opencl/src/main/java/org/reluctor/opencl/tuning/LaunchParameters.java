package org.reluctor.opencl.tuning;

import java.util.Objects;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * How operations are launched on a device. What is {@link Tuned} was found by measurement: by device class in the table
 * that comes with the runtime, or on the very device by {@code reluctor bench --tune}.
 *
 * @param form         of the kernels
 * @param tiledFrom    frames of the smallest batch that is computed in tiles, 1 to 2²⁰; below it, frame by frame
 * @param perFrameUpToBytes weights up to which a network runs as one launch, each work-item taking a frame or tile of
 *                     frames through all of it: what a core's cache holds, 0 to 2⁴⁰
 * @param cooperative  whether, beyond that, a batch runs as one launch that the compute units share; else a launch an
 *                     operation, as always in forms whose work-items work together, and on devices other than CPUs
 * @param weights      format of the weights of products
 */
public record LaunchParameters(@Tuned KernelForm form,
        @Tuned(from = 1, to = LaunchParameters.MOST_FRAMES, tried = {2, 3, 5, 9, 17, 33, LaunchParameters.MOST_FRAMES})
        int tiledFrom,
        @Tuned(from = 0, to = LaunchParameters.MOST_BYTES, tried = {0, 1 << 20, 4 << 20, 16 << 20})
        long perFrameUpToBytes,
        @Tuned boolean cooperative, WeightFormat weights) {
    /** A batch that there never is. */
    static final int MOST_FRAMES = 1 << 20;
    /** Most weights that any core may have near. */
    static final long MOST_BYTES = 1L << 40;

    /** What a work-group of the tiled form shares at most. */
    private static final long TILE_BYTES = 17 << 10;
    /** Work-items of such a work-group. */
    private static final int TILE_ITEMS = 256;

    public LaunchParameters {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(weights, "weights");
        requireRange("tiledFrom", tiledFrom, 1, MOST_FRAMES);
        requireRange("perFrameUpToBytes", perFrameUpToBytes, 0, MOST_BYTES);
    }

    private static void requireRange(String name, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " is " + value + "; must be from " + from + " to " + to);
        }
    }

    /** Whether a batch of so many frames is computed in tiles. */
    public boolean isTiled(int frames) {
        return frames >= tiledFrom;
    }

    /** The same with weights stored otherwise. */
    public LaunchParameters withWeights(WeightFormat format) {
        return new LaunchParameters(form, tiledFrom, perFrameUpToBytes, cooperative, format);
    }

    private LaunchParameters withForm(KernelForm other) {
        return new LaunchParameters(other, tiledFrom, perFrameUpToBytes, cooperative, weights);
    }

    /**
     * Whether these are worth a measurement on that device. A pipeline on anything but an FPGA is one slow work-item
     * among many that idle; a launch that compute units share is right on CPUs alone, and nothing else elsewhere.
     */
    public boolean suits(Device device) {
        return switch (form) {
            case PIPELINE -> device.kind() == DeviceKind.ACCELERATOR;
            case TILED -> fitsTiles(device);
            default -> true;
        } && (!cooperative || device.kind() == DeviceKind.CPU);
    }

    private static boolean fitsTiles(Device device) {
        return device.localMemoryBytes() >= TILE_BYTES && device.maxWorkGroupItems() >= TILE_ITEMS;
    }

    /** The parameters for the class of that device, from the table that comes with the runtime. */
    public static LaunchParameters of(Device device) {
        LaunchParameters found = TuningTable.of(device);
        return found.form == KernelForm.TILED && !fitsTiles(device) ? found.withForm(KernelForm.PLAIN) : found;
    }
}
