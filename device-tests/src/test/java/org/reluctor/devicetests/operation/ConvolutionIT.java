package org.reluctor.devicetests.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.devicetests.Slowness;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.operation.Access;
import org.reluctor.opencl.operation.Convolution;
import org.reluctor.opencl.operation.ConvolutionMethod;
import org.reluctor.opencl.operation.ConvolutionWindow;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Function;
import org.reluctor.opencl.operation.ImageLayout;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.ConstantArena;
import org.reluctor.opencl.sequence.LaunchSequence;
import org.reluctor.opencl.sequence.StepwiseSequence;
import org.reluctor.opencl.sequence.TensorArena;

/** Every method of the convolution against float64, over random shapes, with and without numbers that are none. */
class ConvolutionIT {
    private static final int SHAPES = Slowness.cases(30);
    /** Of the largest result: 32 roundings, as the operators Conv and MatMul have. */
    private static final double TOLERANCE = 32 * 0x1p-24;
    private static final float[] SPECIAL = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f,
        Float.MIN_VALUE, 1e-40f};

    private static DeviceSession session;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    /** One random case; the input has its zeros around it. */
    private record Case(ImageLayout in, ImageLayout out, ConvolutionWindow window, int frames, float[] w, float[] x,
            float[] bias) {
        static Case of(ConvolutionMethod method, long seed) {
            Random random = new Random(seed);
            boolean winograd = method == ConvolutionMethod.WINOGRAD;
            boolean vectors = winograd || method == ConvolutionMethod.NARROW;
            int groups = (int) (1 + seed % 3);
            int inputs = vectors ? 16 * (1 + random.nextInt(3)) : 1 + random.nextInt(20);
            int outputs = winograd ? 32 * (1 + random.nextInt(2))
                    : 1 + random.nextInt(method == ConvolutionMethod.NARROW ? 4 : 40);
            ConvolutionWindow window = winograd ? new ConvolutionWindow(3, 3, 1, 1, 1, 1, groups)
                    : new ConvolutionWindow(1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(2),
                            1 + random.nextInt(2), 1 + random.nextInt(2), 1 + random.nextInt(2), groups);
            int least = winograd ? 4 : 1;
            int height = least + random.nextInt(12);
            int width = least + random.nextInt(40);
            ImageLayout out = new ImageLayout(groups * outputs, height, width, random.nextInt(3), random.nextInt(3),
                    height + 4, width + 5);
            int rows = winograd ? ConvolutionMethod.reach(height) : window.rowsFor(height);
            int pitch = winograd ? ConvolutionMethod.reach(width) : window.columnsFor(width);
            ImageLayout in = ImageLayout.bare(groups * inputs, rows + random.nextInt(2), pitch + random.nextInt(2));
            int frames = 1 + random.nextInt(3);
            return new Case(in, out, window, frames, gaussian(random, out.channels() * inputs * window.taps()),
                    gaussian(random, frames * in.features()), gaussian(random, out.channels()));
        }

        private static float[] gaussian(Random random, int length) {
            float[] elements = new float[length];
            for (int i = 0; i < length; i++) {
                elements[i] = (float) random.nextGaussian();
            }
            return elements;
        }

        /** The sum before the tail. */
        double exact(int frame, int output, int y, int x0) {
            double sum = 0;
            int inputs = in.channels() / window.groups();
            int first = output / (out.channels() / window.groups()) * inputs;
            for (int tap = 0; tap < window.taps(); tap++) {
                int row = y * window.strideY() + tap / window.width() * window.dilationY();
                int column = x0 * window.strideX() + tap % window.width() * window.dilationX();
                for (int input = 0; input < inputs; input++) {
                    sum += (double) w[(output * inputs + input) * window.taps() + tap]
                            * x[frame * in.features() + in.place(first + input, row, column)];
                }
            }
            return sum;
        }
    }

    @ParameterizedTest
    @EnumSource
    void run_randomShapes_withinTolerance(ConvolutionMethod method) {
        for (long seed = 1; seed <= SHAPES; seed++) {
            verify(Case.of(method, seed), method, method + ", seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void run_nanInfinityAndDenormals_onlyWhereTheWindowMeetsThem(ConvolutionMethod method) {
        for (long seed = 1; seed <= SHAPES; seed++) {
            Case shape = Case.of(method, seed);
            Random random = new Random(seed);
            for (float special : SPECIAL) {
                shape.x[random.nextInt(shape.x.length)] = special;
            }
            verify(shape, method, method + ", seed " + seed);
        }
    }

    /** relu(z + bias of the output), and z itself as a second result. */
    private static Expression biasThenRelu() {
        Expression tail = new Expression();
        int product = tail.product();
        tail.store(tail.apply(Function.RELU, tail.apply(Function.ADD, product, tail.operand(Access.PERIODIC))));
        tail.store(product);
        return tail;
    }

    private static void verify(Case shape, ConvolutionMethod method, String name) {
        float[][] results = run(shape, method);
        ImageLayout out = shape.out;
        double largest = 0;
        double[] expected = new double[shape.frames * out.features()];
        for (int frame = 0; frame < shape.frames; frame++) {
            for (int at = 0; at < out.channels() * out.height() * out.width(); at++) {
                int channel = at % out.channels();
                int y = at / out.channels() / out.width();
                int x = at / out.channels() % out.width();
                double exact = shape.exact(frame, channel, y, x);
                expected[frame * out.features() + out.place(channel, y, x)] = exact;
                largest = Double.isFinite(exact) ? Math.max(largest, Math.abs(exact)) : largest;
            }
        }
        for (int at = 0; at < expected.length; at++) {
            String where = name + " at " + at + ": ";
            close(expected[at], results[1][at], TOLERANCE * largest, where);
            boolean written = written(out, at % out.features());
            double biased = written ? expected[at] + shape.bias[at % out.channels()] : 0;
            close(biased <= 0 ? 0 : biased, results[0][at], TOLERANCE * (largest + 4), where);
        }
    }

    private static boolean written(ImageLayout out, int place) {
        int y = place / out.channels() / out.pitch() - out.top();
        int x = place / out.channels() % out.pitch() - out.left();
        return y >= 0 && y < out.height() && x >= 0 && x < out.width();
    }

    private static void close(double expected, float actual, double tolerance, String where) {
        if (Double.isFinite(expected)) {
            assertTrue(Math.abs(expected - actual) <= tolerance, where + actual + " for " + expected);
        } else {
            assertEquals((float) expected, actual, where);
        }
    }

    private static float[][] run(Case shape, ConvolutionMethod method) {
        ConstantArena constants = new ConstantArena();
        TensorArena tensors = new TensorArena(shape.frames);
        int input = tensors.add(shape.in.features());
        int[] outputs = {tensors.add(shape.out.features()), tensors.add(shape.out.features())};
        List<Integer> weights = new ArrayList<>(List.of(constants.add(pack(shape, method))));
        if (method == ConvolutionMethod.WINOGRAD) {
            weights.add(constants.add(pack(shape, ConvolutionMethod.PLAIN)));
        }
        float[] wrapped = new float[shape.bias.length + 15];
        for (int at = 0; at < wrapped.length; at++) {
            wrapped[at] = shape.bias[at % shape.bias.length];
        }
        List<Call> calls = List.of(Call.convolution(
                new Convolution(method, shape.in, shape.out, shape.window, biasThenRelu()), weights, input,
                List.of(constants.add(wrapped), shape.bias.length, outputs[0], outputs[1])));
        try (DeviceBuffer c = constants.upload(session); DeviceBuffer a = tensors.allocate(session);
                LaunchSequence sequence = new StepwiseSequence(session, calls, c, a)) {
            HostBuffer host = new HostBuffer(Math.max(shape.x.length, shape.frames * shape.out.features()));
            host.floats().put(0, shape.x);
            session.queue().write(host, a, input * (long) Float.BYTES, shape.x.length * (long) Float.BYTES);
            sequence.enqueue(shape.frames);
            float[][] results = new float[2][shape.frames * shape.out.features()];
            for (int i = 0; i < results.length; i++) {
                session.queue().read(a, host, outputs[i] * (long) Float.BYTES,
                        results[i].length * (long) Float.BYTES);
                host.floats().get(0, results[i]);
            }
            return results;
        }
    }

    private static float[] pack(Case shape, ConvolutionMethod method) {
        return method.pack(shape.w, shape.in.channels(), shape.out.channels(), shape.window);
    }
}
