package org.reluctor.devicetests.certify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.BoundPropagation;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Effort;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.LayerBounds;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.NetworkImport;
import org.reluctor.certify.graph.SparseMap;
import org.reluctor.certify.interval.Box;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;

/**
 * Neurons of a shipped network around one frame: some of every layer from the third on, evenly spaced. Its hidden
 * layers are bounded once, without a search, and the neurons by backward bounds, with searched slopes, and with cuts in
 * place of lines; programs would be too large.
 */
final class ShippedGap {
    private static final int SAMPLES = 8;
    private static final int FIRST = 3;
    /** Of the time for a network, what its hidden layers may take; the rest is shared evenly by all searches. */
    private static final double HIDDEN_SHARE = 0.4;

    private final String name;
    private final LayerGraph graph;
    private final Box input;
    private final Map<GapCase.Method, Double> times = new EnumMap<>(GapCase.Method.class);
    private final double hiddenSeconds;
    /** With the best of what was proven of the neurons so far: where the time ends, that remains. */
    private LayerBounds known;
    /** By layer, counted from 1 and the output last: where its samples are in the graph. */
    private final Map<Integer, Integer> samples;
    private final double seconds;

    ShippedGap(Path model, double radius, double seconds) {
        RecoveryNetwork network = OnnxReader.read(model);
        name = model.getFileName().toString().replace(".onnx", "");
        input = frame(network, radius);
        LayerGraph.Builder builder = new LayerGraph.Builder(input.size());
        int signal = new NetworkImport(network).append(builder, 0).get(0);
        samples = sampled(builder, signal);
        graph = builder.build();
        this.seconds = (1 - HIDDEN_SHARE) * seconds / (2 * samples.size());
        long start = System.nanoTime();
        known = LayerBounds.intervals(graph, input, Execution.EXACT);
        new BoundPropagation(known, Effort.PLAIN, Deadline.in(HIDDEN_SHARE * seconds), BoundProgress.NONE, true).run();
        hiddenSeconds = (System.nanoTime() - start) / 1e9;
        for (GapCase.Method method : GapCase.Method.values()) {
            times.put(method, 0.0);
        }
    }

    private static Map<Integer, Integer> sampled(LayerGraph.Builder builder, int signal) {
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
            int[] chosen = IntStream.range(0, SAMPLES).map(at -> (2 * at + 1) * size / (2 * SAMPLES)).toArray();
            samples.put(number, builder.affine(layer, SparseMap.selection(size, chosen), new double[SAMPLES],
                    Float32Rounding.EXACT));
        }
        return samples;
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

    private Box bounded(int layer, GapCase.Method method, Effort effort) {
        long start = System.nanoTime();
        LayerBounds bounds = known.within(input);
        new BoundPropagation(bounds, effort, Deadline.in(seconds), BoundProgress.NONE).runOnly(layer);
        known = bounds;
        times.merge(method, (System.nanoTime() - start) / 1e9, Double::sum);
        return bounds.box(layer);
    }

    /** Not-a-number stands for the triangle program. */
    List<GapRow> rows(int starts) {
        List<GapRow> rows = new ArrayList<>();
        samples.forEach((number, layer) -> {
            Box crown = bounded(layer, GapCase.Method.CROWN, Effort.PLAIN);
            Box slopes = bounded(layer, GapCase.Method.SLOPES, Effort.SLOPES);
            Box cuts = bounded(layer, GapCase.Method.CUTS, Effort.CUTS);
            GapRow row = GapRow.of(name, number, Reached.of(graph, input, layer, starts), crown, slopes, slopes, cuts);
            rows.add(new GapRow(name, number, row.bounds(), row.slopes(), Double.NaN, row.cuts(), row.lower(),
                    row.upper()));
        });
        return rows;
    }

    Map<String, Object> times() {
        return JsonText.map("network", name, "hiddenSeconds", hiddenSeconds, "crownSeconds",
                times.get(GapCase.Method.CROWN), "slopesSeconds", times.get(GapCase.Method.SLOPES), "cutsSeconds",
                times.get(GapCase.Method.CUTS));
    }
}
