package org.reluctor.learn.data;

/**
 * One quantity of a recording over time. Samples are kept as the converter or the file gave them; {@link #value} gives
 * them in their unit, (sample − zero) / gain, so that recordings of different gain can be mixed.
 *
 * @param name    such as the lead's name; may be empty
 * @param unit    of the values; empty where the file does not say
 * @param zero    the sample that stands for 0
 * @param gain    samples a unit; finite, not 0
 * @param samples shared, not copied; NaN where the sample was not valid
 */
public record Channel(String name, String unit, double zero, double gain, float[] samples) {
    /** Samples that are values already. */
    public static Channel of(String name, String unit, float[] values) {
        return new Channel(name, unit, 0, 1, values);
    }

    /** One sample in the channel's unit; NaN where it was not valid. */
    public double value(int at) {
        return (samples[at] - zero) / gain;
    }

    /** Whether that sample was valid. */
    public boolean isValid(int at) {
        return !Float.isNaN(samples[at]);
    }

    /** Mean of the squares of all valid values; 0 where there is none. */
    public double power() {
        double sum = 0;
        int valid = 0;
        for (int at = 0; at < samples.length; at++) {
            if (isValid(at)) {
                sum += value(at) * value(at);
                valid++;
            }
        }
        return valid == 0 ? 0 : sum / valid;
    }
}
