package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NetworkBuilderTest {
    private final NetworkBuilder builder = new NetworkBuilder("test");

    private static void assertRefused(Executable action, String part) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void output_computedValue_isRenamedEverywhere() {
        Value y = builder.input("y", 2);
        Value hidden = builder.relu(y);
        Value before = builder.neg(hidden);
        Value output = builder.output(hidden, "x");
        Value after = builder.abs(hidden);
        builder.output(builder.add(before, after), "second");
        RecoveryNetwork network = builder.build();
        assertNotSame(hidden, output);
        assertSame(output, network.signal());
        assertSame(output, network.nodes().get(0).output());
        assertSame(output, network.nodes().get(1).inputs().get(0));
        assertSame(output, network.nodes().get(2).inputs().get(0));
        assertEquals(4, network.nodes().size());
    }

    @Test
    void output_sameValueTwice_getsAnIdentity() {
        Value relu = builder.relu(builder.input("y", 2));
        builder.output(relu, "x");
        builder.output(relu, "estimate");
        RecoveryNetwork network = builder.build();
        assertEquals(Operator.IDENTITY, network.nodes().get(1).operator());
        List<double[]> outputs = new ReferenceExecutor(network).run(new double[] {1, -1}, 1);
        assertArrayEquals(outputs.get(0), outputs.get(1));
        assertNotSame(outputs.get(0), outputs.get(1));
    }

    @Test
    void from_readNetwork_isExtendedByAResidual() {
        MeasurementMatrix matrix = MeasurementMatrix.dense(2, 3, new float[] {1, 0, 1, 0, 1, 0});
        RecoveryNetwork original = OnnxReader.read(OnnxWriter.encode(matched(matrix)), "ecg");
        NetworkBuilder further = NetworkBuilder.from(original);
        Value phi = further.constant(further.unusedName("Phi"), matrix.toArray(), 2, 3);
        Value residual = further.sub(original.input(), further.gemm(original.signal(), phi, null, true));
        further.output(residual, "residual");
        RecoveryNetwork extended = further.build();
        assertEquals("[x, residual]", extended.outputs().stream().map(Value::name).toList().toString());
        assertSame(original.signal(), extended.signal());
        assertEquals(original.metadata(), extended.metadata());
        assertEquals(original.matrix(), extended.matrix());
        List<double[]> outputs = new ReferenceExecutor(extended).run(new double[] {3, 4}, 1);
        assertArrayEquals(new double[] {3, 4, 3}, outputs.get(0));
        assertArrayEquals(new double[] {3 - 6, 0}, outputs.get(1));
        OnnxRoundTripTest.assertSame(extended, OnnxReader.read(OnnxWriter.encode(extended), "again"));
    }

    private RecoveryNetwork matched(MeasurementMatrix matrix) {
        Value y = builder.input("y", 2);
        builder.output(builder.gemm(y, builder.constant("Phi", matrix.toArray(), 2, 3), null, false), "x");
        return builder.build(null, matrix);
    }

    @Test
    void from_networkWhoseNamesAreLikeOurs_findsFreeOnes() {
        RecoveryNetwork original = new OnnxFile().input("relu1", "N", 2).output("add2").node("Relu", "relu1", "relu2")
                .node("Add", "relu2,target3", "add2").initializer(OnnxFile.floats("target3", new long[] {1}, 5)).read();
        NetworkBuilder further = NetworkBuilder.from(original);
        Value reshaped = further.reshape(further.relu(further.relu(original.signal())), 0, 2, 1);
        further.output(further.add(reshaped, reshaped), "more");
        assertEquals(2, further.build().outputs().size());
        assertEquals("relu1-", further.unusedName("relu1-"));
        assertTrue(further.unusedName("relu1").matches("relu1[0-9]+"));
    }

    @Test
    void build_matrixWithoutMetadata_isNamedAndIdentified() {
        MeasurementMatrix matrix = MeasurementMatrix.dense(2, 3, new float[] {1, 0, 1, 0, 1, 0});
        NetworkMetadata metadata = matched(matrix).metadata();
        assertEquals(NetworkMetadata.of(3, 2, 1).withMatrix("Phi", matrix.id()), metadata);
    }

    @Test
    void build_matrixThatIsNotTheConstantOfItsName_isRefused() {
        assertRefused(() -> {
            builder.output(builder.matMul(builder.input("y", 2), builder.constant("Phi", new float[6], 2, 3)), "x");
            builder.build(null, MeasurementMatrix.rademacher(2, 3, 1));
        }, "bears the measurement matrix's name but is not that matrix");
    }

    @Test
    void build_unfinishedOrContradicting_isRefused() {
        assertRefused(builder::build, "has no input");
        Value y = builder.input("y", 4);
        assertRefused(builder::build, "no output for the signal");
        builder.output(builder.relu(y), "x");
        assertRefused(() -> builder.build(NetworkMetadata.of(3, 4, 1), null), "but n is 3");
        assertRefused(() -> builder.build(NetworkMetadata.of(4, 4, 0), null), "channels is 0");
        assertRefused(() -> builder.build(NetworkMetadata.of(2, 2, 3), null), "6 elements a frame would be right");
        assertRefused(() -> builder.build(NetworkMetadata.of(4, 4, 1).withMatrix("Phi", ""), null), "has none");
        assertRefused(() -> builder.build(NetworkMetadata.of(4, 4, 1).withScales(0, 1, 0), null), "input.scale is 0.0");
        assertRefused(() -> builder.build(null, MeasurementMatrix.rademacher(4, 5, 1)), "is 4×5, but m is 4");
        assertRefused(() -> builder.input("second", 2), "has its input already: y[B, 4]");
        assertRefused(() -> builder.constant("x", new float[1]), "'x' is given to two values");
        assertRefused(() -> builder.relu(Value.computed("foreign", Shape.of(Shape.BATCH, 4))), "not of this network");
        assertRefused(() -> builder.apply(Operator.RELU, new Attributes(Map.of("alpha", 1f)), y), "known are none");
        assertRefused(() -> builder.constant("two", new float[3], 2), "3 elements for the shape [2]");
    }

    @Test
    void build_channels_shareOneMatrix() {
        builder.output(builder.abs(builder.input("y", 6)), "x");
        RecoveryNetwork network = builder.build(NetworkMetadata.of(2, 2, 3), MeasurementMatrix.rademacher(2, 2, 1));
        assertEquals(3, network.metadata().channels());
    }
}
