package org.reluctor.demo;

import java.util.Locale;
import org.reluctor.app.json.JsonText;

/** The result in words for people, and as JSON for programs. */
final class Report {
    private static final String ROW = "  %-28s %12s %14s%n";

    private Report() {
    }

    /** One JSON object; its keys are relied upon elsewhere. */
    static String json(Figures figures) {
        return JsonText.of("sent", figures.sent(), "received", figures.received(), "lost", figures.lost(),
                "duplicated", figures.duplicated(), "rejected", figures.rejected(), "prd", figures.prd(),
                "prdLinear", figures.prdLinear(), "latencyP50Us", figures.latencyP50Us(),
                "latencyP99Us", figures.latencyP99Us());
    }

    /** A table, and whether the demonstration showed what it promises. */
    static String table(Figures figures) {
        StringBuilder text = new StringBuilder(System.lineSeparator());
        row(text, String.format(Locale.ROOT, "%,d windows compared", figures.compared()), "network", "linear start");
        row(text, "PRD", percent(figures.prd()), percent(figures.prdLinear()));
        row(text, "SNR", decibels(figures.prd()), decibels(figures.prdLinear()));
        text.append(System.lineSeparator());
        row(text, "frames sent", count(figures.sent()), "");
        row(text, "signals received", count(figures.received()), "");
        row(text, "lost", count(figures.lost()), "");
        row(text, "duplicated", count(figures.duplicated()), "");
        row(text, "rejected", count(figures.rejected()), "");
        row(text, "latency p50", time(figures.latencyP50Us()), "");
        row(text, "latency p99", time(figures.latencyP99Us()), "");
        text.append(System.lineSeparator()).append(verdict(figures)).append(System.lineSeparator());
        return text.toString();
    }

    /** One sentence. */
    static String verdict(Figures figures) {
        if (figures.passed()) {
            return String.format(Locale.ROOT, "Passed: all %,d frames came back, each once, and the network is better"
                    + " than its linear start.", figures.sent());
        }
        if (figures.sent() == 0) {
            return "Failed: no frame was sent.";
        }
        if (figures.lost() != 0 || figures.duplicated() != 0 || figures.rejected() != 0) {
            return String.format(Locale.ROOT, "Failed: %,d lost, %,d duplicated, %,d rejected.", figures.lost(),
                    figures.duplicated(), figures.rejected());
        }
        return "Failed: the network is no better than its linear start.";
    }

    /** A few words. */
    static String brief(Figures figures) {
        return figures.passed() ? "Passed: each frame came back once" : verdict(figures);
    }

    /** Such as {@code 6.91 %}. */
    static String percent(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f %%", value);
    }

    /** Such as {@code 2.13 ms}. */
    static String time(long microseconds) {
        return microseconds == 0 ? "-" : String.format(Locale.ROOT, "%.2f ms", microseconds / 1000.0);
    }

    private static String decibels(double prd) {
        return Double.isNaN(prd) ? "-" : String.format(Locale.ROOT, "%.2f dB", Figures.snr(prd));
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static void row(StringBuilder text, String name, String value, String other) {
        String line = String.format(Locale.ROOT, ROW, name, value, other);
        text.append(line.stripTrailing()).append(System.lineSeparator());
    }
}
