package org.reluctor.certify.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.BoundPropagation;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Effort;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.LayerBounds;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.RecoveryStatement;
import org.reluctor.certify.property.SignalClass;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.plot.ChartLook;
import org.reluctor.plot.SvgSheet;

/**
 * A class of signals and a network in two charts: how wide the bounds of each layer are by each method, and the band in
 * which every recovered signal lies, around the one that is recovered from the middle of the class.
 */
public final class CertificatePicture {
    private static final int WIDE = 720;
    private static final int HIGH = 380;
    /** Beyond so many activations, cuts take longer than anybody waits for a picture. */
    private static final int MOST_FOR_CUTS = 1024;

    private final RecoveryStatement statement;
    private final Execution execution;
    private final Deadline deadline;
    private final BoundProgress progress;

    /**
     * @param deadline of all methods together: what one has not reached keeps the bounds of the one before
     * @throws org.reluctor.certify.graph.RefusedNetworkException if the network cannot be certified so
     */
    public CertificatePicture(RecoveryNetwork network, SignalClass signals, Execution execution, Deadline deadline,
            BoundProgress progress) {
        statement = new RecoveryStatement(network, signals, execution);
        this.execution = execution;
        this.deadline = deadline;
        this.progress = progress;
    }

    /** The picture as SVG. */
    public String svg() {
        return new SvgSheet(1).text(charts());
    }

    /** Widths by layer, a series a method, easiest first; then the band and the signal in it. */
    List<XYChart> charts() {
        Map<String, LayerBounds> methods = methods();
        List<LayerBounds> all = new ArrayList<>(methods.values());
        return List.of(layers(methods), band(all.get(all.size() - 1).box(statement.signal())));
    }

    private Map<String, LayerBounds> methods() {
        Map<String, LayerBounds> methods = new LinkedHashMap<>();
        LayerBounds intervals = LayerBounds.intervals(statement.graph(), statement.input(), execution);
        LayerBounds linear = backwards(intervals, Effort.PLAIN);
        methods.put("intervals", intervals);
        methods.put("linear bounds backwards", linear);
        int activations = statement.graph().layers().stream()
                .mapToInt(layer -> layer instanceof ActivationLayer ? layer.size() : 0).sum();
        if (activations <= MOST_FOR_CUTS) {
            LayerBounds slopes = backwards(linear, Effort.SLOPES);
            methods.put("with searched slopes", slopes);
            methods.put("and cuts", backwards(slopes, Effort.CUTS));
        }
        return methods;
    }

    /** From what an easier method proved: where the time ends, that remains. */
    private LayerBounds backwards(LayerBounds known, Effort effort) {
        LayerBounds bounds = known.within(statement.input());
        new BoundPropagation(bounds, effort, deadline, progress).run(statement.signal());
        return bounds;
    }

    private XYChart layers(Map<String, LayerBounds> methods) {
        LayerGraph graph = statement.graph();
        int[] layers = IntStream.concat(IntStream.range(1, graph.size())
                .filter(at -> graph.layer(at) instanceof ActivationLayer)
                .map(at -> ((ActivationLayer) graph.layer(at)).source()).distinct(),
                IntStream.of(statement.signal())).toArray();
        double[] across = IntStream.rangeClosed(1, layers.length).asDoubleStream().toArray();
        double least = methods.values().stream().flatMapToDouble(bounds -> DoubleStream.of(widths(bounds, layers)))
                .filter(width -> width > 0).min().orElse(1);
        XYChart chart = ChartLook.chart("Mean width of the bounds by layer", "pre-activation, the signal last", "width",
                WIDE, HIGH);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        methods.forEach((method, bounds) -> ChartLook.curve(chart, method, across,
                drawn(widths(bounds, layers), least), ChartLook.color(chart.getSeriesMap().size())));
        return chart;
    }

    /** A logarithmic axis has no place for 0, none has one for what is not bounded. */
    private static double[] drawn(double[] widths, double least) {
        return Arrays.stream(widths).map(width -> Double.isFinite(width) ? Math.max(width, least) : Double.NaN)
                .toArray();
    }

    private static double[] widths(LayerBounds bounds, int... layers) {
        return Arrays.stream(layers).mapToDouble(layer -> {
            Box box = bounds.box(layer);
            return IntStream.range(0, box.size()).mapToDouble(box::width).average().orElse(0);
        }).toArray();
    }

    private XYChart band(Box range) {
        double[] middle = new double[statement.input().size()];
        Arrays.setAll(middle, statement.input()::middle);
        double[] signal = statement.graph().evaluate(middle)[statement.signal()];
        double[] samples = IntStream.range(0, signal.length).asDoubleStream().toArray();
        XYChart chart = ChartLook.chart("Every recovered signal of the class lies in the band", "sample", "signal",
                WIDE, HIGH);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        ChartLook.band(chart, "certified", samples, range.low(), range.high(), ChartLook.color(1))
                .setShowInLegend(true);
        ChartLook.curve(chart, "recovered from the middle of the class", samples, signal, ChartLook.ORANGE);
        return chart;
    }
}
