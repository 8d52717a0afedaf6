package org.reluctor.learn.gradient;

/**
 * Executes a tape's instructions on arrays of its own, as often as wanted: float64 on the host, float32 on a device.
 * One thread.
 */
public interface Arithmetic extends AutoCloseable {
    /** Gives an array its elements, row-major. */
    void write(Tensor tensor, float[] values);

    /** Executes all instructions, in order. */
    void run();

    /** An array as it is after the run, row-major; only of tensors that were asked for when this was made. */
    double[] read(Tensor tensor);

    @Override
    void close();
}
