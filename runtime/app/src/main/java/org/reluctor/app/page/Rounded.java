package org.reluctor.app.page;

import java.util.ArrayList;
import java.util.List;

/** Numbers with no more digits than a page shows, for fewer bytes. */
public final class Rounded {
    private static final int SIGNIFICANT = 4;

    private Rounded() {
    }

    /** To so many decimals; NaN stays, and becomes null in JSON. */
    public static double of(double value, int decimals) {
        double unit = Math.pow(10, decimals);
        return Double.isFinite(value) ? Math.rint(value * unit) / unit : Double.NaN;
    }

    /** All of them to so many decimals. */
    public static List<Double> of(float[] values, int decimals) {
        List<Double> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(of(value, decimals));
        }
        return list;
    }

    /** Decimals that give the largest value four digits. */
    static int decimalsOfCurve(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest == 0 ? 0 : Math.max(0, SIGNIFICANT - 1 - (int) Math.floor(Math.log10(largest)));
    }
}
