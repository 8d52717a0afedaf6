package org.reluctor.devicetests.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.Slowness;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.operation.Access;
import org.reluctor.opencl.operation.Batching;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Function;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.operation.PipelineProduct;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.TiledGemm;
import org.reluctor.opencl.operation.TiledGemv;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.operation.Weights;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.ConstantArena;
import org.reluctor.opencl.sequence.LaunchSequence;
import org.reluctor.opencl.sequence.PerFrameSequence;
import org.reluctor.opencl.sequence.StepwiseSequence;
import org.reluctor.opencl.sequence.TensorArena;

/** Both products in every form against float64, over random shapes: each result within Higham's bound. */
class ProductIT {
    private static final int SHAPES = Slowness.cases(30);

    private static DeviceSession session;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    /** One random case: sizes, data, and the frame-after-frame arrays that hold them. */
    private record Case(int rows, int columns, int tokens, int frames, float[] w, float[] x, float[] bias) {
        static Case of(long seed) {
            Random random = new Random(seed);
            int rows = 1 + random.nextInt(170);
            int columns = 1 + random.nextInt(300);
            int tokens = 1 + random.nextInt(3);
            int frames = 1 + random.nextInt(40);
            return new Case(rows, columns, tokens, frames, gaussian(random, rows * columns),
                    halfZero(random, frames * tokens * columns), gaussian(random, rows * tokens));
        }

        private static float[] halfZero(Random random, int length) {
            float[] elements = gaussian(random, length);
            for (int i = 0; i < length; i++) {
                elements[i] = Math.max(elements[i], 0);
            }
            return elements;
        }

        private static float[] gaussian(Random random, int length) {
            float[] elements = new float[length];
            for (int i = 0; i < length; i++) {
                elements[i] = (float) random.nextGaussian();
            }
            return elements;
        }

        @Override
        public String toString() {
            return rows + "×" + columns + ", " + tokens + " tokens, " + frames + " frames";
        }
    }

