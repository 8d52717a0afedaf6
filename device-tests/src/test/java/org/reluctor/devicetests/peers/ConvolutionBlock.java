package org.reluctor.devicetests.peers;

import java.util.Map;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;

/**
 * The learned step that ISTA-Net+ (Zhang and Ghanem, 2018) and OPINE-Net+ (Zhang, Zhao and Gao, 2020) share:
 * x + G(F̃(soft(F(D(x))))), D from one channel to 32, F and F̃ two 3×3 convolutions with a Relu between, G back to one
 * channel. The branches that only their training looks at are left out, as in their inference.
 */
final class ConvolutionBlock {
    private static final int CHANNELS = 32;
    private static final int KERNEL = 9;
    private static final float THRESHOLD = 0.02f;

    private final NetworkBuilder builder;
    private final RandomWeights random;
    private int convolutions;

    ConvolutionBlock(NetworkBuilder builder, RandomWeights random) {
        this.builder = builder;
        this.random = random;
    }

    /** The step from an image of one channel to the next. */
    Value apply(Value x) {
        Value d = convolution(x, 1, CHANNELS, 1);
        Value forward = convolution(builder.relu(convolution(d, CHANNELS, CHANNELS, 1)), CHANNELS, CHANNELS, 2);
        Value backward = builder.relu(convolution(soft(forward), CHANNELS, CHANNELS, 1));
        // The gain of 1/100 keeps nine random steps from growing beyond all bounds, as training would.
        return builder.add(x, convolution(convolution(backward, CHANNELS, CHANNELS, 2), CHANNELS, 1, 0.01));
    }

    private Value convolution(Value x, int from, int to, double gain) {
        float[] weights = random.uniform(gain / (from * KERNEL), to * from * KERNEL);
        return builder.conv(x, builder.constant(builder.unusedName("conv" + convolutions++), weights, to, from, 3, 3),
                null, new Attributes(Map.of("pads", new long[] {1, 1, 1, 1})));
    }

    /** As the papers' programs write it. */
    private Value soft(Value v) {
        Value threshold = builder.constant(builder.unusedName("t" + convolutions), new float[] {THRESHOLD}, 1);
        return builder.mul(builder.sign(v), builder.relu(builder.sub(builder.abs(v), threshold)));
    }
}
