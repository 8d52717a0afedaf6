package org.reluctor.certify.bound;

import java.util.Arrays;
import java.util.PriorityQueue;
import org.reluctor.certify.envelope.Univariate;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.LinearMap;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * Bounds of a layer by one walk forwards with {@linkplain Zonotope zonotopes} (Singh et al., "Fast and effective
 * robustness certification", NeurIPS 2018): an activation is replaced by the line through its ends on the element's
 * interval, and what the line is off becomes a generator of its own. For few inputs and many outputs that is far
 * cheaper than bounds carried backwards from every output, and as good where few activations are undecided.
 *
 * <p>Affine layers between activations are {@linkplain Section multiplied out} beforehand where that is small. Float64
 * arithmetic here, and what is executed in float32 on a device, are bounded as in {@link LayerBounds}; both go into the
 * rest. Safe between threads.
 */
public final class ZonotopePass {
    /** What a line is off by rounding alone gets no generator. */
    private static final double NOT_WORTH = 1e-9;
    /** A layer has at most as many generators of its own as inputs divided by this. */
    private static final int SHARE = 4;
    /** Sections are multiplied out up to so many elements in all; larger networks are taken layer by layer. */
    private static final long MOST_ELEMENTS = 1 << 23;

    private final LayerGraph graph;
    private final Execution execution;
    private final int target;
    private final boolean[] needed;
    private final double[][] weights;
    private final Section[] sections;
    /** Layers of which only magnitudes are asked. */
    private final boolean[] isMagnitudeOnly;

    /** Prepares walks to one layer. */
    public ZonotopePass(LayerGraph graph, int target, Execution execution) {
        this.graph = graph;
        this.execution = execution;
        this.target = target;
        needed = new boolean[graph.size()];
        weights = new double[graph.size()][];
        needed[target] = true;
        isMagnitudeOnly = new boolean[graph.size()];
        boolean[] wanted = new boolean[graph.size()];
        wanted[target] = true;
        for (int at = target; at > 0; at--) {
            if (needed[at] && graph.layer(at) instanceof AffineLayer affine) {
                affine.terms().forEach(term -> needed[term.source()] = true);
                weights[at] = weights(affine);
                // Few elements cost little, and what is behind them rounds in proportion to how large they are.
                boolean small = affine.rounding().operations() > 0 && affine.size() <= graph.inputSize();
                isMagnitudeOnly[at] = small && !wanted[at];
                wanted[at] |= small;
            } else if (needed[at]) {
                int source = ((ActivationLayer) graph.layer(at)).source();
                needed[source] = true;
                wanted[source] = true;
            }
        }
        sections = sections(wanted);
    }

    private Section[] sections(boolean[] wanted) {
        long size = 0;
        long anchors = 0;
        for (int at = 0; at <= target; at++) {
            size += wanted[at] ? graph.layer(at).size() * anchors : 0;
            anchors += graph.layer(at) instanceof AffineLayer ? 0 : graph.layer(at).size();
        }
        if (size > MOST_ELEMENTS) {
            Arrays.fill(isMagnitudeOnly, false);
        }
        Section[] result = new Section[target + 1];
        for (int at = 1; at <= target; at++) {
            if (needed[at] && graph.layer(at) instanceof AffineLayer && (size > MOST_ELEMENTS || wanted[at])) {
                result[at] = size > MOST_ELEMENTS ? Section.alone(graph, at) : Section.collapsed(graph, at);
            }
        }
        return result;
    }

    /** Σ |A| by rows. */
    private double[] weights(AffineLayer layer) {
        double[][] ones = new double[graph.size()][];
        layer.terms().forEach(term -> {
            ones[term.source()] = new double[graph.layer(term.source()).size()];
            Arrays.fill(ones[term.source()], 1);
        });
        return Arrays.stream(layer.magnitudes(ones)).map(sum -> Outward.sumUp(sum, layer.longestRow())).toArray();
    }

    /**
     * The box of the target's values for inputs from a box.
     *
     * @throws ArithmeticException if it is not finite
     */
    public Box box(Box input) {
        try {
            return new Walk(input).last().box();
        } catch (IllegalArgumentException overflow) {
            throw new ArithmeticException("bounds overflow: " + overflow.getMessage());
        }
    }

    /** The sets of one walk, and what affine layers may be off. */
    private final class Walk {
        private final Zonotope[] sets = new Zonotope[target + 1];
        /** At least the largest absolute values of every layer. */
        private final double[][] most = new double[target + 1][];
        /** What the execution of an affine layer, and a product with it here, are off. */
        private final double[][] radii = new double[target + 1][];
        /** Generators so far: a layer's own come behind all earlier ones. */
        private int columns;

        Walk(Box input) {
            sets[0] = Zonotope.of(input);
            most[0] = sets[0].magnitudes();
            columns = input.size();
        }

        Zonotope last() {
            for (int at = 1; at <= target; at++) {
                if (needed[at] && graph.layer(at) instanceof AffineLayer affine) {
                    affine(at, affine);
                } else if (needed[at]) {
                    ActivationLayer layer = (ActivationLayer) graph.layer(at);
                    sets[at] = activation(layer, sets[layer.source()]);
                    most[at] = sets[at].magnitudes();
                }
            }
            return sets[target];
        }

        private void affine(int at, AffineLayer layer) {
            int terms = layer.longestRow();
            double[] sums = layer.magnitudes(most);
            double gamma = Outward.gamma(Math.max(Math.max(terms, layer.size()), layer.longestColumn()) + 8L);
            boolean rounds = execution == Execution.FLOAT32;
            radii[at] = new double[sums.length];
            most[at] = new double[sums.length];
            for (int i = 0; i < sums.length; i++) {
                double magnitude = Outward.sumUp(sums[i], terms);
                requireFinite(magnitude);
                double radius = layer.rounding().coefficientRadius(magnitude);
                radius = Outward.addUp(radius,
                        rounds ? layer.rounding().executionRadius(magnitude, weights[at][i]) : 0);
                most[at][i] = Outward.addUp(magnitude, radius);
                radii[at][i] = Outward.sumUp(radius + gamma * magnitude, 4);
            }
            if (sections[at] != null) {
                Zonotope set = end(sections[at], layer.size(), !isMagnitudeOnly[at]);
                double[] closer = set.magnitudes();
                Arrays.setAll(most[at], i -> Math.min(most[at][i], closer[i]));
                sets[at] = set;
            }
        }

        /**
         * The end of a section: one product with the sets before it, and all that its layers are off. Without
         * generators their shares add up, which is cheaper and wider.
         */
        private Zonotope end(Section section, int size, boolean generating) {
            double[] centre = section.constant().clone();
            double[][] generators = new double[size][];
            double[] rest = new double[size];
            double[] sums = Arrays.stream(section.constant()).map(Math::abs).toArray();
            section.terms().forEach(term -> {
                Zonotope source = sets[term.source()];
                term.map().addProduct(source.centre(), centre);
                if (generating && term.source() == 0) {
                    addScaled(term.map(), source, generators);
                } else if (generating) {
                    term.map().addProducts(source.generators(), generators, columns);
                }
                term.map().addMagnitudes(generating ? source.rest() : source.deviations(), rest);
                term.map().addMagnitudes(most[term.source()], sums);
            });
            int terms = section.longestRow();
            // Rounded were centre and generators: together at most γ times all magnitudes.
            double gamma = Outward.gamma(terms + 8L);
            double[] slack = slack(section, size);
            for (int i = 0; i < size; i++) {
                double sum = Outward.sumUp(gamma * Outward.sumUp(sums[i], terms), terms * (columns + 1));
                rest[i] = Outward.addUp(Outward.sumUp(rest[i], terms), Outward.addUp(sum, slack[i]));
            }
            return new Zonotope(centre, generators, rest);
        }

        /** An input has one generator for each coordinate: a product with them scales columns. */
        private void addScaled(LinearMap map, Zonotope input, double[][] generators) {
            double[] unit = new double[map.rows()];
            for (int row = 0; row < unit.length; row++) {
                double[] factors = new double[map.columns()];
                unit[row] = 1;
                map.addTransposed(unit, factors);
                unit[row] = 0;
                if (generators[row] == null) {
                    generators[row] = new double[columns];
                }
                for (int at = 0; at < factors.length; at++) {
                    generators[row][at] += factors[at] * input.generators()[at][at];
                }
            }
        }

        private double[] slack(Section section, int size) {
            double[] slack = new double[size];
            int terms = 2;
            for (Section.Passage passage : section.passages()) {
                if (passage.isEnd()) {
                    Arrays.setAll(slack, i -> slack[i] + radii[passage.layer()][i]);
                } else if (passage.factors() != null) {
                    passage.factors().addMagnitudes(radii[passage.layer()], slack);
                }
                if (passage.partial() != null) {
                    double gamma = Outward.gamma(8);
                    passage.partial().addMagnitudes(
                            Arrays.stream(most[passage.layer()]).map(value -> gamma * value).toArray(), slack);
                }
                terms += 2 * graph.layer(passage.layer()).size();
            }
            int all = terms;
            return Arrays.stream(slack).map(sum -> Outward.sumUp(sum, all)).toArray();
        }

        private Zonotope activation(ActivationLayer layer, Zonotope source) {
            int size = layer.size();
            double[] centre = new double[size];
            double[][] generators = new double[size][];
            double[] rest = new double[size];
            double[] halves = new double[size];
            for (int i = 0; i < size; i++) {
                double deviation = source.deviation(i);
                double low = Outward.addDown(source.centre()[i], -deviation);
                double high = Outward.addUp(source.centre()[i], deviation);
                double slope = slope(layer.function(i), low, high);
                double most = layer.function(i).mostOver(slope, low, high);
                double least = layer.function(i).leastOver(slope, low, high);
                double middle = least + 0.5 * (most - least);
                centre[i] = slope * source.centre()[i] + middle;
                generators[i] = scaled(source.generators()[i], slope);
                double magnitude = Math.abs(source.centre()[i]) + deviation + Math.abs(middle);
                rest[i] = Outward.sumUp(slope * source.rest()[i] + Outward.gamma(8) * magnitude, 4);
                double half = Math.max(0, Math.max(Outward.addUp(most, -middle), Outward.addUp(middle, -least)));
                if (half > NOT_WORTH * deviation) {
                    halves[i] = half;
                } else {
                    rest[i] = Outward.addUp(rest[i], half);
                }
            }
            give(halves, generators, rest);
            return new Zonotope(centre, generators, rest);
        }

        /** Generators for what the lines are off, for some of the largest; the others add up. */
        private void give(double[] halves, double[][] generators, double[] rest) {
            int room = graph.inputSize() / SHARE;
            PriorityQueue<Integer> largest = new PriorityQueue<>((a, b) -> halves[a] != halves[b]
                    ? Double.compare(halves[a], halves[b]) : Integer.compare(b, a));
            for (int i = 0; i < halves.length; i++) {
                if (halves[i] > 0) {
                    largest.add(i);
                    if (largest.size() > room) {
                        int least = largest.remove();
                        rest[least] = Outward.addUp(rest[least], halves[least]);
                    }
                }
            }
            for (int i : largest.stream().sorted().toList()) {
                double[] row = generators[i];
                generators[i] = row == null ? new double[columns + 1] : Arrays.copyOf(row, columns + 1);
                generators[i][columns++] = halves[i];
            }
        }
    }

    /** Partial sums count, too: in some order they may come near the sum of all magnitudes. */
    private void requireFinite(double magnitude) {
        double largest = execution == Execution.FLOAT32 ? 0.5 * Float.MAX_VALUE : 0.5 * Double.MAX_VALUE;
        if (!(magnitude <= largest)) {
            throw new ArithmeticException("values may reach " + magnitude + ", which overflows");
        }
    }

    /** The chord's, held to 0 or 1 where rounding alone keeps it from that: rows are then shared, or nothing. */
    private static double slope(Univariate function, double low, double high) {
        double chord = high > low ? (function.value(high) - function.value(low)) / (high - low) : 0;
        double nearest = Math.rint(chord);
        return Math.abs(chord - nearest) < 1e-9 ? nearest : chord;
    }

    private static double[] scaled(double[] row, double slope) {
        if (row == null || slope == 0) {
            return null;
        }
        return slope == 1 ? row : Arrays.stream(row).map(factor -> slope * factor).toArray();
    }
}
