package org.reluctor.devicetests.peers;

import java.util.Map;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * OPINE-Net+ (Zhang, Zhao and Gao, 2020) at a measurement ratio of 25 %, on a whole image: nine phases of
 * x ← x − λΦᵀ(Φx − y) and a {@link ConvolutionBlock} over the image, Φ a convolution of the blocks' size and stride, Φᵀ
 * a 1×1 convolution and a sub-pixel shuffle.
 *
 * <p>Blocks are 32×32 with 256 measurements where the paper has 33×33 with 272, so that an image of 256×256 holds whole
 * ones; Φ is real, not of ±1. Neither changes the operations a pixel by more than a thousandth.
 */
final class OpineNetPlusNetwork {
    private static final int PHASES = 9;
    private static final int BLOCK = 32;
    private static final int MEASUREMENTS = 256;
    private static final float STEP = 0.1f;

    private OpineNetPlusNetwork() {
    }

    /** @param side of the image in pixels, a multiple of 32 */
    static Subject build(int side) {
        RandomWeights random = new RandomWeights(BLOCK);
        NetworkBuilder builder = new NetworkBuilder("opine-net-plus");
        int across = side / BLOCK;
        int pixels = BLOCK * BLOCK;
        float[] matrix = random.uniform(1.0 / MEASUREMENTS, MEASUREMENTS * pixels);
        Value y = builder.reshape(builder.input("y", MEASUREMENTS * across * across), 0, MEASUREMENTS, across, across);
        Value phi = builder.constant("Phi", matrix, MEASUREMENTS, 1, BLOCK, BLOCK);
        Value phiT = builder.constant("PhiT", transposed(matrix, pixels), pixels, MEASUREMENTS, 1, 1);
        Attributes blocks = new Attributes(Map.of("strides", new long[] {BLOCK, BLOCK}));
        Value back = builder.pixelShuffle(builder.conv(y, phiT, null, Attributes.NONE), BLOCK);
        ConvolutionBlock block = new ConvolutionBlock(builder, random);
        Value x = back;
        for (int phase = 0; phase < PHASES; phase++) {
            Value step = builder.constant("step" + phase, new float[] {STEP}, 1);
            Value projected = builder.pixelShuffle(builder.conv(builder.conv(x, phi, null, blocks), phiT, null,
                    Attributes.NONE), BLOCK);
            x = block.apply(builder.add(builder.sub(x, builder.mul(step, projected)), builder.mul(step, back)));
        }
        builder.output(builder.reshape(x, 0, (long) side * side), "x");
        return Subject.dense(builder.build(NetworkMetadata.of(side * side, MEASUREMENTS * across * across, 1), null));
    }

    private static float[] transposed(float[] matrix, int columns) {
        float[] result = new float[matrix.length];
        int rows = matrix.length / columns;
        for (int at = 0; at < matrix.length; at++) {
            result[at % columns * rows + at / columns] = matrix[at];
        }
        return result;
    }
}
