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
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
 * Neurons of a shipped network around one frame: some, drawn at random, of every layer from the third on. Each method
 * has its own time for the network: first for the first three hidden layers, all of whose neurons it searches if these
 * depend on few others, then for all hidden layers in batches, and with the rest for the drawn neurons, one by
 * one if they depend on few others. Programs would be too large. As cuts search slopes again after every round, a
 * control does the same without cuts: as many passes and steps, in as much time.
 */
final class ShippedGap {
    private static final int FIRST = 3;
    /** Hidden layers, at most, that are searched. */
    private static final int SEARCHED = 3;
    /** Of what is left beside the batches, for those layers. */
    private static final double HIDDEN_SHARE = 0.6;
    /** Times CROWN's batches: those by lines that are chosen first take a little more. */
    private static final double BATCHES = 1.2;
    /** In batches lines are chosen, and next to nothing is searched. */
    private static final Effort CHOSEN = new Effort(1, 0);
    private static final Effort HIDDEN_SLOPES = new Effort(10, 0);
    private static final Effort HIDDEN_CUTS = new Effort(20, 2);
    /** So many rounds end where the time does. */
    private static final Effort CUTS = new Effort(20, 16);
    /** Neurons depend on few others if there are no more of them than this. */
    private static final int FEW = 4096;
    /** One ascent is enough where the gap is so many times what it reaches. */
    private static final double WIDE = 100;

    private final String name;
    private final LayerGraph graph;
    private final Box input;
    private final int starts;
    private final double seconds;
    private final Map<String, Double> times = new LinkedHashMap<>();
    /** By number, counted from 1 and the output last: where the layers are in the graph. */
    private final List<Integer> layers;
    /** By number, from the third on: where its samples are in the graph. */
    private final Map<Integer, Integer> samples;
    /** Seconds that CROWN took for all hidden layers. */
    private double batches;

    ShippedGap(Path model, double radius, double seconds, int starts, int count) {
        RecoveryNetwork network = OnnxReader.read(model);
        name = model.getFileName().toString().replace(".onnx", "");
        input = frame(network, radius);
        LayerGraph.Builder builder = new LayerGraph.Builder(input.size());
        int signal = new NetworkImport(network).append(builder, 0).get(0);
        layers = numbered(builder.build(), signal);
        samples = sampled(builder, count);
        graph = builder.build();
        this.seconds = seconds;
        this.starts = starts;
    }

    private static List<Integer> numbered(LayerGraph graph, int signal) {
        List<Integer> layers = new ArrayList<>();
        graph.layers().forEach(layer -> {
            if (layer instanceof ActivationLayer activation) {
                layers.add(activation.source());
            }
        });
        layers.add(signal);
        return layers;
    }

