package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.network.Attributes;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.Value;

/** Network files of any bytes. */
class OnnxFuzzTest {
    private final NetworkTrip trip = new NetworkTrip(1L << 30, 30);

    static Stream<byte[]> seeds() {
        return Stream.of(linear(), image());
    }

    private static byte[] linear() {
        NetworkBuilder network = new NetworkBuilder("linear");
        Value phi = network.constant("Phi", new float[] {1, 0, 0, 1, 1, 0}, 2, 3);
        Value estimate = network.matMul(network.input("y", 2), phi);
        network.output(estimate, "estimate");
        Value weights = network.constant("W", new float[9], 3, 3);
        network.output(network.relu(network.gemm(estimate, weights, null, true)), "x");
        return OnnxWriter.encode(network.build(null, MeasurementMatrix.dense(2, 3, new float[] {1, 0, 0, 1, 1, 0})));
    }

    private static byte[] image() {
        NetworkBuilder network = new NetworkBuilder("image");
        Value image = network.reshape(network.input("y", 16), 0, 1, 4, 4);
        Value features = network.conv(image, network.constant("K", new float[18], 2, 1, 3, 3), null,
                new Attributes(Map.of("pads", new long[] {1, 1, 1, 1})));
        network.output(network.flatten(network.slice(network.transpose(features, 0, 2, 3, 1), 3, 0, 1)), "x");
        return OnnxWriter.encode(network.build());
    }

    @MethodSource("seeds")
    @FuzzTest
    void onnx(byte[] file) throws Exception {
        trip.check(file);
    }
}
