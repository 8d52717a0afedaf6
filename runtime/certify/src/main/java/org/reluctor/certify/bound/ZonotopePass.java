package org.reluctor.certify.bound;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.reluctor.certify.envelope.Univariate;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.AffineLayer.Term;
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
 * rest. Generators are float32, and what that rounds is bounded by what they span. Safe between threads.
 */
public final class ZonotopePass {
    /** Sections are multiplied out up to so many elements in all; larger networks are taken layer by layer. */
    private static final long MOST_ELEMENTS = 1 << 23;

    private final LayerGraph graph;
    private final Execution execution;
    private final int target;
    private final int room;
    private final boolean[] needed;
    private final double[][] weights;
    /** The same of the other way to a layer's sums; null where there is none. */
    private final double[][] detours;
    private final Section[] sections;
    /** Of sections that read the input, the rows of the map by which they do; null for others. */
    private final double[][][] inputRows;
    /** Layers of which only magnitudes are asked. */
    private final boolean[] isMagnitudeOnly;

    /**
     * Prepares walks to one layer.
     *
     * @param room generators of an activation's own at most, 0 or more; more are narrower, and slower
     */
    public ZonotopePass(LayerGraph graph, int target, Execution execution, int room) {
        this.graph = graph;
        this.room = room;
        this.execution = execution;
        this.target = target;
        needed = new boolean[graph.size()];
        weights = new double[graph.size()][];
        detours = new double[graph.size()][];
        needed[target] = true;
        isMagnitudeOnly = new boolean[graph.size()];
        boolean[] wanted = new boolean[graph.size()];
        wanted[target] = true;
        for (int at = target; at > 0; at--) {
            if (needed[at] && graph.layer(at) instanceof AffineLayer affine) {
                affine.terms().forEach(term -> needed[term.source()] = true);
                weights[at] = weights(affine);
                detours[at] = detour(affine);
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
        inputRows = new double[sections.length][][];
        for (int at = 0; at < sections.length; at++) {
            inputRows[at] = sections[at] == null ? null : inputRows(sections[at]);
        }
    }

    private static double[][] inputRows(Section section) {
        List<LinearMap> maps = section.terms().stream().filter(term -> term.source() == 0).map(Term::map).toList();
        return maps.isEmpty() ? null : IntStream.range(0, section.constant().length)
                .mapToObj(row -> row(maps, row)).toArray(double[][]::new);
    }

    private static double[] row(List<LinearMap> maps, int row) {
        double[] unit = new double[maps.get(0).rows()];
        unit[row] = 1;
        double[] elements = new double[maps.get(0).columns()];
        maps.forEach(map -> map.addTransposed(unit, elements));
        return elements;
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
        return sums(layer.magnitudes(ones(layer)), layer.longestRow());
    }

    private double[] detour(AffineLayer layer) {
        return execution != Execution.FLOAT32 || layer.detour() == null ? null
                : sums(layer.detourMagnitudes(ones(layer)), layer.detour().magnitudes().longestRow());
    }

    private double[][] ones(AffineLayer layer) {
        double[][] ones = new double[graph.size()][];
        layer.terms().forEach(term -> {
            ones[term.source()] = new double[graph.layer(term.source()).size()];
            Arrays.fill(ones[term.source()], 1);
        });
        return ones;
    }

    private static double[] sums(double[] rounded, int terms) {
        return Arrays.stream(rounded).map(sum -> Outward.sumUp(sum, terms)).toArray();
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
        /** At least how far the elements of sets are from their centres. */
        private final double[][] spreads = new double[target + 1][];
        /** What the execution of an affine layer, and a product with it here, are off. */
        private final double[][] radii = new double[target + 1][];
        /** Generators so far: a layer's own come behind all earlier ones. */
        private int columns;

        Walk(Box input) {
            set(0, Zonotope.of(input));
            most[0] = magnitudes(0);
            columns = input.size();
        }

        Zonotope last() {
            for (int at = 1; at <= target; at++) {
                if (needed[at] && graph.layer(at) instanceof AffineLayer affine) {
                    affine(at, affine);
                } else if (needed[at]) {
                    ActivationLayer layer = (ActivationLayer) graph.layer(at);
                    set(at, activation(layer, sets[layer.source()], spreads[layer.source()]));
                    most[at] = magnitudes(at);
                }
            }
            return sets[target];
        }

        private void set(int at, Zonotope set) {
            sets[at] = set;
            spreads[at] = set.deviations();
        }

        private double[] magnitudes(int at) {
            double[] result = new double[spreads[at].length];
            for (int i = 0; i < result.length; i++) {
                result[i] = Outward.addUp(Math.abs(sets[at].centre()[i]), spreads[at][i]);
            }
            return result;
        }

        private void affine(int at, AffineLayer layer) {
            int terms = layer.longestRow();
            double[] sums = sums(layer.magnitudesNearly(most), terms);
            double gamma = Outward.gamma(Math.max(Math.max(terms, layer.size()), layer.longestColumn()) + 8L);
            double[] executed = executed(at, layer, sums);
            radii[at] = new double[sums.length];
            most[at] = new double[sums.length];
            for (int i = 0; i < sums.length; i++) {
                double magnitude = sums[i];
                requireFinite(magnitude);
                double radius = layer.rounding().coefficientRadius(magnitude);
                radius = Outward.addUp(radius, executed[i]);
                most[at][i] = Outward.addUp(magnitude, radius);
                radii[at][i] = Outward.sumUp(radius + gamma * magnitude, 4);
            }
            if (sections[at] != null) {
                set(at, end(at, layer.size(), !isMagnitudeOnly[at]));
                double[] closer = magnitudes(at);
                Arrays.setAll(most[at], i -> Math.min(most[at][i], closer[i]));
            }
        }

        /** What float32 is off at each element, whichever way the device takes to the sums. */
        private double[] executed(int at, AffineLayer layer, double... magnitudes) {
            double[] result = new double[magnitudes.length];
            if (execution != Execution.FLOAT32) {
                return result;
            }
            Arrays.setAll(result, i -> layer.rounding().executionRadius(magnitudes[i], weights[at][i]));
            if (detours[at] != null) {
                double[] sums = sums(layer.detourMagnitudes(most), layer.detour().magnitudes().longestRow());
                Arrays.setAll(result, i -> Math.max(result[i], layer.detour().radius(sums[i], detours[at][i])));
            }
            return result;
        }

        /**
         * The end of a section: one product with the sets before it, and all that its layers are off. Without
         * generators their shares add up, which is cheaper and wider.
         */
        private Zonotope end(int at, int size, boolean generating) {
            Section section = sections[at];
            double[] centre = section.constant().clone();
            float[][] generators = new float[size][];
            double[] rest = new double[size];
            double[] spread = new double[size];
            double[] sums = Arrays.stream(section.constant()).map(Math::abs).toArray();
            if (generating && inputRows[at] != null) {
                addScaled(inputRows[at], sets[0], generators);
            }
            section.terms().forEach(term -> {
                Zonotope source = sets[term.source()];
                term.map().addProduct(source.centre(), centre);
                if (generating && term.source() > 0) {
                    term.map().addProducts(source.generators(), generators, columns);
                }
                if (generating) {
                    term.map().addMagnitudesNearly(source.rest(), rest);
                    term.map().addMagnitudeBounds(spreads[term.source()], spread);
                } else {
                    term.map().addMagnitudeBounds(spreads[term.source()], rest);
                }
                term.map().addMagnitudeBounds(most[term.source()], sums);
            });
            int terms = section.longestRow();
            // Rounded were centre and generators: together at most γ times all magnitudes.
            double gamma = Outward.gamma(terms + 8L);
            double single = singleGamma(terms);
            double[] slack = slack(section, size);
            double flushed = flushed(terms, section.terms().stream().mapToDouble(term -> sum(spreads[term.source()]))
                    .sum());
            for (int i = 0; i < size; i++) {
                double sum = Outward.sumUp(gamma * Outward.sumUp(sums[i], terms)
                        + single * Outward.sumUp(spread[i], terms) + flushed, (long) terms * (columns + 1));
                rest[i] = Outward.addUp(Outward.sumUp(rest[i], terms), Outward.addUp(sum, slack[i]));
            }
            return new Zonotope(centre, generators, rest);
        }

        /** An input has one generator for each coordinate: a product with them scales columns. */
        private void addScaled(double[][] rows, Zonotope input, float[][] generators) {
            double[] radii = new double[input.size()];
            Arrays.setAll(radii, at -> input.generators()[at][at]);
            for (int row = 0; row < rows.length; row++) {
                if (generators[row] == null) {
                    generators[row] = new float[columns];
                }
                float[] sums = generators[row];
                double[] factors = rows[row];
                for (int at = 0; at < factors.length; at++) {
                    sums[at] += (float) (factors[at] * radii[at]);
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
                    passage.factors().addMagnitudeBounds(radii[passage.layer()], slack);
                }
                if (passage.partial() != null) {
                    double gamma = Outward.gamma(8);
                    passage.partial().addMagnitudeBounds(
                            Arrays.stream(most[passage.layer()]).map(value -> gamma * value).toArray(), slack);
                }
                terms += 2 * graph.layer(passage.layer()).size();
            }
            int all = terms;
            return Arrays.stream(slack).map(sum -> Outward.sumUp(sum, all)).toArray();
        }

        /**
         * What float32 loses of numbers next to zero, in all generators of one element: of products and sums, and of
         * factors, each of which multiplies what its element spreads, however small the factor is.
         *
         * @param spread of all elements that may be multiplied, together
         */
        private double flushed(int terms, double spread) {
            return (double) Float.MIN_NORMAL * (terms + 2L) * (columns + 1L) * (1 + spread);
        }

        private Zonotope activation(ActivationLayer layer, Zonotope source, double... spread) {
            int size = layer.size();
            double[] centre = new double[size];
            float[][] generators = new float[size][];
            double[] rest = new double[size];
            for (int i = 0; i < size; i++) {
                double deviation = spread[i];
                double low = Outward.addDown(source.centre()[i], -deviation);
                double high = Outward.addUp(source.centre()[i], deviation);
                double slope = slope(layer.function(i), low, high);
                double most = layer.function(i).mostOver(slope, low, high);
                double least = layer.function(i).leastOver(slope, low, high);
                double middle = least + 0.5 * (most - least);
                centre[i] = slope * source.centre()[i] + middle;
                generators[i] = scaled(source.generators()[i], slope);
                double magnitude = Math.abs(source.centre()[i]) + deviation + Math.abs(middle);
                double rounded = slope == 0 || slope == 1 ? 0 : singleGamma(4) * slope * deviation
                        + flushed(1, deviation);
                rest[i] = Outward.sumUp(slope * source.rest()[i] + Outward.gamma(8) * magnitude + rounded, 8);
                double half = Math.max(0, Math.max(Outward.addUp(most, -middle), Outward.addUp(middle, -least)));
                rest[i] = Outward.addUp(rest[i], half);
            }
            give(rest, generators);
            return new Zonotope(centre, generators, rest);
        }

        /**
         * Generators for what the lines are off, and what was rounded before them, where that is largest: what one
         * element is off reaches all later ones together. The others' shares stay what each may be off.
         */
        private void give(double[] rest, float[]... generators) {
            PriorityQueue<Integer> largest = new PriorityQueue<>((a, b) -> rest[a] != rest[b]
                    ? Double.compare(rest[a], rest[b]) : Integer.compare(b, a));
            for (int i = 0; i < rest.length; i++) {
                if (rest[i] > 0) {
                    largest.add(i);
                    if (largest.size() > room) {
                        largest.remove();
                    }
                }
            }
            for (int i : largest.stream().sorted().toList()) {
                float[] row = generators[i];
                generators[i] = row == null ? new float[columns + 1] : Arrays.copyOf(row, columns + 1);
                generators[i][columns++] = Zonotope.raised(rest[i]);
                rest[i] = 0;
            }
        }
    }

    private static double sum(double... values) {
        return Outward.sumUp(Arrays.stream(values).sum(), values.length);
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

    private static float[] scaled(float[] row, double slope) {
        if (row == null || slope == 0) {
            return null;
        }
        if (slope == 1) {
            return row;
        }
        float factor = (float) slope;
        float[] result = new float[row.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = factor * row[at];
        }
        return result;
    }

    /** γ of sums of so many products in float32, rounded up, factors and results rounded, too. */
    private static double singleGamma(int terms) {
        double product = (terms + 8L) * 0x1p-24;
        if (product > 0.25) {
            throw new ArithmeticException("sums of " + terms + " products; more than float32 generators can bound");
        }
        return product / (1 - product) * (1 + 0x1p-40);
    }
}
