package org.reluctor.app.board;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.reluctor.app.inference.ComparedBatch;
import org.reluctor.app.json.JsonText;
import org.reluctor.engine.Engine;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.ProgramCache;

/**
 * Whether a device computes: a small network is compiled, run, and compared with the float64 reference.
 *
 * @param computes whether the result was right
 * @param problem  why not; empty where it was
 */
public record DeviceProof(boolean computes, String problem) {
    private static final double MOST_ERROR = 1e-4;
    private static final int FRAMES = 4;

    /** Compiles into that folder, unless the device takes binaries only. */
    public static DeviceProof of(Device device, Path cache) {
        if (!device.hasCompiler()) {
            return new DeviceProof(false, "takes programs only that were compiled before: reluctor kernels --help");
        }
        try (DeviceSession session = DeviceSession.open(device, new ProgramCache(cache));
                Engine engine = Engine.create(network(), session, FRAMES)) {
            ComparedBatch frames = new ComparedBatch(engine, FRAMES);
            frames.run();
            double error = frames.error();
            // Not "greater": no number is wrong, too.
            boolean right = error <= MOST_ERROR;
            return new DeviceProof(right, right ? "" : "computes wrong results: relative error " + error);
        } catch (OpenClException | LoweringException e) {
            return new DeviceProof(false, e.getMessage());
        }
    }

    /** Two layers with what every recovery network has: products, sums, Relu. */
    private static RecoveryNetwork network() {
        NetworkBuilder builder = new NetworkBuilder("proof");
        Value y = builder.input("y", 24);
        Value hidden = builder.relu(builder.matMul(y, weights(builder, "A", 24, 40)));
        builder.output(builder.sub(builder.matMul(hidden, weights(builder, "B", 40, 24)), y), "x");
        return builder.build();
    }

    private static Value weights(NetworkBuilder builder, String name, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        float[] weights = new float[rows * columns];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextDouble() - 0.5);
        }
        return builder.constant(name, weights, rows, columns);
    }

    /** For a program. */
    public Map<String, Object> toMap() {
        return JsonText.map("computes", computes, "problem", problem);
    }
}