    private Map<Integer, Integer> sampled(LayerGraph.Builder builder, int count) {
        Map<Integer, Integer> places = new TreeMap<>();
        for (int number = Math.min(FIRST, layers.size()); number <= layers.size(); number++) {
            int layer = layers.get(number - 1);
            int size = builder.size(layer);
            int[] chosen = new SplittableRandom(number).ints(0, size).distinct().limit(Math.min(size, count)).toArray();
            places.put(number, builder.affine(layer, SparseMap.selection(size, chosen), new double[chosen.length],
                    Float32Rounding.EXACT));
        }
        return places;
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

    /** Not-a-number stands for the triangle program. What neurons reach is no part of the time. */
    List<GapRow> rows() {
        Map<Integer, Box> crown = boxes("crown", Effort.PLAIN, Effort.PLAIN);
        Map<Integer, Box> slopes = boxes("slopes", HIDDEN_SLOPES, Effort.SLOPES);
        Map<Integer, Box> again = boxes("slopesAsOften", withoutCuts(HIDDEN_CUTS), withoutCuts(CUTS));
        Map<Integer, Box> cuts = boxes("cuts", HIDDEN_CUTS, CUTS);
        List<GapRow> rows = new ArrayList<>();
        samples.forEach((number, layer) -> {
            if (Stream.of(crown, slopes, again, cuts).allMatch(found -> found.containsKey(number))) {
                Box plain = crown.get(number);
                rows.add(GapRow.functional(name, number, reached(layer, plain), plain, slopes.get(number),
                        again.get(number), cuts.get(number)));
            }
        });
        return rows;
    }

    /** As many steps. */
    private static Effort withoutCuts(Effort effort) {
        return new Effort(effort.slopeSteps() * (1 + effort.cutRounds()), 0);
    }

    /** By a method, of the layers that it has the time for. */
    private Map<Integer, Box> boxes(String method, Effort hidden, Effort neurons) {
        long start = System.nanoTime();
        Deadline end = Deadline.in(seconds);
        LayerBounds bounds = LayerBounds.intervals(graph, input, Execution.EXACT);
        if (hidden.slopeSteps() > 0) {
            Deadline search = Deadline.in(HIDDEN_SHARE * Math.max(0, seconds - BATCHES * batches));
            List<Integer> searched = searched();
            for (int at = 0; at < searched.size(); at++) {
                new BoundPropagation(bounds, hidden, search.part(1.0 / (searched.size() - at)), BoundProgress.NONE)
                        .runOnly(searched.get(at));
            }
        }
        int complete = inBatches(bounds, hidden.slopeSteps() == 0 ? hidden : CHOSEN, end);
        Map<Integer, Optional<Cone>> parts = new TreeMap<>();
        samples.forEach((number, layer) -> parts.put(number, part(layer)));
        List<Integer> few = parts.keySet().stream()
                .filter(number -> isFew(samples.get(number), parts.get(number))).toList();
        // The output, where it depends on many others, takes as long as one of the few.
        int shares = few.size() + (few.contains(layers.size()) ? 0 : 1);
        Map<Integer, Box> boxes = new TreeMap<>();
        samples.forEach((number, layer) -> {
            boolean isOutput = number == layers.size();
            if (complete < (isOutput ? number - 1 : number) || isOutput && end.over()) {
                return;
            }
            LayerBounds part = parts.get(number).map(bounds::of).orElse(bounds);
            int last = part == bounds ? layer : part.graph().size() - 1;
            if (few.contains(number)) {
                Deadline its = end.part(1.0 / (shares - few.indexOf(number)));
                new BoundPropagation(part, neurons, its, BoundProgress.NONE).runOnly(last);
            } else if (isOutput) {
                new BoundPropagation(part, Effort.PLAIN, end, BoundProgress.NONE).runOnly(last);
            }
            boxes.put(number, part.box(last));
        });
        times.put(method + "Seconds", (System.nanoTime() - start) / 1e9);
        return boxes;
    }

    /** How many hidden layers were bounded in time, in batches where they are wide. */
    private int inBatches(LayerBounds bounds, Effort effort, Deadline end) {
        long start = System.nanoTime();
        Counting counting = new Counting();
        BoundPropagation propagation = new BoundPropagation(bounds, effort, end, BoundProgress.NONE, false, counting);
        propagation.runInBatches();
        if (effort.slopeSteps() == 0) {
            batches = (System.nanoTime() - start) / 1e9;
        }
        return counting.layers;
    }

    /** Those of the first hidden layers whose neurons depend on few others. */
    private List<Integer> searched() {
        return layers.stream().limit(Math.min(SEARCHED, layers.size() - 1L))
                .takeWhile(layer -> isFew(layer, part(layer, graph.layer(layer).size() / 2))).toList();
    }

    /** What a layer's samples depend on, where that is not nearly all. */
    private Optional<Cone> part(int layer) {
        return part(layer, IntStream.range(0, graph.layer(layer).size()).toArray());
    }

    private Optional<Cone> part(int layer, int... elements) {
        long before = IntStream.range(0, layer).mapToLong(at -> graph.layer(at).size()).sum();
        return Cone.within(graph, before / 2, layer, elements);
    }

    private boolean isFew(int layer, Optional<Cone> part) {
        return part.map(cone -> cone.graph().layers()).orElse(graph.layers().subList(0, layer)).stream()
                .mapToInt(each -> each instanceof ActivationLayer ? each.size() : 0).sum() <= FEW;
    }

    /** What a layer's elements reach. More ascents would not change a share where CROWN's bounds are far from it. */
    private Box reached(int layer, Box crown) {
        Box first = Reached.of(graph, input, layer, 1);
        boolean isFar = IntStream.range(0, first.size()).allMatch(i -> crown.width(i) > WIDE * first.width(i));
        return isFar ? first : Reached.of(graph, input, layer, starts);
    }

    /** The time that each method took. */
    Map<String, Object> times() {
        Map<String, Object> all = JsonText.map("network", name);
        all.putAll(times);
        return all;
    }

    /** Counts the layers that were bounded in time. */
    private static final class Counting implements KeptBounds {
        private int layers;

        @Override
        public Optional<Box> box(int layer) {
            return Optional.empty();
        }

        @Override
        public void keep(int layer, Box box) {
            layers++;
        }

        @Override
        public Optional<SlopeProof> proof(int layer, int number) {
            return Optional.empty();
        }

        @Override
        public void keep(int layer, int number, SlopeProof proof) {
            throw new IllegalStateException("no proof is asked for");
        }
    }
}
