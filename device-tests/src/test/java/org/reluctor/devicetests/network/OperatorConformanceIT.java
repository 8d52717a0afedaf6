package org.reluctor.devicetests.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.selftest.OperatorCases;
import org.reluctor.app.selftest.OperatorTolerance;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.operation.KernelForm;

/**
 * Every operator over random shapes, attributes and operands: each partner's float32 results against the float64
 * reference. A failure names the seed, from which {@link OperatorCases#network} makes the network again.
 */
class OperatorConformanceIT {
    private static final int SEEDS = 32;
    /** Frames: one, some, and a whole tile with a rest. */
    private static final int[] BATCHES = {1, 3, Gemm.TILE + 1};

    /** Of the test alone: who only borrows its cases may have a driver that does not bear ONNX Runtime beside it. */
    private static Partner onnxRuntime;
    private static DeviceSession session;
    private static DeviceSession withoutCaller;

    @BeforeAll
    static void open() {
        onnxRuntime = new OnnxRuntimePartner();
        session = TestDevice.open();
        withoutCaller = TestDevice.openWithoutCaller();
    }

    @AfterAll
    static void close() {
        withoutCaller.close();
        session.close();
    }

    static Stream<Operator> operators() {
        return Arrays.stream(Operator.values()).filter(operator -> !operator.onlyShapes());
    }

    @ParameterizedTest
    @MethodSource("operators")
    void run_onOnnxRuntime_equalsReference(Operator operator) throws Exception {
        compare(operator, seed -> onnxRuntime, "ONNX Runtime");
    }

    /**
     * Each form of the kernels, in tiles and not, and CPU's own in every way of launching it; each over pairs of seeds,
     * of which one has the odd numbers.
     */
    @ParameterizedTest
    @MethodSource("operators")
    void run_onDevice_equalsReference(Operator operator) throws Exception {
        List<Partner> forms = new ArrayList<>();
        for (boolean tiled : new boolean[] {false, true}) {
            for (KernelForm form : KernelForm.values()) {
                forms.add(new DevicePartner(session, form, tiled));
            }
            for (DevicePartner.Together together : DevicePartner.Together.values()) {
                forms.add(new DevicePartner(withoutCaller, KernelForm.PANEL, tiled, together));
            }
        }
        compare(operator, seed -> forms.get((int) (seed / 2 % forms.size())), "device");
    }

    private static void compare(Operator operator, LongFunction<Partner> partners, String name) throws Exception {
        double worst = 0;
        List<String> failures = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            RecoveryNetwork network = OperatorCases.network(operator, seed);
            int batch = BATCHES[(int) (seed % BATCHES.length)];
            double excess = excess(operator, network, partners.apply(seed), seed, batch);
            worst = Math.max(worst, excess);
            if (excess > 1) {
                failures.add("seed " + seed + " (batch " + batch + "): " + excess + " of the tolerance, "
                        + network.nodes());
            }
        }
        System.out.printf("%-20s seeds 1 to %d, against %s: %.2f of the tolerance%n", operator.onnxName(), SEEDS, name,
                worst);
        assertTrue(failures.isEmpty(), () -> name + ": " + String.join("\n", failures));
    }

    static double excess(Operator operator, RecoveryNetwork network, Partner partner, long seed, int batch)
            throws Exception {
        float[] y = OperatorCases.measurements(operator, seed, batch * network.metadata().m());
        double[] wide = new double[y.length];
        Arrays.setAll(wide, at -> y[at]);
        List<double[]> expected = new ReferenceExecutor(network).run(wide, batch);
        float[][] actual = partner.run(network, y, batch);
        double worst = 0;
        for (int output = 0; output < actual.length; output++) {
            worst = Math.max(worst, OperatorTolerance.of(operator).excess(expected.get(output), actual[output],
                    element -> partner.answersFor(operator, element)));
        }
        return worst;
    }
}
