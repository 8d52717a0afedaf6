package org.reluctor.devicetests.soak;

import java.util.Locale;

/**
 * Writes the elements of an SVG 1.1 document. Colours are in the style sheet by class, once for light pages and once
 * for dark ones; there is no background.
 */
final class SvgPage {
    private final StringBuilder svg = new StringBuilder();

    /** Opens the document. */
    SvgPage(int width, int height, String title, String style) {
        svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\""
                + " height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" role=\"img\">%n<title>%3$s</title>%n"
                + "<style>%n%4$s</style>%n", width, height, escaped(title), style));
    }

    /** @param anchor start, middle or end */
    void text(double x, double y, String anchor, String kind, String content) {
        svg.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind, x, y, anchor, escaped(content)));
    }

    void line(String kind, double x1, double y1, double x2, double y2) {
        svg.append(String.format(Locale.ROOT, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                kind, x1, y1, x2, y2));
    }

    void box(String kind, double x, double y, double width, double height) {
        svg.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                + "/>%n", kind, x, y, Math.max(0, width), Math.max(0, height)));
    }

    void dot(String kind, double x, double y) {
        svg.append(String.format(Locale.ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.2\"/>%n", kind, x,
                y));
    }

    /** A line through points; nothing where there are none. */
    void path(String kind, double[] x, double[] y) {
        if (x.length == 0) {
            return;
        }
        svg.append("<path class=\"").append(kind).append("\" d=\"");
        for (int i = 0; i < x.length; i++) {
            svg.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x[i], y[i]));
        }
        svg.append("\"/>").append(System.lineSeparator());
    }

    /** The closed document. */
    String end() {
        return svg.append("</svg>").append(System.lineSeparator()).toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
