package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRoundTripTest {
    /** Same structure, same constants to the bit, same metadata and Φ. */
    static void assertSame(RecoveryNetwork expected, RecoveryNetwork actual) {
        assertEquals(expected.input().toString(), actual.input().toString());
        assertEquals(expected.outputs().toString(), actual.outputs().toString());
        assertEquals(expected.metadata(), actual.metadata());
        assertEquals(expected.matrix(), actual.matrix());
        assertEquals(expected.nodes().size(), actual.nodes().size());
        for (int at = 0; at < expected.nodes().size(); at++) {
            Node a = expected.nodes().get(at);
            Node b = actual.nodes().get(at);
            assertEquals(List.of(a.name(), a.operator(), a.inputs().toString(), a.outputs().toString(),
                    a.attributes()), List.of(b.name(), b.operator(), b.inputs().toString(), b.outputs().toString(),
                    b.attributes()));
            for (int input = 0; input < a.inputs().size(); input++) {
                assertArrayEquals(a.inputs().get(input).floats(), b.inputs().get(input).floats());
                assertArrayEquals(a.inputs().get(input).integers(), b.inputs().get(input).integers());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void writeThenRead_randomNetwork_isTheSameAndComputesTheSame(long seed) {
        RecoveryNetwork network = RandomNetworks.network(seed);
        byte[] bytes = OnnxWriter.encode(network);
        RecoveryNetwork read = OnnxReader.read(bytes, network.name());
        assertSame(network, read);
        assertArrayEquals(bytes, OnnxWriter.encode(network), "the same network gives the same bytes");
        assertArrayEquals(bytes, OnnxWriter.encode(read), "what was read is written as it was");
        double[] y = RandomNetworks.measurements(seed, 3 * network.metadata().m());
        List<double[]> before = new ReferenceExecutor(network).run(y, 3);
        List<double[]> after = new ReferenceExecutor(read).run(y, 3);
        for (int output = 0; output < before.size(); output++) {
            assertArrayEquals(before.get(output), after.get(output));
        }
    }

    @Test
    void write_allMetadata_comeBack(@TempDir Path folder) throws Exception {
        NetworkBuilder builder = new NetworkBuilder("full");
        MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(4, 8, 2, 1);
        Value y = builder.input("y", 4);
        Value estimate = builder.output(builder.matMul(y, builder.constant("W", matrix.toArray(), 4, 8)), "estimate");
        builder.output(builder.relu(estimate), "x");
        NetworkMetadata metadata = NetworkMetadata.of(8, 4, 1).withVersion(Long.MAX_VALUE / 10)
                .withSignal(1000.0 / 3, "m/s²").withScales(-1e-12, Math.PI, 1e300)
                .withProvenance(new Provenance("reluctor train", "data of 3 Ω\nsecond line", "PRD 1 %", 7, 1.5e-5));
        RecoveryNetwork network = builder.build(metadata, matrix);
        OnnxWriter.write(network, folder.resolve("full.onnx"));
        OnnxWriter.write(network, folder.resolve("full.onnx"));
        RecoveryNetwork read = OnnxReader.read(folder.resolve("full.onnx"));
        assertSame(network, read);
        assertEquals(metadata.withMatrix("Phi", matrix.id()), read.metadata());
        assertEquals(64, read.sha256().length());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing is left beside the file");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 5, 8, 13, 21})
    void read_anyBytesChanged_isANetworkOrARefusal(long seed) {
        byte[] good = OnnxWriter.encode(RandomNetworks.network(seed));
        SplitMix64 random = new SplitMix64(4711);
        int refused = 0;
        for (int round = 0; round < 4_000; round++) {
            byte[] bad = good.clone();
            for (long change = random.bounded(3); change >= 0; change--) {
                bad[(int) random.bounded(bad.length)] = (byte) random.next();
            }
            refused += isRefused(bad) ? 1 : 0;
        }
        assertTrue(refused > 400 && refused < 4_000, refused + " of 4000 refused, seed 4711");
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            OnnxReader.read(bytes, "changed.onnx");
            return false;
        } catch (NetworkFormatException refusal) {
            assertTrue(refusal.getMessage().startsWith("changed.onnx: "), refusal.getMessage());
            return true;
        }
    }
}
