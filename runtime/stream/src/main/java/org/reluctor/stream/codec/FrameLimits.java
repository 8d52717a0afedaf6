package org.reluctor.stream.codec;

/**
 * The largest frame that is read at all; a route's network then demands exact sizes.
 *
 * @param maxBytes        bytes of a payload
 * @param maxSamples      n, samples of a signal and channel
 * @param maxMeasurements m·channels, the measurements of all channels together
 * @param maxChannels     channels
 */
public record FrameLimits(int maxBytes, int maxSamples, int maxMeasurements, int maxChannels) {
    /**
     * Most held-out rows of a channel, whatever the other limits: each costs the gateway a walk over all samples, and
     * the error bound of 256 is within a tenth of the error.
     */
    public static final int MOST_HELD_OUT_ROWS = 256;

    /** Checks that every limit lets something through. */
    public FrameLimits {
        positive("maxBytes", maxBytes);
        positive("maxSamples", maxSamples);
        positive("maxMeasurements", maxMeasurements);
        positive("maxChannels", maxChannels);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; at least 1 is right");
        }
    }
}
