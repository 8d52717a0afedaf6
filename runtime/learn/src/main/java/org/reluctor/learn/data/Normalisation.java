package org.reluctor.learn.data;

import java.util.List;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.NetworkMetadata;

/**
 * The scale and offset that bring signals near 0 and 1 for a network, recorded in the network's file so that the
 * runtime undoes them: x = scale·output + offset. Measurements are divided by the same scale; an offset stays in them,
 * and is the network's to deal with.
 *
 * @param scale  finite, above 0; in the unit of the signal
 * @param offset finite; in the unit of the signal
 */
public record Normalisation(double scale, double offset) {
    /** Nothing is changed. */
    public static final Normalisation NONE = new Normalisation(1, 0);

    public Normalisation {
        if (!(scale > 0) || !Double.isFinite(scale) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException("a scale of " + scale + " and an offset of " + offset
                    + "; the scale must be finite and above 0, the offset finite");
        }
    }

    /**
     * For signals around zero: the power of two at or below their root mean square, so that no digit is lost, and no
     * offset.
     *
     * @throws DataFormatException if all signals are zero, or there are none
     */
    public static Normalisation ofPower(List<Channel> channels) {
        double power = channels.stream().mapToDouble(Channel::power).average().orElse(0);
        if (power == 0) {
            throw new DataFormatException("the signals to train on hold nothing but zeros; they have no scale");
        }
        return new Normalisation(Math.scalb(1.0, Math.getExponent(Math.sqrt(power))), 0);
    }

    /** The signals as the network's output is to be: (x − offset) / scale. */
    public Samples apply(Samples signals) {
        Samples result = Samples.zero(signals.count(), signals.width());
        for (int at = 0; at < result.values().length; at++) {
            result.values()[at] = (signals.values()[at] - offset) / scale;
        }
        return result;
    }

    /** What the network's output stands for: scale·output + offset. */
    public Samples undo(Samples outputs) {
        Samples result = Samples.zero(outputs.count(), outputs.width());
        for (int at = 0; at < result.values().length; at++) {
            result.values()[at] = outputs.values()[at] * scale + offset;
        }
        return result;
    }

    /** The metadata with this normalisation in it. */
    public NetworkMetadata record(NetworkMetadata metadata) {
        return metadata.withScales(scale, scale, offset);
    }
}
