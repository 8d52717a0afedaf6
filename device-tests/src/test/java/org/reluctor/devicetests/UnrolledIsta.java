package org.reluctor.devicetests;

import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * Phases of ISTA: x̃ = soft(xΨ)Ψ⁻¹, then x = x̃ + (y − x̃Φᵀ)W, beginning with x = yW. Rows are signals.
 *
 * @param y       measurements, the input
 * @param start   W, m×n
 * @param phi     Φᵀ, n×m
 * @param psi     Ψ, n×n
 * @param inverse Ψ⁻¹ or what stands for it, n×n
 */
public record UnrolledIsta(Value y, Value start, Value phi, Value psi, Value inverse) {
    /** Adds a phase for each threshold, and both outputs: the signal and the estimate. */
    public void addTo(NetworkBuilder builder, float... thresholds) {
        Value x = builder.matMul(y, start);
        Value estimate = x;
        for (int phase = 0; phase < thresholds.length; phase++) {
            Value threshold = builder.constant("t" + phase, new float[] {thresholds[phase]}, 1);
            Value z = builder.matMul(x, psi);
            Value soft = builder.sub(builder.relu(builder.sub(z, threshold)),
                    builder.relu(builder.sub(builder.neg(z), threshold)));
            estimate = builder.matMul(soft, inverse);
            x = builder.add(estimate, builder.matMul(builder.sub(y, builder.matMul(estimate, phi)), start));
        }
        builder.output(x, "x");
        builder.output(estimate, RecoveryNetwork.ESTIMATE);
    }
}
