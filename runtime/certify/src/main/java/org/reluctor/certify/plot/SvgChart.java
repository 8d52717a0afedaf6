package org.reluctor.certify.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;

/**
 * One chart: axes with ticks, bands and curves over them, a legend. Everything outside the axes' range is cut off at
 * their border. The page has no ground of its own.
 */
final class SvgChart {
    /** Colours that contrast with white and with black: the same as those of training's charts. */
    enum Tone {
        GREY("#767676"), ORANGE("#DD6B20"), BLUE("#3182CE"), GREEN("#2F9E5E"), VIOLET("#9F5FC4");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    static final int WIDTH = 640;
    static final int HEIGHT = 340;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 46;
    private static final int TICKS = 5;

    private final StringBuilder svg = new StringBuilder();
    private final double[] across;
    private final double[] up;
    private final boolean logarithmic;
    private int legends;

    /**
     * @param titles      of the chart, the axis across and the axis up
     * @param across      least and most there
     * @param up          least and most there, above 0 where logarithmic
     * @param logarithmic whether the axis up is
     */
    SvgChart(String[] titles, double[] across, double[] up, boolean logarithmic) {
        this.across = widened(across);
        this.up = logarithmic ? up.clone() : widened(up);
        this.logarithmic = logarithmic;
        text(WIDTH / 2.0, 16, "middle", titles[0], "font-weight=\"bold\"");
        text(WIDTH / 2.0, HEIGHT - 8, "middle", titles[1], "");
        text(14, HEIGHT / 2.0, "middle", titles[2],
                "transform=\"rotate(-90 14 " + number(HEIGHT / 2.0) + ")\"");
        for (int tick = 0; tick < TICKS; tick++) {
            ticks((double) tick / (TICKS - 1));
        }
    }

    private static double[] widened(double[] range) {
        boolean point = !(range[0] < range[1]);
        return point ? new double[] {range[0] - 1, range[0] + 1} : range.clone();
    }

    private void ticks(double share) {
        double x = LEFT + share * (WIDTH - LEFT - RIGHT);
        double y = HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
        svg.append(String.format(Locale.ROOT, "<path d=\"M%s %dV%dM%d %sH%d\" stroke=\"#76767650\" stroke-width=\"0.5\""
                + " fill=\"none\"/>%n", number(x), TOP, HEIGHT - BOTTOM, LEFT, number(y), WIDTH - RIGHT));
        text(x, HEIGHT - BOTTOM + 16, "middle", shown(across[0] + share * (across[1] - across[0])), "");
        double value = logarithmic ? up[0] * Math.pow(up[1] / up[0], share) : up[0] + share * (up[1] - up[0]);
        text(LEFT - 6, y + 4, "end", shown(value), "");
    }

    private void text(double x, double y, String anchor, String content, String more) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"#767676\" %s>%s"
                + "</text>%n", number(x), number(y), anchor, more, escaped(content)));
    }

    private static String escaped(String content) {
        return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Three digits say where a tick is. */
    private static String shown(double value) {
        return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private String place(double x, double y) {
        double right = LEFT + (x - across[0]) / (across[1] - across[0]) * (WIDTH - LEFT - RIGHT);
        double part = logarithmic ? Math.log(Math.max(y, up[0]) / up[0]) / Math.log(up[1] / up[0])
                : (y - up[0]) / (up[1] - up[0]);
        double high = HEIGHT - BOTTOM - Math.min(1, Math.max(0, part)) * (HEIGHT - TOP - BOTTOM);
        return number(right) + " " + number(high);
    }

    /** A curve through points; those that are not finite are left out. */
    void curve(String name, Tone tone, double[] x, double[] y) {
        StringBuilder path = new StringBuilder();
        for (int at = 0; at < x.length; at++) {
            if (Double.isFinite(y[at])) {
                path.append(path.isEmpty() ? 'M' : 'L').append(place(x[at], y[at]));
            }
        }
        svg.append(String.format(Locale.ROOT, "<path class=\"curve\" d=\"%s\" stroke=\"%s\" stroke-width=\"1.5\""
                + " fill=\"none\"/>%n", path, tone.code));
        legend(name, tone, "1");
    }

    /** What lies between two curves. */
    void band(String name, Tone tone, double[] x, double[][] lowAndHigh) {
        StringBuilder path = new StringBuilder();
        for (int at = 0; at < x.length; at++) {
            path.append(at == 0 ? 'M' : 'L').append(place(x[at], lowAndHigh[1][at]));
        }
        for (int at = x.length - 1; at >= 0; at--) {
            path.append('L').append(place(x[at], lowAndHigh[0][at]));
        }
        svg.append(String.format(Locale.ROOT, "<path class=\"band\" d=\"%sZ\" fill=\"%s\" fill-opacity=\"0.3\"/>%n",
                path, tone.code));
        legend(name, tone, "0.3");
    }

    private void legend(String name, Tone tone, String opacity) {
        int y = TOP + 10 + 16 * legends++;
        svg.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"18\" height=\"5\" fill=\"%s\""
                + " fill-opacity=\"%s\"/>%n", LEFT + 8, y - 6, tone.code, opacity));
        text(LEFT + 32, y, "start", name, "");
    }

    /** Charts one below the other on one page. */
    static String page(SvgChart... charts) {
        StringBuilder page = new StringBuilder(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\""
                + " width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\""
                + " font-size=\"12\">%n", WIDTH, HEIGHT * charts.length));
        Arrays.stream(charts).forEach(chart -> page.append(String.format(Locale.ROOT, "<g transform=\"translate(0"
                + " %d)\">%n", HEIGHT * Arrays.asList(charts).indexOf(chart))).append(chart.svg).append("</g>\n"));
        return page.append("</svg>\n").toString();
    }
}
