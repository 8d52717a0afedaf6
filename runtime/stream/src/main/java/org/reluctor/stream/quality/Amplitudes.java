package org.reluctor.stream.quality;

/**
 * How large the samples of a signal are, in their unit.
 *
 * @param min  least sample
 * @param max  largest sample
 * @param mean of all samples
 * @param rms  root mean square
 */
public record Amplitudes(float min, float max, float mean, float rms) {
    /** Of the first {@code count} samples. */
    public static Amplitudes of(float[] x, int count) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            float sample = x[i];
            min = Math.min(min, sample);
            max = Math.max(max, sample);
            sum += sample;
            squares += (double) sample * sample;
        }
        return new Amplitudes(min, max, (float) (sum / count), (float) Math.sqrt(squares / count));
    }
}
