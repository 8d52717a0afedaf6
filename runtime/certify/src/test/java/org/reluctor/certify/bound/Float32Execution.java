package org.reluctor.certify.bound;

import java.util.SplittableRandom;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.LayerGraph;

/** A graph of one output computed in float32, every sum in an order drawn at random. */
final class Float32Execution {
    private Float32Execution() {
    }

    static float run(LayerGraph graph, float[] input, SplittableRandom random) {
        float[][] values = new float[graph.size()][];
        values[0] = input;
        for (int at = 1; at < graph.size(); at++) {
            values[at] = graph.layer(at) instanceof AffineLayer affine ? affine(affine, values, random)
                    : relu(values[((ActivationLayer) graph.layer(at)).source()]);
        }
        return values[graph.size() - 1][0];
    }

    private static float[] relu(float[] values) {
        float[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.max(0, result[i]);
        }
        return result;
    }

    private static float[] affine(AffineLayer layer, float[][] values, SplittableRandom random) {
        float[] result = new float[layer.size()];
        int source = layer.terms().get(0).source();
        int columns = values[source].length;
        for (int row = 0; row < result.length; row++) {
            double[] unit = new double[result.length];
            unit[row] = 1;
            double[] weights = new double[columns];
            layer.terms().get(0).map().addTransposed(unit, weights);
            float[] terms = new float[columns + 1];
            for (int j = 0; j < columns; j++) {
                terms[j] = (float) weights[j] * values[source][j];
            }
            terms[columns] = (float) layer.bias()[row];
            for (int j = columns; j > 0; j--) {
                int other = random.nextInt(j + 1);
                float held = terms[other];
                terms[other] = terms[j];
                terms[j] = held;
            }
            for (float term : terms) {
                result[row] += term;
            }
        }
        return result;
    }
}
