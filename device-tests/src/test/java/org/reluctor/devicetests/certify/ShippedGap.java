package org.reluctor.devicetests.certify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.BoundPropagation;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Effort;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.KeptBounds;
import org.reluctor.certify.bound.LayerBounds;
import org.reluctor.certify.bound.SlopeProof;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.Cone;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.NetworkImport;
import org.reluctor.certify.graph.SparseMap;
import org.reluctor.certify.interval.Box;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;

/**
 * Neurons of a shipped network around one frame: some, drawn at random, of a few layers from the third on. Its hidden
 * layers are bounded backwards, as far as the time goes, then once more with searched slopes; the neurons backwards,
 * with slopes, and with slopes and cuts, and with cuts, too, those that they depend on where these are few. Programs
 * would be too large.
 */
final class ShippedGap {
    private static final int FIRST = 3;
    private static final int MOST_LAYERS = 5;
    /** Of the time for a network, for its hidden layers' backward bounds. */
    private static final double CROWN_SHARE = 0.15;
    /** For their slopes; cuts have the rest. */
    private static final double SLOPES_SHARE = 0.35;
    /** Hidden layers have some ten thousand neurons; twenty steps would close a twentieth more, in twice the time. */
    private static final Effort HIDDEN_SLOPES = new Effort(10, 0);
    /** So many rounds end where the time does. */
    private static final Effort CUTS = new Effort(20, 16);
    private static final Effort HIDDEN_CUTS = new Effort(20, 4);
    /** What neurons depend on is cut if there is no more of it than this. */
    private static final int MOST_CUT = 4096;

    private final String name;
    private final LayerGraph graph;
    private final Box input;
    private final int starts;
    private final double seconds;
    private final Map<String, Double> times = new LinkedHashMap<>();
    /** By layer, counted from 1 and the output last: where its samples are in the graph. */
    private final Map<Integer, Integer> samples;

    ShippedGap(Path model, double radius, double seconds, int starts, int count) {
        RecoveryNetwork network = OnnxReader.read(model);
        name = model.getFileName().toString().replace(".onnx", "");
        input = frame(network, radius);
        LayerGraph.Builder builder = new LayerGraph.Builder(input.size());
        int signal = new NetworkImport(network).append(builder, 0).get(0);
        samples = sampled(builder, signal, count);
        graph = builder.build();
        this.seconds = seconds;
        this.starts = starts;
    }

    private static Map<Integer, Integer> sampled(LayerGraph.Builder builder, int signal, int count) {
        List<Integer> layers = new ArrayList<>();
        builder.build().layers().forEach(layer -> {
            if (layer instanceof ActivationLayer activation) {
                layers.add(activation.source());
            }
        });
        layers.add(signal);
        Map<Integer, Integer> samples = new TreeMap<>();
        for (int number = Math.min(FIRST, layers.size()); number <= layers.size(); number++) {
            int layer = layers.get(number - 1);
            int size = builder.size(layer);
            int[] chosen = new SplittableRandom(number).ints(0, size).distinct().limit(Math.min(size, count)).toArray();
            samples.put(number, builder.affine(layer, SparseMap.selection(size, chosen), new double[chosen.length],
                    Float32Rounding.EXACT));
        }
        return samples;
    }

    /** Of the layers before which all are bounded, so many at most, evenly spaced. */
    private List<Integer> chosen(int bounded) {
        List<Integer> possible = samples.keySet().stream().filter(number -> bounded >= number - 1).toList();
        int count = Math.min(MOST_LAYERS, possible.size());
        return IntStream.range(0, count).mapToObj(at -> possible.get(count == 1 ? 0
                : at * (possible.size() - 1) / (count - 1))).toList();
    }

    /** Around the measurements of a smooth signal with one peak. */
    private static Box frame(RecoveryNetwork network, double radius) {
        MeasurementMatrix matrix = network.matrix().orElseThrow();
        double[] y = new double[matrix.rows()];
        for (int row = 0; row < y.length; row++) {
            for (int at = 0; at < matrix.columns(); at++) {
                double place = (at - 0.4 * matrix.columns()) / (0.04 * matrix.columns());
                y[row] += matrix.at(row, at) * Math.exp(-0.5 * place * place) / network.metadata().inputScale();
            }
        }
        double most = Arrays.stream(y).map(Math::abs).max().orElse(1);
        return new Box(Arrays.stream(y).map(value -> value - radius * most).toArray(),
                Arrays.stream(y).map(value -> value + radius * most).toArray());
    }

