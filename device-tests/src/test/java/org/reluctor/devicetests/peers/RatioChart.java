package org.reluctor.devicetests.peers;

import java.util.List;
import java.util.Locale;

/**
 * Bars of ratios as SVG 1.1, one a row, with a line where both are equally fast. Legible on light and dark pages: no
 * background, and text of a tone that follows the reader's scheme.
 */
final class RatioChart {
    private static final int LABELS = 250;
    private static final int BARS = 400;
    private static final int WIDTH = LABELS + BARS + 70;
    private static final int ROW = 24;
    private static final int TOP = 58;
    private static final String STYLE = """
            text { font: 13px system-ui, sans-serif; fill: #57606a }
            .title { font-weight: 600; font-size: 15px }
            .small { font-size: 11px }
            .faster { fill: #3b82c4 }
            .slower { fill: #c4763b }
            .equal { stroke: #808890; stroke-dasharray: 4 3 }
            .quartiles { stroke: #808890; stroke-width: 1.5 }
            @media (prefers-color-scheme: dark) { text { fill: #b4bcc4 } }
            """;

    private final StringBuilder svg = new StringBuilder();
    private final List<PeerRow> rows;
    private final double scale;

    private RatioChart(List<PeerRow> rows) {
        this.rows = rows;
        double largest = rows.stream().mapToDouble(row -> Math.max(row.ratio(), row.times().ratioHigh()))
                .filter(Double::isFinite).max().orElse(1);
        this.scale = BARS / Math.max(1.5, largest);
    }

    /** The chart as a document. */
    static String of(PeerReport report) {
        return new RatioChart(report.rows()).draw("Time of " + report.peer() + " over ours", report.device());
    }

    private String draw(String title, String subtitle) {
        int height = TOP + ROW * rows.size() + 26;
        svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\""
                + " height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" role=\"img\">%n<title>%3$s</title>%n"
                + "<style>%n%4$s</style>%n", WIDTH, height, escaped(title), STYLE));
        text(12, 22, "start", "title", title);
        text(12, 40, "start", "small", subtitle + "; longer is better; thin lines: quartiles of rounds");
        for (int i = 0; i < rows.size(); i++) {
            bar(rows.get(i), TOP + i * ROW);
        }
        double equal = LABELS + scale;
        int bottom = TOP + ROW * rows.size();
        svg.append(String.format(Locale.ROOT, "<line class=\"equal\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\""
                + " y2=\"%3$d\"/>%n", equal, TOP - 4, bottom + 2));
        text(equal, bottom + 16, "middle", "small", "equally fast");
        return svg.append("</svg>").append(System.lineSeparator()).toString();
    }

    private void bar(PeerRow row, int y) {
        double length = Double.isFinite(row.ratio()) ? Math.max(1, row.ratio() * scale) : 1;
        text(LABELS - 8, y + 15, "end", "label", row.title());
        svg.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\""
                + " rx=\"2\"/>%n", row.ratio() >= 1 ? "faster" : "slower", LABELS, y + 3, length, ROW - 7));
        double low = row.times().ratioLow() * scale;
        double high = row.times().ratioHigh() * scale;
        if (Double.isFinite(low) && Double.isFinite(high)) {
            svg.append(String.format(Locale.ROOT, "<line class=\"quartiles\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%3$.1f\""
                    + " y2=\"%3$.1f\"/>%n", LABELS + low, LABELS + high, y + 11.5));
            length = Math.max(length, high);
        }
        text(LABELS + length + 6, y + 15, "start", "value", String.format(Locale.ROOT, "%.2f", row.ratio()));
    }

    private void text(double x, int y, String anchor, String kind, String content) {
        svg.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                kind, x, y, anchor, escaped(content)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
