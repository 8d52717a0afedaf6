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
 * layers are bounded backwards, as far as the time goes, then once more with other slopes; the neurons backwards, with
 * slopes, and with slopes and cuts, and with cuts, too, those that they depend on where these are few. Programs
 * would be too large. As cuts bound what they depend on once more, and search slopes again after every round, a control
 * does the same without cuts: as many passes and steps, in at most as much time.
 */
final class ShippedGap {
    private static final int FIRST = 3;
    private static final int MOST_LAYERS = 5;
    /** Of the time for a network, for its hidden layers' backward bounds. */
    private static final double CROWN_SHARE = 0.25;
    /** For slopes of as many of them as there is time for; cuts have the rest. */
    private static final double SLOPES_SHARE = 0.5;
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
    /** Of layers judged, the seconds that cuts took: of what the neurons depend on, and of the neurons. */
    private final Map<Integer, double[]> taken = new TreeMap<>();
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

    /** The network's. */
    String name() {
        return name;
    }

    /** How many layers there are from the third on. */
    int layers() {
        return samples.size();
    }

    /** Not-a-number stands for the triangle program. What neurons reach, and the control, are no part of the time. */
    List<GapRow> rows() {
        Deadline end = Deadline.in(seconds);
        LayerBounds crown = LayerBounds.intervals(graph, input, Execution.EXACT);
        int bounded = hidden("hiddenCrown", crown, Effort.PLAIN, CROWN_SHARE);
        LayerBounds slopes = crown.within(input);
        hidden("hiddenSlopes", slopes, HIDDEN_SLOPES, Deadline.in(SLOPES_SHARE * seconds));
        Map<Integer, Box[]> boxes = new TreeMap<>();
        List<Integer> chosen = chosen(bounded);
        for (int number : chosen) {
            Deadline its = end.part(1.0 / (chosen.size() - boxes.size()));
            boxes.put(number, boxes(samples.get(number), crown, slopes, its));
        }
        List<GapRow> rows = new ArrayList<>();
        boxes.forEach((number, each) -> {
            int layer = samples.get(number);
            Box again = again(layer, slopes).intersect(each[1]);
            Box reached = Reached.of(graph, input, layer, starts);
            rows.add(GapRow.functional(name, number, reached, each[0], each[1], again, each[2]));
        });
        return rows;
    }

    /** By CROWN, slopes and cuts. */
    private Box[] boxes(int layer, LayerBounds crown, LayerBounds slopes, Deadline end) {
        UnaryOperator<LayerBounds> part = part(layer);
        LayerBounds plain = part.apply(crown);
        int last = last(plain, layer);
        Box backward = bounded("crown", plain, last, Effort.PLAIN, end);
        Box sloped = bounded("slopes", part.apply(slopes), last, Effort.SLOPES, end);
        LayerBounds cut = part.apply(slopes);
        double[] spent = new double[2];
        if (isFew(cut, last)) {
            spent[0] = hidden("hiddenCuts", cut, HIDDEN_CUTS, end.part(0.5));
        }
        long start = System.nanoTime();
        Box box = bounded("cuts", cut, last, CUTS, end).intersect(sloped);
        spent[1] = (System.nanoTime() - start) / 1e9;
        taken.put(layer, spent);
        return new Box[] {backward, sloped, box};
    }

    /** The control of cuts. */
    private Box again(int layer, LayerBounds slopes) {
        LayerBounds bounds = part(layer).apply(slopes);
        int last = last(bounds, layer);
        double[] spent = taken.get(layer);
        if (isFew(bounds, last)) {
            hidden("hiddenSlopesAsOften", bounds, withoutCuts(HIDDEN_CUTS), Deadline.in(spent[0]));
        }
        return bounded("slopesAsOften", bounds, last, withoutCuts(CUTS), Deadline.in(spent[1]));
    }

    /** As many steps. */
    private static Effort withoutCuts(Effort effort) {
        return new Effort(effort.slopeSteps() * (1 + effort.cutRounds()), 0);
    }

    /** Bounds of what a layer's samples depend on, where that is not nearly all; else a copy. */
    private UnaryOperator<LayerBounds> part(int layer) {
        long before = IntStream.range(0, layer).mapToLong(at -> graph.layer(at).size()).sum();
        Optional<Cone> cone = Cone.within(graph, before / 2, layer,
                IntStream.range(0, graph.layer(layer).size()).toArray());
        return bounds -> cone.map(bounds::of).orElseGet(() -> bounds.within(input));
    }

    private int last(LayerBounds part, int layer) {
        return part.graph() == graph ? layer : part.graph().size() - 1;
    }

    /** Whether it is a part with few activations. */
    private boolean isFew(LayerBounds part, int last) {
        return part.graph() != graph && part.graph().layers().subList(0, last).stream()
                .mapToInt(each -> each instanceof ActivationLayer ? each.size() : 0).sum() <= MOST_CUT;
    }

    /** In seconds. */
    private double hidden(String what, LayerBounds bounds, Effort effort, Deadline end) {
        return timed(what, () -> new BoundPropagation(bounds, effort, end, BoundProgress.NONE, true, KeptBounds.NONE)
                .run());
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

    private double timed(String what, Runnable work) {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        times.merge(what + "Seconds", seconds, Double::sum);
        return seconds;
    }

    Map<String, Object> times() {
        Map<String, Object> all = JsonText.map("network", name);
        all.putAll(times);
        return all;
    }
}
