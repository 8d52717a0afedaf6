package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.operation.Product;
import org.reluctor.opencl.training.Launches;
import org.reluctor.opencl.training.MatrixProduct;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.ProductSize;
import org.reluctor.opencl.training.TrainingKernels;

/** Products of computed matrices in both forms against float64: every result within Higham's bound. */
class MatrixProductIT {
    private static final int SHAPES = 24;
    /** What reading patches may touch beside the pixels. */
    private static final int MARGIN = 16;

    private static DeviceSession session;
    private static TrainingKernels kernels;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
        kernels = new TrainingKernels(session);
    }

    @AfterAll
    static void close() {
        kernels.close();
        session.close();
    }

    /** A matrix in memory and, element by element, what it means. */
    private record Operand(MatrixView view, float[] data, int rows, int columns) {
        static Operand random(Random random, int rows, int columns, int stack) {
            boolean across = random.nextBoolean();
            int r = across ? columns : rows;
            int q = across ? rows : columns;
            int run = random.nextBoolean() ? 1 + random.nextInt(q) : q;
            int frames = (q + run - 1) / run;
            int gap = random.nextInt(3);
            // Frames outside, rows inside, as channels of a batch lie; or rows alone.
            int rowStride = run + gap;
            int frameStride = r * rowStride;
            int each = frames * frameStride;
            float[] data = new float[MARGIN + each * stack];
            for (int at = 0; at < data.length; at++) {
                data[at] = (float) random.nextGaussian();
            }
            MatrixView view = MatrixView.frames(MARGIN, rowStride, run, frameStride).stacked(each);
            return new Operand(across ? view.transposed() : view, data, rows, columns);
        }

        int place(int matrix, int row, int column) {
            int r = view.across() ? column : row;
            int q = view.across() ? row : column;
            return view.offset() + matrix * view.stackStride() + r * view.rowStride()
                    + q / view.run() * view.frameStride() + q % view.run();
        }

        double at(int matrix, int row, int column) {
            return data[place(matrix, row, column)];
        }
    }

    @ParameterizedTest
    @EnumSource(value = DeviceKind.class, names = {"CPU", "GPU"})
    void product_anyLayoutAndSize_isWithinTheBoundOfItsSums(DeviceKind form) {
        for (int shape = 0; shape < SHAPES; shape++) {
            Random random = new Random(shape);
            ProductSize size = new ProductSize(1 + random.nextInt(150), 1 + random.nextInt(shape < 20 ? 300 : 2000),
                    1 + random.nextInt(200), 1 + random.nextInt(3));
            Operand left = Operand.random(random, size.rows(), size.inner(), size.stack());
            Operand right = Operand.random(random, size.inner(), size.columns(), size.stack());
            Operand to = straight(random, size);
            float beta = random.nextInt(3) - 1;
            float[] result = compute(form, size, new Operand[] {left, right, to},
                    new MatrixProduct.Factors(0.5f, beta));
            assertClose(size, left, right, to, result, beta);
        }
    }

    private static Operand straight(Random random, ProductSize size) {
        Operand to = Operand.random(random, size.rows(), size.columns(), size.stack());
        return to.view().across() ? straight(random, size) : to;
    }

    private static void assertClose(ProductSize size, Operand left, Operand right, Operand to, float[] result,
            float beta) {
        for (int index = 0; index < size.stack() * size.rows() * size.columns(); index++) {
            int matrix = index / (size.rows() * size.columns());
            int row = index / size.columns() % size.rows();
            int column = index % size.columns();
            double sum = 0;
            double magnitude = 0;
            for (int k = 0; k < size.inner(); k++) {
                double term = left.at(matrix, row, k) * right.at(matrix, k, column);
                sum += term;
                magnitude += Math.abs(term);
            }
            double before = beta * to.at(matrix, row, column);
            double expected = 0.5 * sum + before;
            double error = Math.abs(result[to.place(matrix, row, column)] - expected);
            double bound = Product.errorBound(size.inner() + 4) * (magnitude + Math.abs(before)) + 1e-30;
            assertTrue(error <= bound, size + " " + left.view() + " " + right.view() + " " + to.view() + " at " + row
                    + ", " + column + ": " + result[to.place(matrix, row, column)] + " instead of " + expected);
        }
    }

    private static float[] compute(DeviceKind form, ProductSize size, Operand[] operands,
            MatrixProduct.Factors factors) {
        MatrixProduct product = MatrixProduct.of(form, size, operands[0].view(), operands[1].view(),
                operands[2].view());
        try (DeviceBuffer left = buffer(operands[0].data()); DeviceBuffer right = buffer(operands[1].data());
                DeviceBuffer to = buffer(operands[2].data());
                DeviceBuffer scratch = session.buffer(product.scratchElements());
                Launches launches = product.bind(kernels, new MatrixProduct.Buffers(left, right, to), scratch,
                        factors)) {
            launches.enqueue(session.queue());
            HostBuffer host = new HostBuffer(operands[2].data().length);
            float[] result = new float[operands[2].data().length];
            session.queue().read(to, host, 0, 4L * result.length);
            host.floats().get(0, result);
            return result;
        }
    }

    private static DeviceBuffer buffer(float[] data) {
        HostBuffer host = new HostBuffer(data.length);
        host.floats().put(0, data);
        DeviceBuffer buffer = session.buffer(data.length);
        session.queue().write(host, buffer, 0, 4L * data.length);
        return buffer;
    }
}
