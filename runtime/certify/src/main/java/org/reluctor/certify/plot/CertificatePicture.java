package org.reluctor.certify.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
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

/**
 * A class of signals and a network in two charts: how wide the bounds of each layer are by each method, and the band in
 * which every recovered signal lies, around the one that is recovered from the middle of the class.
 */
public final class CertificatePicture {
    private static final SvgChart.Tone[] TONES = {SvgChart.Tone.GREY, SvgChart.Tone.BLUE, SvgChart.Tone.GREEN,
        SvgChart.Tone.ORANGE};
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
        Map<String, LayerBounds> methods = methods();
        List<LayerBounds> all = new ArrayList<>(methods.values());
        return SvgChart.page(layers(methods), band(all.get(all.size() - 1).box(statement.signal())));
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

    private SvgChart layers(Map<String, LayerBounds> methods) {
        LayerGraph graph = statement.graph();
        int[] layers = IntStream.concat(IntStream.range(1, graph.size())
                .filter(at -> graph.layer(at) instanceof ActivationLayer)
                .map(at -> ((ActivationLayer) graph.layer(at)).source()).distinct(),
                IntStream.of(statement.signal())).toArray();
        double[] across = IntStream.rangeClosed(1, layers.length).asDoubleStream().toArray();
        double[] all = methods.values().stream().flatMapToDouble(bounds -> DoubleStream.of(widths(bounds, layers)))
                .filter(width -> width > 0).toArray();
        double most = Arrays.stream(all).max().orElse(1);
        double least = Arrays.stream(all).min().orElse(1);
        SvgChart chart = new SvgChart(new String[] {"Mean width of the bounds by layer",
            "pre-activation, the signal last", "width"}, new double[] {1, layers.length},
            new double[] {0.5 * least, 2 * most}, true);
        int tone = 0;
        for (Map.Entry<String, LayerBounds> method : methods.entrySet()) {
            chart.curve(method.getKey(), TONES[tone++], across, widths(method.getValue(), layers));
        }
        return chart;
    }

    private static double[] widths(LayerBounds bounds, int... layers) {
        return Arrays.stream(layers).mapToDouble(layer -> {
            Box box = bounds.box(layer);
            return IntStream.range(0, box.size()).mapToDouble(box::width).average().orElse(0);
        }).toArray();
    }

    private SvgChart band(Box range) {
        double[] middle = new double[statement.input().size()];
        Arrays.setAll(middle, statement.input()::middle);
        double[] signal = statement.graph().evaluate(middle)[statement.signal()];
        double[] samples = IntStream.range(0, signal.length).asDoubleStream().toArray();
        SvgChart chart = new SvgChart(new String[] {"Every recovered signal of the class lies in the band", "sample",
            "signal"}, new double[] {0, signal.length - 1},
            new double[] {Arrays.stream(range.low()).min().orElse(0), Arrays.stream(range.high()).max().orElse(1)},
            false);
        chart.band("certified", SvgChart.Tone.BLUE, samples, new double[][] {range.low(), range.high()});
        chart.curve("recovered from the middle of the class", SvgChart.Tone.ORANGE, samples, signal);
        return chart;
    }
}
