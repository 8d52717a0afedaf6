package org.reluctor.engine.lowering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Operator;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Access;

class LoweringTest {
    private final NetworkBuilder builder = new NetworkBuilder("test");

    private Value matrix(String name, int rows, int columns) {
        return builder.constant(name, new float[rows * columns], rows, columns);
    }

    private LoweredNetwork lower(Value output) {
        builder.output(output, "x");
        return Lowering.lower(builder.build());
    }

    @Test
    void lower_softThresholdBehindProduct_isOneStep() {
        Value z = builder.matMul(builder.input("y", 4), matrix("W", 4, 8));
        Value t = builder.constant("t", new float[] {0.5f});
        Value soft = builder.sub(builder.relu(builder.sub(z, t)), builder.relu(builder.sub(builder.neg(z), t)));
        LoweredNetwork lowered = lower(soft);
        assertEquals(1, lowered.steps().size());
        assertEquals(1, lowered.steps().get(0).outputs().size(), "z itself is read by nobody and not stored");
    }

    @Test
    void lower_residualOfEarlierTensor_joinsTheLaterProduct() {
        Value y = builder.input("y", 4);
        Value x = builder.matMul(y, matrix("W", 4, 8));
        Value back = builder.matMul(x, matrix("P", 8, 8));
        LoweredNetwork lowered = lower(builder.add(x, back));
        assertEquals(2, lowered.steps().size());
        Step last = lowered.steps().get(1);
        assertEquals(List.of(Access.FRAME), last.operands().stream().map(Operand::access).toList());
        assertSame(lowered.steps().get(0).outputs().get(0), last.operands().get(0).tensor());
    }

