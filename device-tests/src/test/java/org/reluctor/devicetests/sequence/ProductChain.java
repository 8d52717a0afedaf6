package org.reluctor.devicetests.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Function;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.operation.Weights;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.ConstantArena;
import org.reluctor.opencl.sequence.LaunchSequence;
import org.reluctor.opencl.sequence.StepwiseSequence;
import org.reluctor.opencl.sequence.TensorArena;

/**
 * A chain of products with ReLU, large enough to be shared by compute units, and the arenas under it: what sequences
 * that wait for each other's work-items are held against a launch for each call with. One thread.
 */
final class ProductChain implements AutoCloseable {
    private static final int SIZE = 480;
    private static final int SMALL = 24;
    private static final int LAYERS = 13;

    private final Random random = new Random(7);
    private final DeviceSession session;
    private final boolean inTiles;
    private final HostBuffer host;
    private final List<Call> calls = new ArrayList<>();
    private final DeviceBuffer constants;
    private final DeviceBuffer tensors;
    private final int input;
    private final int output;
    private final LaunchSequence stepwise;

    /** For batches of up to so many frames, in tiles of several or one by one. */
    ProductChain(DeviceSession session, int mostFrames, boolean inTiles) {
        this.session = session;
        this.inTiles = inTiles;
        this.host = new HostBuffer(mostFrames * SIZE);
        ConstantArena arena = new ConstantArena();
        TensorArena room = new TensorArena(mostFrames);
        input = room.add(SIZE);
        int from = input;
        for (int layer = 0; layer < LAYERS; layer++) {
            int to = room.add(SIZE);
            calls.add(product(arena, from, to, layer % 2 == 0 ? SIZE : SMALL, layer % 2 == 0 ? SMALL : SIZE));
            from = to;
        }
        output = from;
        constants = arena.upload(session);
        tensors = room.allocate(session);
        stepwise = stepwise();
    }

    private Call product(ConstantArena arena, int from, int to, int rows, int columns) {
        Expression relu = new Expression();
        relu.store(relu.apply(Function.RELU, relu.product()));
        ProductForm form = ProductForm.panel(WeightFormat.FLOAT32);
        float[] w = new float[rows * columns];
        for (int i = 0; i < w.length; i++) {
            w[i] = (float) random.nextGaussian() / 16;
        }
        return Call.product(inTiles ? new Gemm(form, rows, columns, 1, Gemm.TILE, relu)
                : new Gemv(form, rows, columns, 1, relu),
                arena.add(Weights.pack(form, w, rows, columns, false).words()), 0, from, List.of(to));
    }

    List<Call> calls() {
        return calls;
    }

    DeviceBuffer constants() {
        return constants;
    }

    DeviceBuffer tensors() {
        return tensors;
    }

    /** A launch for each call, as another sequence's way out; closed by that one. */
    LaunchSequence stepwise() {
        return new StepwiseSequence(session, calls, constants, tensors);
    }

    /** So many batches of new frames both ways, to the bit, with pauses in which helpers leave. */
    void compare(LaunchSequence sequence, int batches, int frames) throws InterruptedException {
        for (int batch = 0; batch < batches; batch++) {
            next(frames);
            float[] expected = run(stepwise, frames);
            for (int again = 0; again < 4; again++) {
                assertArrayEquals(expected, run(sequence, frames), "batch " + batch + " of " + frames + " frames");
            }
            if (batch % 50 == 0) {
                Thread.sleep(2);
            }
        }
    }

    private void next(int frames) {
        for (int i = 0; i < frames * SIZE; i++) {
            host.floats().put(i, (float) random.nextGaussian());
        }
        session.queue().write(host, tensors, input * (long) Float.BYTES, frames * SIZE * (long) Float.BYTES);
    }

    private float[] run(LaunchSequence sequence, int frames) {
        float[] x = new float[frames * SIZE];
        // What the other way left must not pass for a result.
        host.floats().put(0, x);
        session.queue().write(host, tensors, output * (long) Float.BYTES, x.length * (long) Float.BYTES);
        sequence.enqueue(frames);
        sequence.settle();
        session.queue().read(tensors, host, output * (long) Float.BYTES, x.length * (long) Float.BYTES);
        host.floats().get(0, x);
        return x;
    }

    @Override
    public void close() {
        stepwise.close();
        constants.close();
        tensors.close();
    }
}
