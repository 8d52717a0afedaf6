package org.reluctor.certify.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;

/** The graph computes what the network's float64 reference computes, and its maps agree with their transposes. */
class NetworkImportTest {
    private static final int[] IMAGE = {2, 6, 4};

    private record Case(String name, BiFunction<NetworkBuilder, Value, Value> nodes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("movement", (b, x) -> b.concat(1, b.transpose(b.slice(x, 2, 1, 5), 0, 1, 3, 2),
                        b.transpose(b.slice(x, 2, 0, 4), 0, 1, 3, 2))),
                new Case("split", (b, x) -> {
                    List<Value> parts = b.split(x, 2, 2, 4);
                    return b.concat(2, b.relu(parts.get(1)), parts.get(0));
                }),
                new Case("padding", (b, x) -> b.apply(Operator.PAD, Attributes.NONE, x,
                        Value.constant("pads", Shape.of(8), new long[] {0, 0, 1, 0, 0, 0, 2, 1}),
                        b.constant("fill", new float[] {0.5f}))),
                new Case("convolution", (b, x) -> b.conv(x, weights(b, 3, 2, 3, 2), bias(b, 3), convolution(2, 1, 1))),
                new Case("dilated", (b, x) -> b.conv(x, weights(b, 4, 1, 2, 2), null, new Attributes(Map.of(
                        "dilations", new long[] {2, 1}, "group", 2L, "pads", new long[] {0, 1, 1, 0})))),
                new Case("transposed", (b, x) -> b.convTranspose(x, weights(b, 2, 3, 3, 2), bias(b, 3),
                        convolution(2, 3, 1))),
                new Case("products", (b, x) -> b.matMul(b.constant("L", random(15), 5, 3), b.reshape(b.matMul(
                        b.relu(x), b.constant("R", random(12), 4, 3)), 0, 2, 3, -1))),
                new Case("gemm", (b, x) -> b.gemm(b.flatten(x), b.constant("G", random(5 * 48), 5, 48),
                        b.constant("c", random(5), 5), true)),
                new Case("means", (b, x) -> b.sub(b.reduceMean(x, 2, 3), b.reduceSum(b.neg(x), 3))),
                new Case("arithmetic", (b, x) -> b.add(b.mul(x, b.constant("s", random(4), 4)),
                        b.sub(b.constant("o", random(6), 6, 1), b.div(x, b.constant("d", new float[] {3}, 1))))),
                new Case("pieces", (b, x) -> b.max(b.clip(x, -0.3f, 0.4f), b.min(b.abs(x),
                        b.constant("m", new float[] {0.5f}, 1)), b.leakyRelu(x, 0.1f))),
                new Case("smooth", (b, x) -> b.sub(b.tanh(x), b.sigmoid(x))),
                new Case("threshold", (b, x) -> b.mul(b.sign(x), b.relu(b.sub(b.abs(x),
                        b.constant("t", new float[] {0.1f, 0, 0.4f, 0.2f}, 4))))),
                new Case("pair", (b, x) -> {
                    Value t = b.constant("t", new float[] {0.1f, 0, 0.4f, 0.2f}, 4);
                    return b.sub(b.relu(b.sub(x, t)), b.relu(b.sub(b.neg(x), t)));
                }));
    }

    private static Attributes convolution(long stride, long padding, long dilation) {
        return new Attributes(Map.of("strides", new long[] {stride, 1}, "pads",
                new long[] {padding, 1, padding - 1, 0}, "dilations", new long[] {dilation, 1}));
    }

    private static Value weights(NetworkBuilder b, int... dims) {
        return b.constant("w", random(dims[0] * dims[1] * dims[2] * dims[3]), dims);
    }

    private static Value bias(NetworkBuilder b, int size) {
        return b.constant("bias", random(size), size);
    }

    private static float[] random(int size) {
        SplittableRandom random = new SplittableRandom(size);
        float[] result = new float[size];
        for (int at = 0; at < size; at++) {
            result[at] = (float) random.nextDouble(-1, 1);
        }
        return result;
    }

    private static RecoveryNetwork network(Case test) {
        NetworkBuilder builder = new NetworkBuilder("test");
        Value x = builder.input("y", IMAGE);
        Value result = test.nodes().apply(builder, x);
        builder.output(result, "signal");
        return builder.build();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void append_ofANetwork_computesTheSame(Case test) {
        RecoveryNetwork network = network(test);
        LayerGraph.Builder builder = new LayerGraph.Builder(48);
        int output = new NetworkImport(network).append(builder, 0).get(0);
        LayerGraph graph = builder.build();
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 5; round++) {
            double[] x = random.doubles(48, -1, 1).toArray();
            double[] expected = new ReferenceExecutor(network).run(x, 1).get(0);
            assertArrayEquals(expected, graph.evaluate(x)[output], 1e-12);
        }
        graph.layers().forEach(layer -> {
            if (layer instanceof AffineLayer affine) {
                affine.terms().forEach(term -> checkMap(term.map(), random));
                affine.terms().forEach(term -> checkProducts(term.map(), random));
                affine.terms().forEach(term -> checkTransposedProducts(term.map(), random));
                affine.terms().forEach(term -> checkMagnitudeBounds(term.map(), random));
            }
        });
    }

    /** yᵀ(Ax) = (Aᵀy)ᵀx, |A| from the products with unit vectors, and no row is longer than it says. */
    private static void checkMap(LinearMap map, SplittableRandom random) {
        double[] x = random.doubles(map.columns(), 0, 1).toArray();
        double[] y = random.doubles(map.rows(), -1, 1).toArray();
        double[] product = new double[map.rows()];
        map.addProduct(x, product);
        double[] back = new double[map.columns()];
        map.addTransposed(y, back);
        assertEquals(dot(y, product), dot(back, x), 1e-9);
        double[] magnitudes = new double[map.rows()];
        int[] counts = new int[map.rows()];
        for (int column = 0; column < map.columns(); column++) {
            double[] unit = new double[map.columns()];
            unit[column] = 1;
            double[] single = new double[map.rows()];
            map.addProduct(unit, single);
            int count = 0;
            for (int row = 0; row < single.length; row++) {
                magnitudes[row] += Math.abs(single[row]) * x[column];
                counts[row] += single[row] != 0 ? 1 : 0;
                count += single[row] != 0 ? 1 : 0;
            }
            assertTrue(count <= map.longestColumn());
        }
        double[] found = new double[map.rows()];
        map.addMagnitudes(x, found);
        assertArrayEquals(magnitudes, found, 1e-12);
        for (int count : counts) {
            assertTrue(count <= map.longestRow());
        }
    }

    /** Products with several vectors are those with each; rows of zeros may be left out, and rows may end early. */
    private static void checkProducts(LinearMap map, SplittableRandom random) {
        float[][] x = new float[map.columns()][];
        for (int k = 0; k < x.length; k++) {
            x[k] = k % 3 == 0 ? null : new float[k % 3 + 1];
            for (int at = 0; at <= k % 3 && x[k] != null; at++) {
                x[k][at] = (float) random.nextDouble(-1, 1);
            }
        }
        float[][] found = new float[map.rows()][];
        map.addProducts(x, found, 3);
        for (int column = 0; column < 3; column++) {
            int at = column;
            double[] vector = Arrays.stream(x)
                    .mapToDouble(row -> row == null || row.length <= at ? 0 : row[at]).toArray();
            double[] expected = new double[map.rows()];
            map.addProduct(vector, expected);
            assertArrayEquals(expected, Arrays.stream(found).mapToDouble(row -> row == null ? 0 : row[at]).toArray(),
                    1e-5);
        }
    }

    /** The same of the transpose, onto what is there already. */
    private static void checkTransposedProducts(LinearMap map, SplittableRandom random) {
        float[][] y = new float[map.rows()][];
        for (int k = 0; k < y.length; k++) {
            y[k] = k % 3 == 0 ? null : new float[] {(float) random.nextDouble(-1, 1), (float) random.nextDouble(-1, 1)};
        }
        float[][] found = new float[map.columns()][];
        found[0] = new float[] {3, -4};
        map.addTransposedProducts(y, found, 2);
        for (int vector = 0; vector < 2; vector++) {
            int at = vector;
            double[] expected = new double[map.columns()];
            expected[0] = at == 0 ? 3 : -4;
            map.addTransposed(Arrays.stream(y).mapToDouble(row -> row == null ? 0 : row[at]).toArray(), expected);
            assertArrayEquals(expected, Arrays.stream(found).mapToDouble(row -> row == null ? 0 : row[at]).toArray(),
                    1e-5);
        }
    }

    /** What is cheaper than |A|·x is never less, and as near as it says where it says so. */
    private static void checkMagnitudeBounds(LinearMap map, SplittableRandom random) {
        for (int round = 0; round < 20; round++) {
            double scale = Math.scalb(1, random.nextInt(-60, 60));
            double[] x = random.doubles(map.columns(), 0, scale).toArray();
            double[] exact = new double[map.rows()];
            double[] near = new double[map.rows()];
            double[] loose = new double[map.rows()];
            map.addMagnitudes(x, exact);
            map.addMagnitudesNearly(x, near);
            map.addMagnitudeBounds(x, loose);
            for (int row = 0; row < exact.length; row++) {
                assertTrue(near[row] >= exact[row] * (1 - 1e-12) && near[row] <= exact[row] * 1.001 + 1e-40);
                assertTrue(loose[row] >= exact[row] * (1 - 1e-12));
                assertTrue(loose[row] <= 1e-300 + exact[row] * map.columns() * (1 + 1e-9));
            }
        }
    }

    @Test
    void magnitudeBounds_ofDenseMaps_areBelowTheRowsSumTimesTheMost() {
        SplittableRandom random = new SplittableRandom(12);
        for (int columns : new int[] {1, 7, 300}) {
            DenseMap map = new DenseMap(3, columns, random.doubles(3L * columns, -1, 1).toArray());
            checkMagnitudeBounds(map, random);
            double[] ones = new double[columns];
            Arrays.fill(ones, 1);
            double[] exact = new double[3];
            double[] loose = new double[3];
            map.addMagnitudes(ones, exact);
            map.addMagnitudeBounds(ones, loose);
            // For equal elements the second of both bounds is the product itself.
            assertArrayEquals(exact, loose, 1e-10);
            double[] unit = new double[columns];
            unit[0] = 1;
            Arrays.fill(loose, 0);
            map.addMagnitudeBounds(unit, loose);
            double squares = 0;
            for (int column = 0; column < columns; column++) {
                double[] single = new double[columns];
                single[column] = 1;
                double[] element = new double[3];
                map.addMagnitudes(single, element);
                squares += element[0] * element[0];
            }
            // For one element alone the first is the row's norm.
            assertEquals(Math.sqrt(squares), loose[0], 1e-10);
        }
    }

    /** Numbers beyond float32 are added up in float64, and sums of none are none. */
    @Test
    void magnitudesNearly_beyondFloat32_areThoseOfFloat64() {
        DenseMap map = new DenseMap(1, 5, new double[] {1e30, -2, 0, 1e-300, 3});
        double[] near = new double[1];
        map.addMagnitudesNearly(new double[] {1e30, 1, 1, 1, 1}, near);
        assertEquals(1e60, near[0], 1e50);
        double[] least = new double[1];
        map.addMagnitudesNearly(new double[] {0, 0, 0, 1e-300, 0}, least);
        assertTrue(least[0] > 0 && least[0] < 1e-40);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int at = 0; at < a.length; at++) {
            sum += a[at] * b[at];
        }
        return sum;
    }

    @Test
    void append_ofANegativeThreshold_isRefusedWithItsPlace() {
        RecoveryNetwork network = network(new Case("negative", (b, x) -> b.mul(b.sign(x), b.relu(b.sub(b.abs(x),
                b.constant("t", new float[] {0.1f, -0.25f, 0, 0}, 4))))));
        String message = refusal(network);
        assertTrue(message.contains("(Mul)") && message.contains("-0.25") && message.contains("0 or more"), message);
    }

    @Test
    void append_ofAProductOfComputedValues_isRefusedWithItsPlace() {
        String message = refusal(network(new Case("product", (b, x) -> b.mul(x, b.relu(x)))));
        assertTrue(message.contains("(Mul)") && message.contains("both computed"), message);
    }

    @Test
    void append_ofASquareRoot_isRefusedWithItsPlace() {
        String message = refusal(network(new Case("root", (b, x) -> b.sqrt(b.relu(x)))));
        assertTrue(message.contains("(Sqrt)"), message);
    }

    private static String refusal(RecoveryNetwork network) {
        return assertThrows(RefusedNetworkException.class,
                () -> new NetworkImport(network).append(new LayerGraph.Builder(48), 0)).getMessage();
    }
}
