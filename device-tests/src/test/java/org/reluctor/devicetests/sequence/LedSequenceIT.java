package org.reluctor.devicetests.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Function;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.operation.Weights;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.ConstantArena;
import org.reluctor.opencl.sequence.LaunchSequence;
import org.reluctor.opencl.sequence.LedSequence;
import org.reluctor.opencl.sequence.StepwiseSequence;
import org.reluctor.opencl.sequence.TensorArena;

/**
 * A leader with helpers computes to the bit what a launch for each call does, whatever the machine is busy with. The
 * tests' environment names PoCL's device for it; where the driver is another, there is nothing to test.
 */
class LedSequenceIT {
    private static final int SIZE = 480;
    private static final int SMALL = 24;
    private static final int LAYERS = 13;

    private static DeviceSession session;

    /** A chain of products with ReLU, large enough to be shared, and the arenas under it. */
    private static final class Chain implements AutoCloseable {
        private final Random random = new Random(7);
        private final HostBuffer host = new HostBuffer(SIZE);
        private final DeviceBuffer constants;
        private final DeviceBuffer tensors;
        private final int input;
        private final int output;
        private final LaunchSequence stepwise;
        private final LaunchSequence led;

        Chain() {
            ConstantArena arena = new ConstantArena();
            TensorArena room = new TensorArena(1);
            input = room.add(SIZE);
            List<Call> calls = new ArrayList<>();
            int from = input;
            for (int layer = 0; layer < LAYERS; layer++) {
                int to = room.add(SIZE);
                calls.add(product(arena, from, to, layer % 2 == 0 ? SIZE : SMALL, layer % 2 == 0 ? SMALL : SIZE));
                from = to;
            }
            output = from;
            constants = arena.upload(session);
            tensors = room.allocate(session);
            stepwise = new StepwiseSequence(session, calls, constants, tensors);
            led = new LedSequence(session, calls, constants, tensors, Integer.MAX_VALUE,
                    new StepwiseSequence(session, calls, constants,
                    tensors));
        }

        /** Large and small layers in turn: some shared, some not. */
        private Call product(ConstantArena arena, int from, int to, int rows, int columns) {
            Expression relu = new Expression();
            relu.store(relu.apply(Function.RELU, relu.product()));
            ProductForm form = ProductForm.panel(WeightFormat.FLOAT32);
            float[] w = new float[rows * columns];
            for (int i = 0; i < w.length; i++) {
                w[i] = (float) random.nextGaussian() / 16;
            }
            return Call.product(new Gemv(form, rows, columns, 1, relu),
                    arena.add(Weights.pack(form, w, rows, columns, false).words()), 0, from, List.of(to));
        }

        void next() {
            for (int i = 0; i < SIZE; i++) {
                host.floats().put(i, (float) random.nextGaussian());
            }
            session.queue().write(host, tensors, input * (long) Float.BYTES, SIZE * (long) Float.BYTES);
        }

        float[] run(LaunchSequence sequence) {
            sequence.enqueue(1);
            sequence.settle();
            session.queue().read(tensors, host, output * (long) Float.BYTES, SIZE * (long) Float.BYTES);
            float[] x = new float[SIZE];
            host.floats().get(0, x);
            return x;
        }

        /** So many frames both ways, with pauses in which helpers leave. */
        void compare(int frames) throws InterruptedException {
            for (int frame = 0; frame < frames; frame++) {
                next();
                float[] expected = run(stepwise);
                for (int again = 0; again < 4; again++) {
                    assertArrayEquals(expected, run(led), "frame " + frame);
                }
                if (frame % 50 == 0) {
                    Thread.sleep(2);
                }
            }
        }

        @Override
        public void close() {
            led.close();
            stepwise.close();
            constants.close();
            tensors.close();
        }
    }

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @BeforeEach
    void device_ofTheTestsEnvironment_isThere() {
        assumeTrue(session.callerQueue().isPresent(), session.device() + " computes in no calling thread");
    }

    @Test
    void enqueue_singleFrames_givesTheBitsOfALaunchForEachCall() throws InterruptedException {
        try (Chain chain = new Chain()) {
            chain.compare(2000);
        }
    }

    /** More busy threads than processors: helpers come late, or are taken off in the middle of a share. */
    @Test
    void enqueue_underFullLoad_givesTheSameBits() throws InterruptedException {
        boolean[] stop = new boolean[1];
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            busy.add(new Thread(() -> spin(stop)));
        }
        busy.forEach(Thread::start);
        try (Chain chain = new Chain()) {
            chain.compare(150);
        } finally {
            synchronized (stop) {
                stop[0] = true;
            }
        }
        for (Thread thread : busy) {
            thread.join();
        }
    }

    private static void spin(boolean... stop) {
        boolean stopped = false;
        while (!stopped) {
            synchronized (stop) {
                stopped = stop[0];
            }
        }
    }

    @Test
    void discover_deviceOfTheCallingThread_isNoChoiceOfItsOwn() {
        Platforms platforms = Platforms.discover();
        assertFalse(platforms.devices().stream().anyMatch(device -> device.name().startsWith("basic")),
                platforms.devices().toString());
    }

    @Test
    void write_thenRead_sharedMemory_givesBackEveryElement() {
        int elements = 1000;
        HostBuffer host = new HostBuffer(elements);
        for (int i = 0; i < elements; i++) {
            host.integers().put(i, i);
        }
        try (DeviceBuffer buffer = session.zeroed(2 * elements)) {
            assertTrue(buffer.isShared());
            session.queue().write(host, buffer, elements * 4L, elements * 4L);
            assertEquals(999, buffer.integers().get(1999));
            session.queue().read(buffer, host, 500 * 4L, elements * 4L);
        }
        assertEquals(0, host.integers().get(499));
        assertEquals(499, host.integers().get(999));
    }
}
