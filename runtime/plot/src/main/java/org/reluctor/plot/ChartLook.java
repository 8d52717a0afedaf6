package org.reluctor.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The one look of all charts: no ground of their own, letters and lines in a grey that stands out from white as much as
 * from black (4.5 : 1), and series in middle tones.
 */
public final class ChartLook {
    /** Of letters, axes and what is compared with. */
    public static final Color GREY = new Color(0x76, 0x76, 0x76);
    /** Of what is shown first. */
    public static final Color ORANGE = new Color(0xDD, 0x6B, 0x20);
    private static final List<Color> COLORS = List.of(ORANGE, new Color(0x31, 0x82, 0xCE),
            new Color(0x2F, 0x9E, 0x5E), new Color(0x9F, 0x5F, 0xC4), new Color(0xC9, 0x4F, 0x7C),
            new Color(0x1F, 0x93, 0x9B));
    private static final Color GRID = new Color(0x76, 0x76, 0x76, 0x50);
    private static final Color NONE = new Color(0, 0, 0, 0);
    private static final int FONT_SIZE = 12;
    private static final int FAINT = 0x38;

    static {
        // A DISPLAY that does not answer must not matter.
        System.setProperty("java.awt.headless", "true");
    }

    private ChartLook() {
    }

    /** An empty chart. */
    public static XYChart chart(String title, String xAxis, String yAxis, int width, int height) {
        XYChart chart = new XYChartBuilder().width(width).height(height).title(title).xAxisTitle(xAxis)
                .yAxisTitle(yAxis).build();
        XYStyler styler = chart.getStyler();
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
        styler.setBaseFont(font);
        styler.setChartTitleFont(font.deriveFont(Font.BOLD));
        styler.setLegendFont(font);
        styler.setAxisTitleFont(font);
        styler.setAxisTickLabelsFont(font.deriveFont(FONT_SIZE - 1f));
        styler.setChartBackgroundColor(NONE);
        styler.setPlotBackgroundColor(NONE);
        styler.setLegendBackgroundColor(NONE);
        styler.setLegendBorderColor(NONE);
        styler.setPlotBorderVisible(false);
        styler.setChartFontColor(GREY);
        styler.setXAxisTitleColor(GREY);
        styler.setYAxisTitleColor(GREY);
        styler.setAxisTickLabelsColor(GREY);
        styler.setAxisTickMarksColor(GREY);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
        styler.setxAxisTickLabelsFormattingFunction(ChartLook::number);
        styler.setLegendPosition(Styler.LegendPosition.InsideNE);
        styler.setMarkerSize(6);
        return chart;
    }

    /** At most four digits: ticks lie where the data begin, and that may be anywhere. */
    private static String number(double value) {
        return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    }

    /** The colour of what is shown in that place, from 0. */
    public static Color color(int number) {
        return COLORS.get(number % COLORS.size());
    }

    /** A curve without markers. */
    public static XYSeries curve(XYChart chart, String name, double[] x, double[] y, Color color) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineColor(color);
        series.setLineWidth(1.5f);
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }

    /** What lies between two curves, faint in their colour; not in the legend. */
    public static XYSeries band(XYChart chart, String name, double[] x, double[] low, double[] high, Color color) {
        int count = x.length;
        double[] around = Arrays.copyOf(x, 2 * count);
        double[] edge = Arrays.copyOf(high, 2 * count);
        for (int at = 0; at < count; at++) {
            around[2 * count - 1 - at] = x[at];
            edge[2 * count - 1 - at] = low[at];
        }
        XYSeries band = chart.addSeries(name, around, edge);
        band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        band.setMarker(SeriesMarkers.NONE);
        band.setShowInLegend(false);
        Color faint = new Color(color.getRed(), color.getGreen(), color.getBlue(), FAINT);
        band.setFillColor(faint);
        band.setLineColor(faint);
        band.setLineWidth(0);
        return band;
    }
}
