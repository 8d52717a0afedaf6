package org.reluctor.learn.training;

import java.util.Random;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.device.DeviceArithmetic;

/** Brings batches, and the sensor's noise on them, to where a training graph reads them. */
final class BatchLoader {
    private final TrainingGraph graph;
    private final DeviceArithmetic arithmetic;
    private final GradientOptions options;
    private final float[] signals;
    private final float[] weights;

    BatchLoader(TrainingGraph graph, DeviceArithmetic arithmetic, GradientOptions options) {
        this.graph = graph;
        this.arithmetic = arithmetic;
        this.options = options;
        signals = new float[graph.signals().elements()];
        weights = new float[graph.weights().elements()];
    }

    /** The batch of that number, with the noise of that number. */
    void load(BatchSource source, long number) {
        source.fill(number, signals, weights);
        for (int frame = 0; frame < weights.length; frame++) {
            weights[frame] *= (float) graph.weightScale();
        }
        arithmetic.write(graph.signals(), signals);
        arithmetic.write(graph.weights(), weights);
        if (graph.noise() != null) {
            Random random = new Random(options.seed() * 0x9E3779B97F4A7C15L + number);
            float[] noise = new float[graph.noise().elements()];
            for (int at = 0; at < noise.length; at++) {
                noise[at] = (float) (options.noise() * random.nextGaussian());
            }
            arithmetic.write(graph.noise(), noise);
        }
    }
}
