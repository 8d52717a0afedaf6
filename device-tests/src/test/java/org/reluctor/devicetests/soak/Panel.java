package org.reluctor.devicetests.soak;

import java.util.Arrays;
import java.util.Locale;

/**
 * One figure over the time of a soak: a box with its scale at the left and its finding at the right. Values outside the
 * scale are drawn at its edge.
 */
final class Panel {
    static final int LEFT = 64;
    static final int WIDTH = 600;
    static final int HEIGHT = 84;
    private static final int RIGHT = LEFT + WIDTH;
    private static final int INSET = 8;

    private final SvgPage page;
    private final double top;
    private final double hours;
    private final double low;
    private final double high;
    private final boolean logarithmic;

    private Panel(SvgPage page, double top, double hours, double low, double high, boolean logarithmic) {
        this.page = page;
        this.top = top;
        this.hours = hours;
        this.low = low;
        this.high = high;
        this.logarithmic = logarithmic;
    }

    /** With room for all values, and for {@code leastSpan} at least, so that noise does not look like a mountain. */
    static Panel linear(SvgPage page, double top, double hours, double[] values, double leastSpan) {
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(1);
        double missing = Math.max(0, leastSpan - (most - least)) / 2;
        double low = Math.max(0, Math.floor(least - missing));
        return new Panel(page, top, hours, low, Math.ceil(Math.max(most + missing, low + leastSpan)), false);
    }

    /** With room for all values, which are above zero, between powers of ten. */
    static Panel logarithmic(SvgPage page, double top, double hours, double[] values) {
        double least = Arrays.stream(values).min().orElse(1);
        double most = Arrays.stream(values).max().orElse(10);
        double low = Math.pow(10, Math.floor(Math.log10(least)));
        return new Panel(page, top, hours, low, Math.max(10 * low, Math.pow(10, Math.ceil(Math.log10(most)))), true);
    }

    static double x(double hour, double hours) {
        return LEFT + WIDTH * Math.max(0, Math.min(1, hour / hours));
    }

    double x(double hour) {
        return x(hour, hours);
    }

    double y(double value) {
        double part = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return top + HEIGHT - INSET - (HEIGHT - 2 * INSET) * Math.max(0, Math.min(1, part));
    }

    /** The box, its name and the ends of its scale. */
    void frame(String title, String unit) {
        page.box("frame", LEFT, top, WIDTH, HEIGHT);
        page.text(LEFT + 6, top + 15, "start", "name", title + (unit.isEmpty() ? "" : ", " + unit));
        page.text(LEFT - 6, y(high) + 4, "end", "small", number(high));
        page.text(LEFT - 6, y(low) + 4, "end", "small", number(low));
    }

    /** What is written at the right: a finding, its bound below, and whether it was kept. */
    void finding(SoakVerdict.Finding finding) {
        page.text(RIGHT + 12, top + 30, "start", finding.kept() ? "kept" : "broken",
                (finding.kept() ? "✓ " : "✗ ") + finding.found());
        page.text(RIGHT + 12, top + 48, "start", "small", finding.bound());
    }

    void dots(String kind, Sample.Points points) {
        for (int i = 0; i < points.count(); i++) {
            page.dot(kind, x(points.hours()[i]), y(points.values()[i]));
        }
    }

    void curve(String kind, Sample.Points points) {
        page.path(kind, Arrays.stream(points.hours()).map(this::x).toArray(),
                Arrays.stream(points.values()).map(this::y).toArray());
    }

    /** A straight line between two points in hours and values. */
    void line(String kind, double fromHour, double from, double toHour, double to) {
        page.line(kind, x(fromHour), y(from), x(toHour), y(to));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == 0 || value >= 1 ? "%,.0f" : "%s", value);
    }
}
