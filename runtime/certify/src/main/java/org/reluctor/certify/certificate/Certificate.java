package org.reluctor.certify.certificate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.ProvenBox;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;
import org.reluctor.certify.property.NoiseGain;
import org.reluctor.certify.property.Probe;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.SignalClass;

/**
 * Bounds of a network for a signal class, with their proofs.
 *
 * @param networkSha256 of the network's file, 64 hexadecimal digits
 * @param signals       for which they hold
 * @param execution     of the network
 * @param bounds        by property, in the enumeration's order
 * @param gain          where it was asked for
 * @param probes        of float32 execution; empty where none were asked for
 */
public record Certificate(String networkSha256, SignalClass signals, Execution execution,
        Map<Property, ProvenBox> bounds, Optional<NoiseGain> gain, List<Probe> probes) {
    /** At most the least element of a box. */
    public static double least(Box box) {
        double least = Double.POSITIVE_INFINITY;
        for (double low : box.low()) {
            least = Math.min(least, low);
        }
        return least;
    }

    /** At least the largest element of a box. */
    public static double most(Box box) {
        double most = Double.NEGATIVE_INFINITY;
        for (double high : box.high()) {
            most = Math.max(most, high);
        }
        return most;
    }

    /** At least the largest Euclidean norm of a box's points. */
    public static double norm(Box box) {
        double sum = 0;
        for (double magnitude : box.magnitudes()) {
            sum = Outward.addUp(sum, Outward.mulUp(magnitude, magnitude));
        }
        return Math.nextUp(Math.sqrt(sum));
    }
}
