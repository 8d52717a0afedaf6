package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every operator against values computed by hand, for batches of one and of several frames. */
class OperatorsTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private final NetworkBuilder builder = new NetworkBuilder("test");

    private double[] run(Value output, int batch, double... y) {
        builder.output(output, "x");
        return new ReferenceExecutor(builder.build()).run(y, batch).get(0);
    }

    private static void assertShape(Value value, int... dims) {
        assertEquals(Shape.of(dims), value.shape());
    }

    @Test
    void relu_allKindsOfNumbers_keepsPositiveAndNotANumber() {
        Value y = builder.input("y", 6);
        assertArrayEquals(new double[] {2, 0, 0, NAN, INF, 0}, run(builder.relu(y), 1, 2, -3, -0.0, NAN, INF, -INF));
        assertEquals(0, Double.doubleToRawLongBits(ReferenceArithmetic.relu(-0.0)), "-0 becomes +0");
    }

    @Test
    void sign_allKindsOfNumbers_keepsNotANumber() {
        Value y = builder.input("y", 6);
        assertArrayEquals(new double[] {1, -1, 0, NAN, 1, -1}, run(builder.sign(y), 1, 2, -3, 0, NAN, INF, -INF));
        assertEquals(0.0, ReferenceArithmetic.sign(-0.0) + 0.0);
    }

    @Test
    void absAndNeg_allKindsOfNumbers_actOnTheSignAlone() {
        Value y = builder.input("y", 3);
        Value both = builder.neg(builder.abs(y));
        assertArrayEquals(new double[] {-2, -3, NAN, -INF, -0.0, -1}, run(both, 2, 2, -3, NAN, -INF, 0, 1));
    }

    @Test
    void addSubMulDiv_twoConstants_areFoldedAndExact() {
        Value y = builder.input("y", 2);
        Value a = builder.constant("a", new float[] {8, 3}, 2);
        Value b = builder.constant("b", new float[] {2, -4}, 2);
        for (Value folded : new Value[] {builder.add(a, b), builder.sub(a, b), builder.mul(a, b), builder.div(a, b)}) {
            assertTrue(folded.isConstant());
        }
        assertArrayEquals(new float[] {10, -1}, builder.add(a, b).floats());
        assertArrayEquals(new float[] {6, 7}, builder.sub(a, b).floats());
        assertArrayEquals(new float[] {16, -12}, builder.mul(a, b).floats());
        assertArrayEquals(new float[] {4, -0.75f}, builder.div(a, b).floats());
        assertArrayEquals(new double[] {11, 1}, run(builder.add(y, builder.add(a, b)), 1, 1, 2));
    }

    @Test
    void div_byZero_isAsIeeeSays() {
        Value y = builder.input("y", 3);
        assertArrayEquals(new double[] {INF, -INF, NAN},
                run(builder.div(y, builder.constant("zero", new float[1])), 1, 1, -1, 0));
    }

    @Test
    void broadcast_scalarRowAndBatchVector_stretchAsNumpy() {
        Value y = builder.input("y", 3);
        Value row = builder.constant("row", new float[] {10, 20, 30}, 3);
        Value leadingOne = builder.constant("one", new float[] {1, 2, 3}, 1, 3);
        Value sum = builder.add(builder.add(row, y), builder.sub(leadingOne, builder.constant("s", new float[] {1})));
        assertArrayEquals(new double[] {11, 23, 35, 14, 26, 38}, run(sum, 2, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void broadcast_columnAgainstRow_isTheOuterProductOfEachFrame() {
        Value y = builder.input("y", 2);
        Value column = builder.reshape(y, 0, 2, 1);
        Value row = builder.reshape(y, 0, 1, 2);
        Value outer = builder.mul(column, row);
        assertShape(outer, Shape.BATCH, 2, 2);
        assertArrayEquals(new double[] {1, 2, 2, 4, 9, 12, 12, 16}, run(outer, 2, 1, 2, 3, 4));
    }

    @Test
    void broadcast_batchAgainstFittingRankThreeConstant_stretchesTheFrame() {
        Value y = builder.reshape(builder.input("y", 2), 0, 1, 2);
        Value table = builder.constant("t", new float[] {0, 1, 10, 11, 20, 21}, 1, 3, 2);
        assertArrayEquals(new double[] {5, 7, 15, 17, 25, 27}, run(builder.add(y, table), 1, 5, 6));
    }

    @Test
    void broadcast_whatDoesNotFit_isRefusedWithBothShapes() {
        Value y = builder.input("y", 3);
        assertRefused(() -> builder.add(y, builder.constant("a", new float[2], 2)), "[B, 3] and [2] do not fit");
        assertRefused(() -> builder.add(y, builder.constant("b", new float[6], 2, 3)), "[B, 3] and [2, 3] do not fit");
        assertRefused(() -> builder.add(y, builder.constant("c", new float[3], 1, 1, 3)), "batch behind the first");
        assertRefused(() -> builder.add(y, builder.reshape(y, 0, 1, 3)), "batch behind the first");
        assertRefused(() -> builder.add(y, builder.reshape(y, 0, 3, 1)), "[B, 3] and [B, 3, 1] do not fit");
        assertRefused(() -> builder.add(builder.reshape(y, 0, 3, 1), builder.reshape(y, 0, 1, 3, 1)), "batch behind");
        assertRefused(() -> builder.add(builder.reshape(y, 0, 3, 1), builder.constant("d", new float[6], 3, 2, 1)),
                "do not fit");
    }

    @Test
    void matMul_batchTimesConstant_isTheMatrixProduct() {
        Value y = builder.input("y", 2);
        Value w = builder.constant("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertArrayEquals(new double[] {9, 12, 15, 19, 26, 33}, run(builder.matMul(y, w), 2, 1, 2, 3, 4));
    }

    @Test
    void matMul_rankThreeTimesConstant_multipliesEveryRow() {
        Value y = builder.reshape(builder.input("y", 4), 0, 2, 2);
        Value w = builder.constant("w", new float[] {1, 10}, 2, 1);
        Value product = builder.matMul(y, w);
        assertShape(product, Shape.BATCH, 2, 1);
        assertArrayEquals(new double[] {21, 43, 65, 87}, run(product, 2, 1, 2, 3, 4, 5, 6, 7, 8));
    }

    @Test
    void matMul_constantOnTheLeft_multipliesEveryFrame() {
        Value y = builder.reshape(builder.input("y", 2), 0, 2, 1);
        Value w = builder.constant("w", new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        Value product = builder.matMul(w, y);
        assertShape(product, Shape.BATCH, 3, 1);
        assertArrayEquals(new double[] {5, 11, 17, 11, 25, 39}, run(product, 2, 1, 2, 3, 4));
    }

    @Test
    void matMul_twoVariables_multipliesFrameByFrame() {
        Value y = builder.input("y", 2);
        Value inner = builder.matMul(builder.reshape(y, 0, 1, 2), builder.reshape(y, 0, 2, 1));
        assertShape(inner, Shape.BATCH, 1, 1);
        assertArrayEquals(new double[] {5, 25}, run(inner, 2, 1, 2, 3, 4));
    }

    @Test
    void matMul_stackOfConstantsAndVectors_followNumpy() {
        Value y = builder.reshape(builder.input("y", 2), 0, 1, 1, 2);
        Value stack = builder.constant("stack", new float[] {1, 0, 0, 1, 0, 1, 1, 0}, 2, 2, 2);
        Value swapped = builder.matMul(y, stack);
        assertShape(swapped, Shape.BATCH, 2, 1, 2);
        Value dot = builder.matMul(swapped, builder.constant("v", new float[] {1, 10}, 2));
        assertShape(dot, Shape.BATCH, 2, 1);
        assertArrayEquals(new double[] {21, 12, 43, 34}, run(dot, 2, 1, 2, 3, 4));
    }

    @Test
    void matMul_whatMixesFramesOrDoesNotFit_isRefused() {
        Value y = builder.input("y", 3);
        Value square = builder.constant("s", new float[9], 3, 3);
        assertRefused(() -> builder.matMul(square, y), "must not be summed over");
        assertRefused(() -> builder.matMul(y, builder.constant("a", new float[8], 4, 2)), "do not fit: 3 against 4");
        assertRefused(() -> builder.matMul(y, builder.constant("b", new float[12], 2, 3, 2)), "batch behind the first");
        assertRefused(() -> builder.matMul(y, builder.constant("c", new float[1])), "takes no scalar");
        assertRefused(() -> builder.matMul(y, builder.reshape(y, 0, 3, 1)), "batch");
    }

    @Test
    void gemm_allAttributes_followTheFormula() {
        Value y = builder.input("y", 2);
        Value w = builder.constant("w", new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        Value c = builder.constant("c", new float[] {1, 2, 3}, 3);
        Attributes attributes = new Attributes(Map.of("alpha", 2f, "beta", 10f, "transA", 0L, "transB", 1L));
        assertArrayEquals(new double[] {20, 42, 64}, run(builder.apply(Operator.GEMM, attributes, y, w, c), 1, 1, 2));
    }

    @Test
    void gemm_withoutCAndWithStretchedC_areBothRight() {
        Value y = builder.input("y", 2);
        Value w = builder.constant("w", new float[] {1, 2, 3, 4}, 2, 2);
        Value plain = builder.gemm(y, w, null, false);
        Value scalar = builder.gemm(y, w, builder.constant("c", new float[] {100}), true);
        Value variable = builder.gemm(y, w, plain, false);
        Value sum = builder.add(builder.add(plain, scalar), variable);
        assertArrayEquals(new double[] {7 + 105 + 14, 10 + 111 + 20}, run(sum, 1, 1, 2));
    }

    @Test
    void gemm_constantsOnly_isFoldedWithTransA() {
        builder.input("y", 2);
        Value a = builder.constant("a", new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        Value b = builder.constant("b", new float[] {1, 1, 1}, 3, 1);
        Value product = builder.apply(Operator.GEMM, new Attributes(Map.of("transA", 1L)), a, b);
        assertShape(product, 2, 1);
        assertArrayEquals(new float[] {9, 12}, product.floats());
    }

    @Test
    void gemm_whatDoesNotFit_isRefused() {
        Value y = builder.input("y", 2);
        Value w = builder.constant("w", new float[6], 3, 2);
        Value square = builder.constant("s", new float[4], 2, 2);
        assertRefused(() -> builder.gemm(y, w, null, false), "do not fit: 2 against 3");
        assertRefused(() -> builder.gemm(square, y, null, false), "would mix the frames");
        assertRefused(() -> builder.apply(Operator.GEMM, new Attributes(Map.of("transA", 1L)), y, square), "would mix");
        assertRefused(() -> builder.gemm(builder.reshape(y, 0, 1, 2), w, null, true), "must have 2 dimensions");
        assertRefused(() -> builder.gemm(y, w, builder.constant("c", new float[2], 2), true), "do not fit");
        assertRefused(() -> builder.gemm(y, square, builder.constant("d", new float[2], 1, 1, 2), false),
                "C [1, 1, 2] does not stretch");
    }

    @Test
    void flatten_axes_keepTheBatch() {
        Value y = builder.reshape(builder.input("y", 6), 0, 1, 2, 3);
        assertShape(builder.flatten(y), Shape.BATCH, 6);
        assertShape(builder.apply(Operator.FLATTEN, new Attributes(Map.of("axis", 2L)), y), Shape.BATCH, 6);
        assertShape(builder.apply(Operator.FLATTEN, new Attributes(Map.of("axis", -3L)), y), Shape.BATCH, 6);
        assertRefused(() -> builder.apply(Operator.FLATTEN, new Attributes(Map.of("axis", 0L)), y), "merges the batch");
        assertRefused(() -> builder.apply(Operator.FLATTEN, new Attributes(Map.of("axis", 3L)), y), "merges the batch");
        assertRefused(() -> builder.apply(Operator.FLATTEN, new Attributes(Map.of("axis", 5L)), y), "from -4 to 4");
        Value constant = builder.constant("c", new float[] {1, 2, 3, 4}, 2, 1, 2);
        assertShape(builder.flatten(constant), 2, 2);
        assertShape(builder.apply(Operator.FLATTEN, new Attributes(Map.of("axis", 0L)), constant), 1, 4);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, run(builder.flatten(y), 1, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void reshape_targets_areUnderstoodOrRefused() {
        Value y = builder.input("y", 6);
        assertShape(builder.reshape(y, 0, 2, 3), Shape.BATCH, 2, 3);
        assertShape(builder.reshape(y, -1, 2, 3), Shape.BATCH, 2, 3);
        assertShape(builder.reshape(y, 0, -1, 3), Shape.BATCH, 2, 3);
        assertShape(builder.reshape(y, 0, 0), Shape.BATCH, 6);
        assertShape(builder.reshape(y, 0, 0, 1), Shape.BATCH, 6, 1);
        assertRefused(() -> builder.reshape(y, 1, 6), "does not keep the batch first");
        assertRefused(() -> builder.reshape(y, 6), "does not keep the batch first");
        assertRefused(() -> builder.reshape(y, 2, -1), "does not keep the batch first");
        assertRefused(() -> builder.reshape(y), "does not keep the batch first");
        assertRefused(() -> builder.reshape(y, -1, 5), "does not hold as many elements");
        assertRefused(() -> builder.reshape(y, 0, -1, 4), "does not hold as many elements");
        assertRefused(() -> builder.reshape(y, 0, -1, -1), "leaves two dimensions open");
        assertRefused(() -> builder.reshape(y, 0, 2, 3, 0), "keeps dimension 3");
        assertRefused(() -> builder.reshape(y, 0, -7), "asks for a dimension of -7");
        assertRefused(() -> builder.reshape(y, 0, 1L << 40), "asks for a dimension of 1099511627776");
    }

    @Test
    void reshape_constant_mayTakeAnyShapeOfItsSize() {
        builder.input("y", 2);
        Value constant = builder.constant("c", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertShape(builder.reshape(constant, -1), 6);
        assertShape(builder.reshape(constant, 3, -1), 3, 2);
        assertRefused(() -> builder.reshape(constant, 4, -1), "does not hold as many elements");
    }

    @Test
    void identity_ofTheInput_isTheInput() {
        Value y = builder.input("y", 2);
        assertArrayEquals(new double[] {1, 2}, run(y, 1, 1, 2));
    }

    private static void assertRefused(Executable action, String part) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(part), message);
    }
}
