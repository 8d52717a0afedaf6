package org.reluctor.opencl.training;

import org.reluctor.opencl.device.CommandQueue;
import org.reluctor.opencl.device.Kernel;

/**
 * A kernel with its arguments, and over how many work-items it runs.
 *
 * @param global work-items along each axis
 * @param local  of a work-group; null leaves it to the driver
 */
public record Launch(Kernel kernel, long[] global, long[] local) {
    void enqueue(CommandQueue queue) {
        queue.launch(kernel, global, local);
    }
}
