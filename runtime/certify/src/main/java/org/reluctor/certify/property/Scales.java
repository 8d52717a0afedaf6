package org.reluctor.certify.property;

import java.util.Arrays;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.SparseMap;
import org.reluctor.network.NetworkMetadata;

/** The scales before and behind a network, as layers. */
final class Scales {
    /** Scales are float64 numbers that a device's program may hold as float32. */
    static final double ERROR = 0x1p-23;

    private Scales() {
    }

    /** Measurements, in the unit of Φx, as the network takes them. */
    static int input(LayerGraph.Builder builder, int layer, NetworkMetadata metadata) {
        int size = builder.size(layer);
        return builder.affine(layer, SparseMap.scaling(size, 1 / metadata.inputScale()), new double[size],
                Float32Rounding.ofSums(1).withCoefficientError(ERROR));
    }

    /** A network's output in the signal's unit. */
    static int output(LayerGraph.Builder builder, int layer, NetworkMetadata metadata) {
        double[] offset = new double[builder.size(layer)];
        Arrays.fill(offset, metadata.outputOffset());
        return builder.affine(layer, SparseMap.scaling(offset.length, metadata.outputScale()), offset,
                Float32Rounding.ofSums(2).withCoefficientError(ERROR));
    }
}
