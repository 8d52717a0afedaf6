package org.reluctor.learn.device;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.training.Launches;
import org.reluctor.opencl.training.MatrixProduct;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.ProductSize;
import org.reluctor.opencl.training.TrainingKernels;

/** One product of one size, with the buffers it needs on the host and on the device. */
final class ShardProduct implements AutoCloseable {
    private final DeviceSession session;
    private final Holdings held = new Holdings();
    private final DeviceBuffer left;
    private final DeviceBuffer right;
    private final DeviceBuffer to;
    private final Launches launches;
    private final float[] floats;
    private final HostBuffer host;
    private final int leftElements;
    private final int rightElements;
    private final int toElements;

    ShardProduct(TrainingKernels kernels, ProductSize size, MatrixView leftView) {
        session = kernels.session();
        leftElements = Math.multiplyExact(size.rows(), size.inner());
        rightElements = Math.multiplyExact(size.inner(), size.columns());
        toElements = Math.multiplyExact(size.rows(), size.columns());
        floats = new float[Math.max(toElements, Math.max(leftElements, rightElements))];
        host = new HostBuffer(floats.length);
        MatrixProduct product = MatrixProduct.of(session.device().kind(), size, leftView,
                MatrixView.rows(0, size.columns()), MatrixView.rows(0, size.columns()));
        try {
            left = held.add(session.buffer(leftElements));
            right = held.add(session.buffer(rightElements));
            to = held.add(session.buffer(toElements));
            DeviceBuffer scratch = held.add(session.buffer(product.scratchElements()));
            launches = held.add(product.bind(kernels, new MatrixProduct.Buffers(left, right, to), scratch,
                    MatrixProduct.Factors.ASSIGN));
        } catch (RuntimeException | Error e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
    }

    void writeLeft(double[] values, int first) {
        write(left, values, first, leftElements);
    }

    void writeRight(double[] values, int first) {
        write(right, values, first, rightElements);
    }

    private void write(DeviceBuffer buffer, double[] values, int first, int count) {
        for (int at = 0; at < count; at++) {
            floats[at] = (float) values[first + at];
        }
        host.floats().put(0, floats, 0, count);
        session.queue().write(host, buffer, 0, (long) count * Float.BYTES);
    }

    void compute() {
        launches.enqueue(session.queue());
    }

    private void fetch() {
        session.queue().read(to, host, 0, (long) toElements * Float.BYTES);
        host.floats().get(0, floats, 0, toElements);
    }

    /** Waits for the product and copies it. */
    void read(double[] values, int first) {
        fetch();
        for (int at = 0; at < toElements; at++) {
            values[first + at] = floats[at];
        }
    }

    /** Waits for the product and adds it in float64. */
    void addTo(double[] values) {
        fetch();
        for (int at = 0; at < toElements; at++) {
            values[at] += floats[at];
        }
    }

    @Override
    public void close() {
        held.close();
    }
}
