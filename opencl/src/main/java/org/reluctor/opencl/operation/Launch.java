package org.reluctor.opencl.operation;

import java.util.Arrays;
import org.reluctor.opencl.device.CommandQueue;
import org.reluctor.opencl.device.Kernel;

/** A kernel with its arguments set, launched again and again for batches of any size. Enqueueing allocates nothing. */
public final class Launch implements AutoCloseable {
    private final Kernel kernel;
    private final Layout layout;
    private final long[] global;
    private final long[] local;

    private Launch(Kernel kernel, Layout layout, long[] local, long[] global) {
        this.kernel = kernel;
        this.layout = layout;
        this.local = local;
        this.global = global;
    }

    /** Work-groups of one. The last of the {@code global} sizes is that of the frames' axis, set for every batch. */
    static Launch ofSingles(Kernel kernel, Layout layout, long... global) {
        long[] ones = new long[global.length];
        Arrays.fill(ones, 1);
        return new Launch(kernel, layout, ones, global);
    }

    /** Work-groups of the driver's choice; {@code global} as for {@link #ofSingles}. */
    static Launch ofItems(Kernel kernel, Layout layout, long... global) {
        return new Launch(kernel, layout, null, global);
    }

    /** Enqueues the work for so many frames. */
    public void enqueue(CommandQueue queue, int frames) {
        global[global.length - 1] = layout.groups(frames);
        queue.launch(kernel, global, local);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
