package org.reluctor.devicetests.certify;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
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
 * Samples of a shipped network's signal around one frame. Its hidden layers are bounded once, without a search, and the
 * samples by backward bounds, with searched slopes, and with cuts in place of lines; programs would be too large.
 */
final class ShippedGap {
    private static final int SAMPLES = 8;

    private final String name;
    private final LayerGraph graph;
    private final Box input;
    private final Map<GapCase.Method, Double> times = new EnumMap<>(GapCase.Method.class);
    private final double hiddenSeconds;
    /** With the best of what was proven of the samples so far: where the time ends, that remains. */
    private LayerBounds known;
    private final int layer;
    private final double seconds;

    ShippedGap(Path model, double radius, double seconds) {
        RecoveryNetwork network = OnnxReader.read(model);
        name = model.getFileName().toString().replace(".onnx", "");
        this.seconds = seconds;
        input = frame(network, radius);
        LayerGraph.Builder builder = new LayerGraph.Builder(input.size());
        int signal = new NetworkImport(network).append(builder, 0).get(0);
        int size = builder.size(signal);
        int[] chosen = IntStream.range(0, SAMPLES).map(at -> (2 * at + 1) * size / (2 * SAMPLES)).toArray();
        builder.affine(signal, SparseMap.selection(size, chosen), new double[SAMPLES], Float32Rounding.EXACT);
        graph = builder.build();
        layer = (int) graph.layers().stream().filter(each -> each instanceof ActivationLayer).count() + 1;
        long start = System.nanoTime();
        known = LayerBounds.intervals(graph, input, Execution.EXACT);
        new BoundPropagation(known, Effort.PLAIN, Deadline.in(seconds), BoundProgress.NONE, true).run();
        hiddenSeconds = (System.nanoTime() - start) / 1e9;
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

    private Box bounded(GapCase.Method method, Effort effort) {
        long start = System.nanoTime();
        LayerBounds bounds = known.within(input);
        new BoundPropagation(bounds, effort, Deadline.in(seconds), BoundProgress.NONE).runOnly(graph.size() - 1);
        known = bounds;
        times.put(method, (System.nanoTime() - start) / 1e9);
        return bounds.box(graph.size() - 1);
    }

    /** Not-a-number stands for the triangle program. */
    GapRow row(int starts) {
        Box crown = bounded(GapCase.Method.CROWN, Effort.PLAIN);
        Box slopes = bounded(GapCase.Method.SLOPES, Effort.SLOPES);
        Box cuts = bounded(GapCase.Method.CUTS, Effort.CUTS);
        GapRow row = GapRow.of(name, layer, Reached.of(graph, input, graph.size() - 1, starts), crown, slopes, slopes,
                cuts);
        return new GapRow(name, layer, row.bounds(), row.slopes(), Double.NaN, row.cuts(), row.lower(), row.upper());
    }

    Map<String, Object> times() {
        return JsonText.map("network", name, "hiddenSeconds", hiddenSeconds, "crownSeconds",
                times.get(GapCase.Method.CROWN), "slopesSeconds", times.get(GapCase.Method.SLOPES), "cutsSeconds",
                times.get(GapCase.Method.CUTS));
    }
}
