package org.reluctor.certify.property;

import org.reluctor.certify.bound.Gain;
import org.reluctor.certify.bound.GainBound;
import org.reluctor.certify.bound.LayerBounds;

/**
 * How much an error of the measurements grows on its way to the signal, at most: ‖x̂(y) − x̂(y')‖ against ‖y − y'‖, in
 * the units of signal and Φx, in exact arithmetic; float32 execution adds its own rounding, once at either end.
 *
 * @param local  for two y, y' of the declared signals and noise
 * @param global for any two
 */
public record NoiseGain(Gain local, Gain global) {
    /** As on the command line and in certificates. */
    public static final String WORD = "noise-gain";

    /**
     * Derives the gains, without any choice: who has the boxes finds the same.
     *
     * @param bounds of the statement's graph, hidden layers narrowed
     */
    public static NoiseGain of(RecoveryStatement statement, LayerBounds bounds) {
        int y = statement.measurements();
        Gain global = GainBound.global(statement.graph(), y, statement.signal());
        Gain local = GainBound.local(bounds, y, statement.signal());
        return new NoiseGain(new Gain(Math.min(local.l2(), global.l2()), Math.min(local.linf(), global.linf())),
                global);
    }
}
