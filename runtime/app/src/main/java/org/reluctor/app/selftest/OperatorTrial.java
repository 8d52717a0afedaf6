package org.reluctor.app.selftest;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.reluctor.engine.Engine;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * Every operator on a device, launched as the gateway launches it, held against the float64 reference over some random
 * shapes, attributes and operands, NaN and infinities among them. One thread.
 */
public final class OperatorTrial {
    /** One of plain numbers and one with odd ones: each costs a board a second or more of compiling. */
    private static final int SEEDS = 2;
    /** Frames: a whole tile with a rest, and one. */
    private static final int[] BATCHES = {Gemm.TILE + 1, 1};

    private final DeviceSession session;
    private final LaunchParameters parameters;

    /** @param parameters with weights in float32, whose rounding alone the tolerances allow for */
    public OperatorTrial(DeviceSession session, LaunchParameters parameters) {
        this.session = session;
        this.parameters = parameters;
    }

    /** All operators that stand in networks. */
    public static List<Operator> operators() {
        return Stream.of(Operator.values()).filter(operator -> !operator.onlyShapes()).toList();
    }

    /** Holds one operator against the reference. */
    public Check check(Operator operator) {
        String name = "operator " + operator.onnxName();
        double worst = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            int batch = BATCHES[(int) (seed % BATCHES.length)];
            try {
                double excess = excess(operator, seed, batch);
                if (excess > 1) {
                    return Check.of(false, name, String.format(Locale.ROOT, "%.3g times its tolerance at case %d of a"
                            + " batch of %d", excess, seed, batch));
                }
                worst = Math.max(worst, excess);
            } catch (OpenClException | LoweringException e) {
                return Check.of(false, name, "case " + seed + ": " + e.getMessage());
            }
        }
        return Check.of(true, name, String.format(Locale.ROOT, "at most %.2f of its tolerance over %d cases", worst,
                SEEDS));
    }

    private double excess(Operator operator, long seed, int batch) {
        RecoveryNetwork network = OperatorCases.network(operator, seed);
        float[] y = OperatorCases.measurements(operator, seed, batch * network.metadata().m());
        List<double[]> expected = new ReferenceExecutor(network).run(y, batch);
        float[][] actual = expected.stream().map(output -> new float[output.length]).toArray(float[][]::new);
        try (Engine engine = Engine.create(network, session, parameters, batch)) {
            engine.run(y, batch, actual);
        }
        double worst = 0;
        for (int output = 0; output < actual.length; output++) {
            worst = Math.max(worst, OperatorTolerance.of(operator).excess(expected.get(output), actual[output],
                    element -> true));
        }
        return worst;
    }
}
