package org.reluctor.network;

/**
 * What a network file says about itself: {@code metadata_props} under {@code reluctor.}. Where a key is absent, the
 * component holds what the graph's shapes say, or its neutral value.
 *
 * @param n            samples a channel
 * @param m            measurements a channel
 * @param channels     at least 1; one Φ serves all
 * @param matrixName   initializer that holds Φ, [m, n]; empty where there is none
 * @param matrixId     head of SHA-256 over Φ, 16 hexadecimal digits; empty where unknown
 * @param version      grows with every release of the same network; 0 where absent
 * @param sampleRateHz of the signals trained on; NaN where absent
 * @param unit         of the signal, UCUM; empty where absent
 * @param inputScale   y is divided by it before the network; finite, not 0; default 1
 * @param outputScale  x = outputScale·output + outputOffset; finite, not 0; default 1
 * @param outputOffset in the unit of x; default 0
 * @param provenance   how it was trained
 */
public record NetworkMetadata(int n, int m, int channels, String matrixName, String matrixId, long version,
        double sampleRateHz, String unit, double inputScale, double outputScale, double outputOffset,
        Provenance provenance) {
    /** Whole numbers of a file are read with up to 18 digits. */
    private static final long WHOLE_NUMBERS = 1_000_000_000_000_000_000L;

    /** Sizes alone; everything else absent. */
    public static NetworkMetadata of(int n, int m, int channels) {
        return new NetworkMetadata(n, m, channels, "", "", 0, Double.NaN, "", 1, 1, 0,
                Provenance.UNKNOWN);
    }

    /** The same with Φ's initializer and id. */
    public NetworkMetadata withMatrix(String name, String id) {
        return new NetworkMetadata(n, m, channels, name, id, version, sampleRateHz, unit, inputScale, outputScale,
                outputOffset, provenance);
    }

    /** The same with another version. */
    public NetworkMetadata withVersion(long newVersion) {
        return new NetworkMetadata(n, m, channels, matrixName, matrixId, newVersion, sampleRateHz, unit, inputScale,
                outputScale, outputOffset, provenance);
    }

    /** The same with the signal's sample rate in Hz and unit (UCUM). */
    public NetworkMetadata withSignal(double rateHz, String signalUnit) {
        return new NetworkMetadata(n, m, channels, matrixName, matrixId, version, rateHz, signalUnit, inputScale,
                outputScale, outputOffset, provenance);
    }

    /** The same with other scales; see the components. */
    public NetworkMetadata withScales(double input, double output, double offset) {
        return new NetworkMetadata(n, m, channels, matrixName, matrixId, version, sampleRateHz, unit, input, output,
                offset, provenance);
    }

    /** The same with another provenance. */
    public NetworkMetadata withProvenance(Provenance trained) {
        return new NetworkMetadata(n, m, channels, matrixName, matrixId, version, sampleRateHz, unit, inputScale,
                outputScale, outputOffset, trained);
    }

    /** Refuses values out of range; the message names the key, the value and what would be right. */
    void check() {
        require(n >= 1, "n", n, "1 or more");
        require(m >= 1, "m", m, "1 or more");
        require(channels >= 1, "channels", channels, "1 or more");
        require(version >= 0 && version < WHOLE_NUMBERS, "version", version, "from 0 to " + (WHOLE_NUMBERS - 1));
        require(Double.isNaN(sampleRateHz) || sampleRateHz > 0 && sampleRateHz < Double.POSITIVE_INFINITY,
                "sample.rate", sampleRateHz, "finite and above 0, in Hz");
        require(Double.isFinite(inputScale) && inputScale != 0, "input.scale", inputScale, "finite and not 0");
        require(Double.isFinite(outputScale) && outputScale != 0, "output.scale", outputScale, "finite and not 0");
        require(Double.isFinite(outputOffset), "output.offset", outputOffset, "finite");
        long parameters = provenance.parameters();
        require(parameters >= 0 && parameters < WHOLE_NUMBERS, "trained.parameters", parameters,
                "from 0 to " + (WHOLE_NUMBERS - 1));
        double gap = provenance.gap();
        require(Double.isNaN(gap) || gap >= 0 && Double.isFinite(gap), "trained.gap", gap, "finite and 0 or more");
    }

    private static void require(boolean holds, String key, Object value, String right) {
        if (!holds) {
            throw new IllegalArgumentException(MetadataProperties.PREFIX + key + " is " + value + "; it must be "
                    + right);
        }
    }
}
