package org.reluctor.devicetests.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * What each storage of weights costs the measured networks with convolutions, against float64. Weights of convolutions
 * stay float32, so that OPINE-Net+ is the same in each. Eight bits are too few for ISTA-Net+: its ΦᵀΦ is applied nine
 * times, and rounding it costs twice what is allowed.
 */
class ReducedWeightsIT {
    private static DeviceSession session;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    static Stream<Arguments> networks() {
        return Stream.of(Arguments.of("ista-net-plus", (Supplier<Subject>) IstaNetPlusNetwork::build,
                List.of(WeightFormat.BFLOAT16, WeightFormat.FLOAT16)),
                Arguments.of("ecg", (Supplier<Subject>) EcgNetwork::build, List.of(WeightFormat.values())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void run_anyFormatThatSuits_staysWithinItsLimit(String name, Supplier<Subject> built, List<WeightFormat> formats) {
        Subject subject = built.get();
        float[] y = new RandomWeights(1).uniform(1, (int) subject.network().input().shape().elements(1));
        RelativeError error = RelativeError.against(subject.network(), y, 1, subject.work().operations(1));
        for (WeightFormat weights : formats) {
            try (EngineContender ours = new EngineContender(subject.network(), session, weights, y, 1)) {
                ours.run();
                double found = error.of(ours.signals());
                System.out.printf("%s, %s: %.2e of the signal%n", name, weights, found);
                assertTrue(found <= ErrorLimit.of(weights), name + ", " + weights + ": " + found);
            }
        }
    }
}
