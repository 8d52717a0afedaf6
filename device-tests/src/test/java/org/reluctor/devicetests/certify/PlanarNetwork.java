package org.reluctor.devicetests.certify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * A network of any number of inputs that sees only two linear functions of them, so that its linear pieces are polygons
 * of a plane that can be counted out: what it can and cannot do is known by geometry alone.
 */
final class PlanarNetwork {
    /** What stands between layers. */
    enum Kind {
        RELU, LEAKY, SHRINKAGE
    }

    private static final double LEAKY_SLOPE = 0.125;
    private static final double THRESHOLD = 0.25;

    private final Kind kind;
    private final float[][] plane;
    private final List<float[][]> weights = new ArrayList<>();
    private final List<float[][]> skips = new ArrayList<>();
    private final List<float[]> biases = new ArrayList<>();

    /** Random weights; {@code sizes} are those of the hidden layers and of the output. */
    PlanarNetwork(RandomGenerator random, Kind kind, int inputs, int... sizes) {
        this.kind = kind;
        plane = inputs == 2 ? new float[][] {{1, 0}, {0, 1}} : matrix(random, 2, inputs, 1);
        int before = 2;
        for (int at = 0; at < sizes.length; at++) {
            weights.add(matrix(random, sizes[at], before, 2 / Math.sqrt(before)));
            skips.add(at > 0 && random.nextBoolean() ? matrix(random, sizes[at], 2, 0.5) : null);
            biases.add(matrix(random, 1, sizes[at], 0.5)[0]);
            before = sizes[at];
        }
    }

    private static float[][] matrix(RandomGenerator random, int rows, int columns, double scale) {
        float[][] result = new float[rows][columns];
        for (float[] row : result) {
            for (int at = 0; at < columns; at++) {
                row[at] = (float) (scale * random.nextDouble(-1, 1));
            }
        }
        return result;
    }

    int inputs() {
        return plane[0].length;
    }

    int outputs() {
        return biases.get(biases.size() - 1).length;
    }

    int neurons() {
        return biases.stream().mapToInt(bias -> bias.length).sum() - outputs();
    }

    RecoveryNetwork network() {
        NetworkBuilder builder = new NetworkBuilder("planar");
        Value u = builder.matMul(builder.input("y", inputs()), constant(builder, "plane", transposed(plane)));
        Value a = u;
        for (int layer = 0; layer < weights.size(); layer++) {
            Value z = builder.gemm(a, constant(builder, "W" + layer, weights.get(layer)),
                    builder.constant("b" + layer, biases.get(layer), biases.get(layer).length), true);
            if (skips.get(layer) != null) {
                z = builder.add(z, builder.matMul(u, constant(builder, "S" + layer, transposed(skips.get(layer)))));
            }
            a = layer == weights.size() - 1 ? z : activation(builder, z, layer);
        }
        builder.output(a, "signal");
        return builder.build();
    }

    private Value activation(NetworkBuilder builder, Value z, int layer) {
        return switch (kind) {
            case RELU -> builder.relu(z);
            case LEAKY -> builder.leakyRelu(z, (float) LEAKY_SLOPE);
            case SHRINKAGE -> {
                Value t = builder.constant("t" + layer, new float[] {(float) THRESHOLD}, 1);
                yield builder.sub(builder.relu(builder.sub(z, t)), builder.relu(builder.sub(builder.neg(z), t)));
            }
        };
    }

    private static Value constant(NetworkBuilder builder, String name, float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int at = 0; at < all.length; at++) {
            all[at] = rows[at / rows[0].length][at % rows[0].length];
        }
        return builder.constant(name, all, rows.length, rows[0].length);
    }

    private static float[][] transposed(float[][] rows) {
        float[][] result = new float[rows[0].length][rows.length];
        for (int at = 0; at < rows.length * rows[0].length; at++) {
            result[at % rows[0].length][at / rows[0].length] = rows[at / rows[0].length][at % rows[0].length];
        }
        return result;
    }

    /**
     * A polygon on which the values of a layer are affine.
     *
     * @param values [element]: two coefficients and a constant
     * @param layer  of those values; 0 is the plane itself
     */
    record Piece(Polygon polygon, double[][] values, int layer) {
    }

    /** The pieces of the outputs over the image of a box of inputs. */
    List<Piece> pieces(double[] low, double[] high) {
        double[][] map = {widened(plane[0]), widened(plane[1])};
        Deque<Piece> open = new ArrayDeque<>();
        open.push(new Piece(Polygon.ofBox(map, low, high), new double[][] {{1, 0, 0}, {0, 1, 0}}, 0));
        List<Piece> done = new ArrayList<>();
        while (!open.isEmpty()) {
            Piece piece = open.pop();
            if (piece.layer() == weights.size()) {
                done.add(piece);
            } else {
                next(piece).forEach(open::push);
            }
        }
        return done;
    }

    private static double[] widened(float[] values) {
        double[] result = new double[values.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = values[at];
        }
        return result;
    }

    private List<Piece> next(Piece piece) {
        double[][] z = affine(piece);
        int layer = piece.layer() + 1;
        if (layer == weights.size()) {
            return List.of(new Piece(piece.polygon(), z, layer));
        }
        List<Polygon> parts = List.of(piece.polygon());
        for (double[] neuron : z) {
            for (double kink : kind == Kind.SHRINKAGE ? new double[] {-THRESHOLD, THRESHOLD} : new double[] {0}) {
                parts = parts.stream().flatMap(part -> List.of(part.where(neuron, neuron[2] - kink), part.where(
                        new double[] {-neuron[0], -neuron[1]}, kink - neuron[2])).stream())
                        .filter(part -> !part.isEmpty()).toList();
            }
        }
        return parts.stream().map(part -> new Piece(part, activated(z, part.middle()), layer)).toList();
    }

    private double[][] affine(Piece piece) {
        float[][] w = weights.get(piece.layer());
        float[][] skip = skips.get(piece.layer());
        double[][] z = new double[w.length][3];
        for (int row = 0; row < w.length; row++) {
            z[row][2] = biases.get(piece.layer())[row];
            for (int k = 0; k < 3; k++) {
                for (int column = 0; column < w[row].length; column++) {
                    z[row][k] += w[row][column] * piece.values()[column][k];
                }
                z[row][k] += skip != null && k < 2 ? skip[row][k] : 0;
            }
        }
        return z;
    }

    private double[][] activated(double[][] z, double[] u) {
        double[][] result = new double[z.length][];
        for (int at = 0; at < z.length; at++) {
            double value = z[at][0] * u[0] + z[at][1] * u[1] + z[at][2];
            result[at] = switch (kind) {
                case RELU -> scaled(z[at], value > 0 ? 1 : 0, 0);
                case LEAKY -> scaled(z[at], value > 0 ? 1 : LEAKY_SLOPE, 0);
                case SHRINKAGE -> scaled(z[at], Math.abs(value) > THRESHOLD ? 1 : 0,
                        Math.abs(value) > THRESHOLD ? -Math.signum(value) * THRESHOLD : 0);
            };
        }
        return result;
    }

    private static double[] scaled(double[] affine, double factor, double shift) {
        return new double[] {factor * affine[0], factor * affine[1], factor * affine[2] + shift};
    }
}
