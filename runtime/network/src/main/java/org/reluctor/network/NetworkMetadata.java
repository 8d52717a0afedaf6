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
 * @param outputScale  x = outputScale·output + outputOffset; finite; default 1
 * @param outputOffset in the unit of x; default 0
 * @param trainedBy    method and command; empty where absent
 * @param trainedOn    data; empty where absent
 * @param figures      quality as measured by whoever trained it; empty where absent
 */
public record NetworkMetadata(int n, int m, int channels, String matrixName, String matrixId, long version,
        double sampleRateHz, String unit, double inputScale, double outputScale, double outputOffset,
        String trainedBy, String trainedOn, String figures) {
}