    /** Every form of the product that a device may be given. */
    static List<ProductForm> forms() {
        List<ProductForm> forms = new ArrayList<>();
        forms.add(ProductForm.PLAIN);
        for (WeightFormat format : WeightFormat.values()) {
            forms.add(ProductForm.panel(format));
            forms.add(ProductForm.sparse(format));
        }
        return forms;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void gemv_randomShapes_withinBound(ProductForm form) {
        for (long seed = 1; seed <= SHAPES; seed++) {
            Case shape = Case.of(seed);
            verify(shape, form, new Gemv(form, shape.rows, shape.columns, shape.tokens, biasThenSoftThreshold()));
        }
    }

    static List<ProductForm> tiled() {
        return Arrays.stream(WeightFormat.values()).map(ProductForm::tiled).toList();
    }

    @ParameterizedTest
    @MethodSource("tiled")
    void tiled_randomShapes_withinBound(ProductForm form) {
        for (long seed = 201; seed <= 200 + Slowness.cases(12); seed++) {
            Case shape = Case.of(seed);
            verify(shape, form, new TiledGemv(form, shape.rows, shape.columns, shape.tokens, biasThenSoftThreshold()));
            verify(shape, form, new TiledGemm(form, shape.rows, shape.columns, shape.tokens, biasThenSoftThreshold()));
        }
    }

    static List<ProductForm> pipelines() {
        return Arrays.stream(WeightFormat.values()).filter(KernelForm.PIPELINE::reads).map(ProductForm::pipeline)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void pipeline_randomShapes_withinBound(ProductForm form) {
        for (long seed = 301; seed <= 300 + Slowness.cases(8); seed++) {
            Case shape = Case.of(seed);
            verify(shape, form,
                    new PipelineProduct(form, shape.rows, shape.columns, shape.tokens, biasThenSoftThreshold()));
        }
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void gemm_randomShapes_withinBound(WeightFormat format) {
        ProductForm form = ProductForm.panel(format);
        for (long seed = 101; seed <= 100 + SHAPES; seed++) {
            Case shape = Case.of(seed);
            int framesPerItem = seed % 2 == 0 ? 1 : Gemm.TILE;
            verify(shape, form, new Gemm(form, shape.rows, shape.columns, shape.tokens, framesPerItem,
                    biasThenSoftThreshold()));
        }
    }

    /** relu(z + bias − 0.1) − relu(−(z + bias) − 0.1), and z itself as a second output. */
    private static Expression biasThenSoftThreshold() {
        Expression tail = new Expression();
        int product = tail.product();
        int z = tail.apply(Function.ADD, product, tail.operand(Access.FEATURE));
        int t = tail.operand(Access.SCALAR);
        int up = tail.apply(Function.RELU, tail.apply(Function.SUB, z, t));
        int down = tail.apply(Function.RELU, tail.apply(Function.SUB, tail.apply(Function.NEG, z), t));
        tail.store(tail.apply(Function.SUB, up, down));
        tail.store(product);
        return tail;
    }

    private static void verify(Case shape, ProductForm form, Operation operation) {
        int features = shape.rows * shape.tokens;
        float[] soft = new float[shape.frames * features];
        float[] product = new float[shape.frames * features];
        run(shape, form, operation, soft, product);
        float[] w = Weights.rounded(form.format(), shape.w, shape.rows, shape.columns, false);
        for (int at = 0; at < product.length; at++) {
            int frameToken = at / shape.rows;
            double exact = 0;
            double size = 0;
            for (int c = 0; c < shape.columns; c++) {
                double term = (double) w[at % shape.rows * shape.columns + c]
                        * shape.x[frameToken * shape.columns + c];
                exact += term;
                size += Math.abs(term);
            }
            double bound = Gemv.errorBound(shape.columns + 4) * size;
            assertTrue(Math.abs(exact - product[at]) <= bound,
                    shape + " at " + at + ": " + product[at] + " for " + exact);
            double biased = exact + shape.bias[at % features];
            double expected = Math.max(biased - 0.1f, 0) - Math.max(-biased - 0.1f, 0);
            assertTrue(Math.abs(expected - soft[at]) <= bound + 1e-6 * (Math.abs(biased) + 1),
                    shape + " at " + at + ": " + soft[at] + " for " + expected);
        }
    }

    /** Runs the operation as a launch of its own. Small cases also run as one launch, which must agree to the bit. */
    private static void run(Case shape, ProductForm form, Operation operation, float[]... results) {
        int features = shape.rows * shape.tokens;
        ConstantArena constants = new ConstantArena();
        Weights packed = Weights.pack(form, shape.w, shape.rows, shape.columns, false);
        int weights = constants.add(packed.words());
        int scales = constants.add(packed.scales());
        int bias = constants.add(shape.bias);
        TensorArena tensors = new TensorArena(shape.frames);
        int input = tensors.add(shape.tokens * shape.columns);
        int[] outputs = {tensors.add(features), tensors.add(features)};
        List<Call> calls = List.of(Call.product(operation, weights, scales, input,
                List.of(bias, 0.1f, outputs[0], outputs[1])));
        int elements = shape.frames * features;
        try (DeviceBuffer c = constants.upload(session); DeviceBuffer a = tensors.allocate(session);
                LaunchSequence apart = new StepwiseSequence(session, calls, c, a)) {
            write(shape.x, a, input);
            apart.enqueue(shape.frames);
            float[][] arranged = read(a, outputs, elements);
            for (int i = 0; i < results.length; i++) {
                System.arraycopy(arranged[i], 0, results[i], 0, elements);
            }
            if (shape.rows < 8 && operation.batching() == Batching.AXIS) {
                write(new float[elements], a, outputs[0]);
                assertArrayEquals(arranged, together(calls, c, a, shape.frames, outputs, elements), shape.toString());
            }
        }
    }

    private static float[][] together(List<Call> calls, DeviceBuffer c, DeviceBuffer a, int frames, int[] outputs,
            int elements) {
        try (LaunchSequence together = new PerFrameSequence(session, calls, c, a)) {
            together.enqueue(frames);
            return read(a, outputs, elements);
        }
    }

    private static void write(float[] elements, DeviceBuffer buffer, int offset) {
        HostBuffer host = new HostBuffer(elements.length);
        host.floats().put(0, elements);
        session.queue().write(host, buffer, offset * (long) Float.BYTES, elements.length * (long) Float.BYTES);
    }

    private static float[][] read(DeviceBuffer buffer, int[] offsets, int elements) {
        float[][] tensors = new float[offsets.length][elements];
        HostBuffer host = new HostBuffer(elements);
        for (int i = 0; i < offsets.length; i++) {
            session.queue().read(buffer, host, offsets[i] * (long) Float.BYTES, elements * (long) Float.BYTES);
            host.floats().get(0, tensors[i]);
        }
        return tensors;
    }
}
