package org.reluctor.learn.device;

import java.util.Arrays;
import java.util.List;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.training.AdamUpdate;
import org.reluctor.opencl.training.Launches;

/**
 * The parameters of a {@link DeviceArithmetic} that Adam changes: neighbours in its buffer, as their gradients are.
 * Close it before the arithmetic.
 */
public final class AdamParameters implements AutoCloseable {
    private static final float B1 = 0.9f;
    private static final float B2 = 0.99f;
    private static final int ALIGNMENT = 16;

    private final DeviceSession session;
    private final DeviceArithmetic arithmetic;
    private final Holdings held = new Holdings();
    private final DeviceBuffer moments;
    private final DeviceBuffer state;
    private final Launches launches;
    private final int offset;
    private final int count;
    private final HostBuffer stepState = new HostBuffer(AdamUpdate.STATE);
    private final HostBuffer host;

    /**
     * @param variables that were the first of the arithmetic's kept tensors
     * @param gradients that were the next, in the same order
     */
    public AdamParameters(DeviceSession session, DeviceArithmetic arithmetic, List<Tensor> variables,
            List<Tensor> gradients) {
        this.session = session;
        this.arithmetic = arithmetic;
        Tensor last = variables.get(variables.size() - 1);
        offset = arithmetic.offset(variables.get(0));
        count = arithmetic.offset(last) - offset + (last.elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        host = new HostBuffer(Math.multiplyExact(2, count));
        try {
            moments = held.add(session.zeroed(2 * count));
            state = held.add(session.zeroed(AdamUpdate.STATE));
            launches = held.add(new AdamUpdate(offset, arithmetic.offset(gradients.get(0)), count, B1, B2)
                    .bind(arithmetic.kernels(), arithmetic.arena(), moments, state));
        } catch (RuntimeException | Error e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
    }

    /**
     * One step along the gradients of the last run.
     *
     * @param step     steps done before, from 0
     * @param rate     of learning
     * @param greatest norm of the gradient
     */
    public void step(long step, double rate, double greatest) {
        stepState.floats().put(0, (float) rate);
        stepState.floats().put(1, (float) (1 / (1 - Math.pow(B1, step + 1.0))));
        stepState.floats().put(2, (float) (1 / (1 - Math.pow(B2, step + 1.0))));
        stepState.floats().put(3, (float) greatest);
        session.queue().write(stepState, state, 0, 4L * Float.BYTES);
        launches.enqueue(session.queue());
    }

    /** Length of {@link #parameters}. */
    public int count() {
        return count;
    }

    /** All parameters, with what lies between them. */
    public float[] parameters() {
        return read(arithmetic.arena(), offset, count);
    }

    /** Both moments of all parameters. */
    public float[] moments() {
        return read(moments, 0, 2 * count);
    }

    private float[] read(DeviceBuffer buffer, int first, int elements) {
        float[] values = new float[elements];
        session.queue().read(buffer, host, (long) first * Float.BYTES, (long) elements * Float.BYTES);
        host.floats().get(0, values);
        return values;
    }

    /** Goes back to what was read. */
    public void restore(float[] parameters, float[] bothMoments) {
        write(arithmetic.arena(), offset, parameters, count);
        write(moments, 0, bothMoments, 2 * count);
    }

    private void write(DeviceBuffer buffer, int first, float[] values, int elements) {
        if (values.length != elements) {
            throw new IllegalArgumentException(values.length + " numbers for " + elements);
        }
        host.floats().put(0, values);
        session.queue().write(host, buffer, (long) first * Float.BYTES, (long) elements * Float.BYTES);
    }

    /** The part of {@link #parameters} that is one variable. */
    public float[] of(Tensor variable, float[] parameters) {
        int first = arithmetic.offset(variable) - offset;
        return Arrays.copyOfRange(parameters, first, first + variable.elements());
    }

    @Override
    public void close() {
        held.close();
    }
}
