package org.reluctor.learn.plot;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.reluctor.learn.evaluation.PublishedFigures;
import org.reluctor.learn.evaluation.WindowGallery;
import org.reluctor.plot.ChartLook;
import org.reluctor.plot.SvgSheet;

/** The charts of an evaluation. */
public final class EvaluationCharts {
    private static final int WIDE = 720;
    private static final int HIGH = 420;
    private static final int PANEL_WIDE = 480;
    private static final int PANEL_HIGH = 260;
    private static final int BINS = 60;
    /** What lies beyond is counted in the last bin: a few windows would squeeze all others. */
    private static final double SHOWN = 0.995;

    private static final Color FILL = new Color(0xDD, 0x6B, 0x20, 0x60);

    private EvaluationCharts() {
    }

    /** Truth and recovery, a panel a window. */
    public static void windows(Path file, List<WindowGallery.Window> windows) throws IOException {
        List<XYChart> panels = new ArrayList<>();
        for (WindowGallery.Window window : windows) {
            boolean timed = !Double.isNaN(window.rateHz());
            double[] x = new double[window.truth().length];
            for (int at = 0; at < x.length; at++) {
                x[at] = timed ? at / window.rateHz() : at;
            }
            String place = timed ? String.format(Locale.ROOT, "%.1f s", window.start() / window.rateHz())
                    : "sample " + window.start();
            XYChart panel = ChartLook.chart(String.format(Locale.ROOT, "%s from %s, PRD %.2f %%", window.record(),
                    place, window.prd()), timed ? "s" : "samples", window.unit(), PANEL_WIDE, PANEL_HIGH);
            panel.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
            panel.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
            ChartLook.curve(panel, "recorded", x, window.truth(), ChartLook.GREY).setLineWidth(3);
            ChartLook.curve(panel, "recovered", x, window.recovered(), ChartLook.ORANGE);
            panels.add(panel);
        }
        new SvgSheet(2).write(file, panels);
    }

    /** How often which error occurs. */
    public static void histogram(Path file, double[] errors, String axis, String counted) throws IOException {
        double[] sorted = Arrays.stream(errors).filter(Double::isFinite).sorted().toArray();
        double most = sorted[(int) Math.min(sorted.length - 1, SHOWN * sorted.length)];
        double width = roundWidth((most - sorted[0]) / BINS);
        double first = Math.floor(sorted[0] / width);
        int bins = (int) (Math.floor(most / width) - first) + 1;
        double[] edges = new double[bins + 1];
        double[] counts = new double[bins + 1];
        for (int bin = 0; bin <= bins; bin++) {
            edges[bin] = (first + bin) * width;
        }
        for (double error : sorted) {
            counts[(int) Math.min(bins - 1, Math.floor(error / width) - first)]++;
        }
        XYChart chart = ChartLook.chart(String.format(Locale.ROOT, "%d %s, median %.2f", sorted.length, counted,
                sorted[sorted.length / 2]), axis, counted, WIDE, HIGH);
        chart.getStyler().setLegendVisible(false);
        XYSeries series = ChartLook.curve(chart, counted, edges, counts, ChartLook.ORANGE);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea);
        series.setFillColor(FILL);
        new SvgSheet(1).write(file, List.of(chart));
    }

    /** The next larger of 1, 2, 5, 10, … times a power of ten. */
    private static double roundWidth(double width) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(width, 1e-9))));
        return power * DoubleStream.of(1, 2, 5).filter(digit -> digit * power >= width).findFirst().orElse(10);
    }

    /**
     * Quality over the measurement ratio: published curves, and points of what was evaluated.
     *
     * @param ratio  m/n in percent of what was evaluated
     * @param points its quality by condition or method
     * @param log    whether quality is drawn logarithmically
     */
    public static void overRatio(Path file, List<PublishedFigures> published, double ratio, Map<String, Double> points,
            String axis, boolean log) throws IOException {
        XYChart chart = ChartLook.chart(axis + " over the measurement ratio", "m/n in %", axis, WIDE, HIGH);
        chart.getStyler().setYAxisLogarithmic(log);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        for (PublishedFigures curve : published) {
            XYSeries series = chart.addSeries(curve.name(), curve.ratios(), curve.values());
            series.setLineColor(ChartLook.GREY);
            series.setMarkerColor(ChartLook.GREY);
            series.setMarker(published.indexOf(curve) == 0 ? SeriesMarkers.CIRCLE : SeriesMarkers.SQUARE);
        }
        int number = 0;
        for (Map.Entry<String, Double> point : points.entrySet()) {
            XYSeries series = chart.addSeries(point.getKey(), new double[] {ratio}, new double[] {point.getValue()});
            series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            series.setMarker(SeriesMarkers.DIAMOND);
            series.setMarkerColor(ChartLook.color(number++));
        }
        new SvgSheet(1).write(file, List.of(chart));
    }
}
