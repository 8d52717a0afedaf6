package org.reluctor.devicetests.soak;

import java.util.Locale;

/** Durations as people say them. */
final class TimeWords {
    private static final double[] STEPS_HOURS = {1 / 360.0, 1 / 120.0, 1 / 60.0, 1 / 30.0, 1 / 12.0, 1 / 6.0, 1 / 4.0,
        1 / 2.0, 1, 2, 4, 12, 24};
    private static final int MOST_STEPS = 9;
    /** Below it, seconds count. */
    private static final double FEW_MINUTES = 300;

    private TimeWords() {
    }

    /** For example 40 s, 150 s, 12 min, 1 h, 1 h 30 min. */
    static String of(double seconds) {
        if (seconds > 0 && seconds < FEW_MINUTES && Math.round(seconds) % 60 != 0) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        long minutes = Math.round(seconds / 60);
        String rest = minutes % 60 + " min";
        return minutes < 60 ? rest : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + rest);
    }

    /** A round number of hours that divides so many into a few steps. */
    static double stepHours(double hours) {
        for (double step : STEPS_HOURS) {
            if (hours / step <= MOST_STEPS) {
                return step;
            }
        }
        return Math.ceil(hours / MOST_STEPS);
    }
}