    @Test
    void lower_broadcastOfAComputedTensor_isReadThroughAMap() {
        Value y = builder.input("y", 6);
        Value grid = builder.reshape(y, 0, 2, 3);
        Value each = builder.matMul(grid, matrix("m", 3, 1));
        LoweredNetwork lowered = lower(builder.sub(grid, each));
        Step last = lowered.steps().get(lowered.steps().size() - 1);
        Operand mapped = last.operands().stream().filter(operand -> operand.access() == Access.MAPPED).findFirst()
                .orElseThrow();
        assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1}, mapped.map());
    }

    @Test
    void lower_constantOfSomeDimensions_isExpandedToAFrame() {
        Value grid = builder.reshape(builder.input("y", 6), 0, 2, 3);
        LoweredNetwork lowered = lower(builder.mul(grid, builder.constant("g", new float[] {2, 5}, 2, 1)));
        assertArrayEquals(new float[] {2, 2, 2, 5, 5, 5}, lowered.steps().get(0).operands().stream()
                .filter(operand -> operand.access() == Access.FEATURE).findFirst().orElseThrow().constant());
    }

    @Test
    void lower_longChainOfProducts_reusesTwoBuffers() {
        Value x = builder.matMul(builder.input("y", 4), matrix("W", 4, 8));
        for (int i = 0; i < 6; i++) {
            x = builder.matMul(x, matrix("P" + i, 8, 8));
        }
        LoweredNetwork lowered = lower(x);
        assertEquals(List.of(4, 8, 8), lowered.slots());
        for (Step step : lowered.steps()) {
            assertNotEquals(step.input().slot(), step.outputs().get(0).slot(), "a product may not overwrite its input");
        }
    }

    @Test
    void lower_outputs_keepTheirBuffersToTheEnd() {
        Value y = builder.input("y", 8);
        Value first = builder.output(builder.matMul(y, matrix("A", 8, 8)), "x");
        Value second = builder.matMul(builder.relu(first), matrix("B", 8, 8));
        builder.output(builder.matMul(second, matrix("C", 8, 8)), "estimate");
        LoweredNetwork lowered = Lowering.lower(builder.build());
        long distinct = lowered.outputs().stream().map(Tensor::slot).distinct().count();
        assertEquals(2, distinct);
        assertTrue(lowered.outputs().stream().noneMatch(tensor -> tensor.slot() == lowered.input().slot()));
    }

    @Test
    void lower_gemmWithAlphaAndBeta_foldsThemIntoConstants() {
        Value y = builder.input("y", 2);
        Value b = builder.constant("b", new float[] {1, 2}, 2, 1);
        Value c = builder.constant("c", new float[] {3});
        Value x = builder.apply(Operator.GEMM, new Attributes(java.util.Map.of("alpha", 2f, "beta", 10f)), y, b, c);
        Step step = lower(x).steps().get(0);
        assertArrayEquals(new float[] {2, 4}, ((MatrixFactor) step.core()).elements());
        assertArrayEquals(new float[] {30}, step.operands().get(0).constant());
    }

    @Test
    void lower_convolutionsInARow_layResultsAsTheNextReadsThem() {
        Value image = builder.reshape(builder.input("y", 36), 0, 1, 6, 6);
        Value first = builder.relu(convolution("v", image, 1, 2));
        LoweredNetwork lowered = lower(convolution("w", first, 2, 1));
        assertEquals(3, lowered.steps().size(), "padded copy of the measurements; convolution with relu; convolution");
        Step inner = lowered.steps().get(1);
        assertEquals(2, inner.expression().terms());
        assertEquals(((ConvolutionFactor) lowered.steps().get(2).core()).input(),
                ((ConvolutionFactor) inner.core()).output());
        assertEquals(lowered.steps().get(2).input(), inner.outputs().get(0));
    }

    @Test
    void lower_convolutionOfSeveralChannelsAsOutput_isCopiedIntoOnnxOrder() {
        Value image = builder.reshape(builder.input("y", 16), 0, 1, 4, 4);
        LoweredNetwork lowered = lower(convolution("w", image, 1, 2));
        assertEquals(3, lowered.steps().size(), "padded copy; convolution; copy channel after channel");
        int[] map = lowered.steps().get(2).operands().get(0).map();
        assertArrayEquals(new int[] {0, 2, 4}, java.util.Arrays.copyOf(map, 3));
        assertEquals(1, map[16], "the second channel begins beside the first");
    }

    @Test
    void lower_biasOfAConvolution_isHeldOncePerChannel() {
        Value image = builder.reshape(builder.input("y", 16), 0, 1, 4, 4);
        Value bias = builder.constant("bias", new float[] {5, 6, 7}, 3);
        LoweredNetwork lowered = lower(builder.apply(Operator.CONV, Attributes.NONE, image,
                builder.constant("w", new float[27], 3, 1, 3, 3), bias));
        Operand operand = lowered.steps().get(1).operands().get(0);
        assertEquals(org.reluctor.opencl.operation.Access.PERIODIC, operand.access());
        assertEquals(3, operand.period());
        assertArrayEquals(new float[] {5, 6, 7, 5}, java.util.Arrays.copyOf(operand.constant(), 4));
    }

    private Value convolution(String name, Value x, int from, int to) {
        return builder.apply(Operator.CONV, new Attributes(java.util.Map.of("pads", new long[] {1, 1, 1, 1})), x,
                builder.constant(name, new float[to * from * 9], to, from, 3, 3));
    }

    @Test
    void lower_matrixTimesComputedValue_readsItTransposed() {
        Value x = builder.reshape(builder.input("y", 6), 0, 3, 2);
        LoweredNetwork lowered = lower(builder.matMul(matrix("P", 5, 3), x));
        assertArrayEquals(new int[] {0, 2, 4, 1, 3, 5}, lowered.steps().get(0).operands().get(0).map());
        assertEquals(2, ((MatrixFactor) lowered.steps().get(1).core()).tokens());
    }

    @Test
    void lower_reductionOverTheBatch_isRefused() {
        Value y = builder.input("y", 4);
        LoweringException thrown = assertThrows(LoweringException.class,
                () -> Reduction.sources(y.shape(), new long[] {0}));
        assertTrue(thrown.getMessage().contains("batch"), thrown.getMessage());
    }

    /** However many groups: one copy of the input, one step for all of them, and one copy of the result. */
    @Test
    void lower_groupedConvolution_isOneStep() {
        Value image = builder.reshape(builder.input("y", 64 * 16), 0, 64, 4, 4);
        LoweredNetwork lowered = lower(builder.apply(Operator.CONV, new Attributes(java.util.Map.of("group", 64L)),
                image, builder.constant("w", new float[64 * 9], 64, 1, 3, 3)));
        assertEquals(3, lowered.steps().size());
        assertEquals(64, ((ConvolutionFactor) lowered.steps().get(1).core()).window().groups());
    }

    @Test
    void lower_concatOfManyParts_readsEachPlaceOnce() {
        Value y = builder.input("y", 2);
        Value[] parts = new Value[100];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = builder.matMul(y, matrix("W" + i, 2, 3));
        }
        Step last = lower(builder.concat(1, parts)).steps().get(100);
        assertEquals(List.of(Access.JOINED), last.operands().stream().map(Operand::access).toList());
        assertEquals(100, last.operands().get(0).tensors().size());
        assertEquals(300, last.operands().get(0).map().length);
    }

    @Test
    void lower_paddingBeyondAnyDevice_isRefused() {
        Value image = builder.reshape(builder.input("y", 1), 0, 1, 1, 1);
        Value x = builder.apply(Operator.CONV, new Attributes(java.util.Map.of(
                "pads", new long[] {32768, 32768, 32768, 32768}, "strides", new long[] {32768, 32768})), image,
                builder.constant("w", new float[1], 1, 1, 1, 1));
        String message = assertThrows(LoweringException.class, () -> lower(x)).getMessage();
        assertTrue(message.contains("1 × 1 × 1, which its padding and strides make 1 × 65537 × 65537"), message);
    }

    @Test
    void lower_productOfHugeComputedMatrices_isRefused() {
        Value y = builder.reshape(builder.input("y", 1 << 20), 0, 1024, 1024);
        String message = assertThrows(LoweringException.class, () -> lower(builder.matMul(y, y))).getMessage();
        assertTrue(message.contains("multiplies 1073741824 pairs"), message);
    }

    @Test
    void lower_movementsThatTakeMoreMemoryThanTheFileIsWorth_areRefused() {
        Value moved = builder.reshape(builder.input("y", 1 << 22), 0, 2048, 2048);
        for (int times = 0; times < 34; times++) {
            moved = builder.transpose(moved, 0, 2, 1);
        }
        Value last = moved;
        String message = assertThrows(LoweringException.class, () -> lower(last)).getMessage();
        assertTrue(message.contains("move and repeat elements in 138412032 places; at most 134217728"), message);
    }
}
