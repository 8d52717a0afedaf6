package org.reluctor.certify.interval;

/**
 * Float64 sums and products rounded to the safe side: {@code …Up} is never below the exact result, {@code …Down} never
 * above it. The error of an operation is computed without error (Knuth's TwoSum, and fma), so that exact results stay
 * exact. Not-a-number goes in and out as such. All methods are pure.
 */
public final class Outward {
    /** Half the distance from 1 to the next float64: the largest relative error of one operation, 2^-53. */
    public static final double UNIT = 0x1p-53;

    /** Below this, fma no longer gives the whole error of a product. */
    private static final double ERROR_LOST = 0x1p-960;

    private Outward() {
    }

    /** At least a + b. */
    public static double addUp(double a, double b) {
        double sum = a + b;
        if (Double.isInfinite(sum)) {
            return sum < 0 && Double.isFinite(a) && Double.isFinite(b) ? -Double.MAX_VALUE : sum;
        }
        double shadow = sum - a;
        double error = a - (sum - shadow) + (b - shadow);
        // Intermediate overflow leaves NaN: then the step is taken without asking.
        return error <= 0 ? sum : Math.nextUp(sum);
    }

    /** At most a + b. */
    public static double addDown(double a, double b) {
        return -addUp(-a, -b);
    }

    /** At least a · b; zero times anything is zero. */
    public static double mulUp(double a, double b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        double product = a * b;
        if (Double.isInfinite(product)) {
            return product < 0 && Double.isFinite(a) && Double.isFinite(b) ? -Double.MAX_VALUE : product;
        }
        boolean exact = Math.abs(product) > ERROR_LOST && Math.fma(a, b, -product) <= 0;
        return exact ? product : Math.nextUp(product);
    }

    /** At most a · b; zero times anything is zero. */
    public static double mulDown(double a, double b) {
        return -mulUp(-a, b);
    }

    /** At least a / b, for b other than 0. */
    public static double divUp(double a, double b) {
        return a == 0 ? 0 : Math.nextUp(a / b);
    }

    /** At most a / b, for b other than 0. */
    public static double divDown(double a, double b) {
        return -divUp(-a, b);
    }

    /** At least the largest factor · x for x from low to high. */
    public static double productUp(double factor, double low, double high) {
        return factor >= 0 ? mulUp(factor, high) : mulUp(factor, low);
    }

    /** At most the smallest factor · x for x from low to high. */
    public static double productDown(double factor, double low, double high) {
        return -productUp(-factor, low, high);
    }

    /**
     * At least the exact value of a sum of non-negative terms, each a product, that was computed in the usual way.
     *
     * @param sum   as computed
     * @param terms how many there were
     */
    public static double sumUp(double sum, long terms) {
        double factor = 1 + 4 * (terms + 2L) * UNIT;
        return Math.nextUp(Math.nextUp(sum * factor) + (terms + 2L) * Double.MIN_NORMAL);
    }

    /** γ_n = n·u / (1 − n·u), rounded up, of float64 operations (Higham, Accuracy and Stability, 2002, (3.1)). */
    public static double gamma(long operations) {
        double product = operations * UNIT;
        return product / (1 - 2 * product) * (1 + 8 * UNIT);
    }
}
