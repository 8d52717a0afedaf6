package org.reluctor.certify.property;

import java.util.random.RandomGenerator;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/** Small unrolled networks of the shipped one's kind: linear start, soft threshold, synthesis, data consistency. */
public final class ShrinkageNetworks {
    private ShrinkageNetworks() {
    }

    /** Two phases for n samples from m measurements, with scales and an offset. */
    public static RecoveryNetwork random(RandomGenerator random, int n, int m) {
        MeasurementMatrix matrix = MeasurementMatrix.dense(m, n, floats(random, m * n, 1));
        NetworkBuilder builder = new NetworkBuilder("small");
        Value y = builder.input("y", m);
        Value phi = builder.constant("Phi", matrix.toArray(), m, n);
        Value x = builder.gemm(y, builder.constant("W0", floats(random, n * m, 0.5), n, m), null, true);
        Value synthesis = x;
        for (int phase = 0; phase < 2; phase++) {
            Value z = builder.matMul(x, builder.constant("Psi" + phase, floats(random, n * n, 0.6), n, n));
            Value t = builder.constant("t" + phase, new float[] {0.1f}, 1);
            Value s = builder.sub(builder.relu(builder.sub(z, t)), builder.relu(builder.sub(builder.neg(z), t)));
            synthesis = builder.gemm(s, builder.constant("S" + phase, floats(random, n * n, 0.6), n, n), null, true);
            Value rest = builder.sub(y, builder.gemm(synthesis, phi, null, true));
            x = builder.add(synthesis, builder.gemm(rest,
                    builder.constant("C" + phase, floats(random, n * m, 0.3), n, m), null, true));
        }
        builder.output(x, "signal");
        builder.output(synthesis, RecoveryNetwork.ESTIMATE);
        return builder.build(NetworkMetadata.of(n, m, 1).withMatrix("Phi", matrix.id()).withScales(0.5, 0.5, 0.25),
                matrix);
    }

    private static float[] floats(RandomGenerator random, int size, double scale) {
        float[] result = new float[size];
        for (int at = 0; at < size; at++) {
            result[at] = (float) (scale * random.nextDouble(-1, 1));
        }
        return result;
    }
}