    /** Not-a-number stands for the triangle program. What neurons reach is no part of the time. */
    List<GapRow> rows() {
        Deadline end = Deadline.in(seconds);
        LayerBounds crown = LayerBounds.intervals(graph, input, Execution.EXACT);
        int bounded = hidden("hiddenCrown", crown, Effort.PLAIN, CROWN_SHARE);
        LayerBounds slopes = crown.within(input);
        bounded = Math.min(bounded, hidden("hiddenSlopes", slopes, HIDDEN_SLOPES, SLOPES_SHARE));
        Map<Integer, Box[]> boxes = new TreeMap<>();
        List<Integer> chosen = chosen(bounded);
        for (int number : chosen) {
            Deadline its = end.part(1.0 / (chosen.size() - boxes.size()));
            boxes.put(number, boxes(samples.get(number), crown, slopes, its));
        }
        List<GapRow> rows = new ArrayList<>();
        boxes.forEach((number, each) -> {
            Box reached = Reached.of(graph, input, samples.get(number), starts);
            GapRow row = GapRow.of(name, number, reached, each);
            rows.add(new GapRow(name, number, row.bounds(), row.gap(), row.slopes(), Double.NaN, row.cuts(),
                    row.lower(), row.upper()));
        });
        return rows;
    }

    /** In the order of the methods, slopes once more in the place of the triangle program. */
    private Box[] boxes(int layer, LayerBounds crown, LayerBounds slopes, Deadline end) {
        long before = IntStream.range(0, layer).mapToLong(at -> graph.layer(at).size()).sum();
        Optional<Cone> cone = Cone.within(graph, before / 2, layer,
                IntStream.range(0, graph.layer(layer).size()).toArray());
        UnaryOperator<LayerBounds> part = bounds -> cone.map(bounds::of).orElseGet(() -> bounds.within(input));
        int last = cone.map(each -> each.graph().size() - 1).orElse(layer);
        Box backward = bounded("crown", part.apply(crown), last, Effort.PLAIN, end);
        Box sloped = bounded("slopes", part.apply(slopes), last, Effort.SLOPES, end);
        LayerBounds cut = part.apply(slopes);
        int activations = cut.graph().layers().subList(0, last).stream()
                .mapToInt(each -> each instanceof ActivationLayer ? each.size() : 0).sum();
        if (cone.isPresent() && activations <= MOST_CUT) {
            timed("hiddenCuts", () -> new BoundPropagation(cut, HIDDEN_CUTS, end.part(0.5), BoundProgress.NONE, true,
                    KeptBounds.NONE).run());
        }
        return new Box[] {backward, sloped, sloped, bounded("cuts", cut, last, CUTS, end).intersect(sloped)};
    }

    /** How many layers were bounded within the time. */
    private int hidden(String what, LayerBounds bounds, Effort effort, double share) {
        AtomicInteger layers = new AtomicInteger();
        KeptBounds counting = new KeptBounds() {
            @Override
            public Optional<Box> box(int layer) {
                return Optional.empty();
            }

            @Override
            public void keep(int layer, Box box) {
                layers.incrementAndGet();
            }

            @Override
            public Optional<SlopeProof> proof(int layer, int number) {
                return Optional.empty();
            }

            @Override
            public void keep(int layer, int number, SlopeProof proof) {
                throw new IllegalStateException("no proof is asked for");
            }
        };
        timed(what, () -> new BoundPropagation(bounds, effort, Deadline.in(share * seconds), BoundProgress.NONE, true,
                counting).run());
        return layers.get();
    }

    private Box bounded(String what, LayerBounds bounds, int layer, Effort effort, Deadline end) {
        timed(what, () -> new BoundPropagation(bounds, effort, end, BoundProgress.NONE).runOnly(layer));
        return bounds.box(layer);
    }

    private void timed(String what, Runnable work) {
        long start = System.nanoTime();
        work.run();
        times.merge(what + "Seconds", (System.nanoTime() - start) / 1e9, Double::sum);
    }

    Map<String, Object> times() {
        Map<String, Object> all = JsonText.map("network", name);
        all.putAll(times);
        return all;
    }
}
