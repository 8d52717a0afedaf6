package org.reluctor.learn.measurement;

import java.util.Arrays;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;

/**
 * A score for every entry of a sparse binary Φ: in every column the entries of the highest scores are one. Scores are
 * changed by Adam along the gradient of a loss with respect to Φ as if Φ were they (straight through: Bengio et al.,
 * arXiv 1308.3432), so that a one moves within its column as soon as many gradients together say so. Where rows are to
 * be level, ones go from full rows to empty ones afterwards, those first whose scores differ least. One thread.
 */
public final class ColumnScores {
    private static final double B1 = 0.9;
    private static final double B2 = 0.99;
    private static final double TINY = 1e-12;

    private final int rows;
    private final int columns;
    private final int ones;
    private final boolean level;
    private final float[] scores;
    private final float[] moments;

    /**
     * Scores that stand for a matrix.
     *
     * @param lead  of the ones over the zeros
     * @param level whether counts of ones of two rows may differ by one at most
     * @throws IllegalArgumentException if the matrix is not sparse binary, or its columns have no zero
     */
    public ColumnScores(MeasurementMatrix start, double lead, boolean level) {
        if (!start.isSparseBinary() || start.onesPerColumn() >= start.rows()) {
            throw new IllegalArgumentException("the ones of the matrix " + start + " cannot be moved; right is sparse"
                    + " binary with fewer ones a column than rows");
        }
        rows = start.rows();
        columns = start.columns();
        ones = start.onesPerColumn();
        this.level = level;
        scores = start.toArray();
        for (int at = 0; at < scores.length; at++) {
            scores[at] *= (float) lead;
        }
        moments = new float[2 * scores.length];
    }

    /** Φ as it is now; of equal scores that of the lower row counts more. */
    public MeasurementMatrix matrix() {
        float[] entries = new float[scores.length];
        for (int column = 0; column < columns; column++) {
            for (int one = 0; one < ones; one++) {
                entries[highest(column, entries)] = 1;
            }
        }
        if (level) {
            level(entries);
        }
        return MeasurementMatrix.dense(rows, columns, entries);
    }

    private int highest(int column, float[] taken) {
        int best = -1;
        for (int at = column; at < scores.length; at += columns) {
            boolean higher = taken[at] == 0 && (best < 0 || scores[at] > scores[best]);
            best = higher ? at : best;
        }
        return best;
    }

    private void level(float[] entries) {
        int[] counts = new int[rows];
        for (int at = 0; at < entries.length; at++) {
            counts[at / columns] += (int) entries[at];
        }
        int least = columns * ones / rows;
        int most = (columns * ones + rows - 1) / rows;
        boolean moved = true;
        while (moved) {
            moved = moveOne(entries, counts, most, most - 1) || moveOne(entries, counts, least, least - 1);
        }
    }

    /**
     * Moves a one from a row of more than so many ones to a row of so few, where it costs the least score.
     *
     * @return whether there are such rows
     */
    private boolean moveOne(float[] entries, int[] counts, int above, int atMost) {
        int bestFrom = -1;
        int bestTo = -1;
        for (int from = 0; from < entries.length; from++) {
            for (int to = from % columns; entries[from] == 1 && counts[from / columns] > above
                    && to < entries.length; to += columns) {
                boolean possible = entries[to] == 0 && counts[to / columns] <= atMost;
                if (possible && (bestFrom < 0
                        || scores[from] - scores[to] < scores[bestFrom] - scores[bestTo])) {
                    bestFrom = from;
                    bestTo = to;
                }
            }
        }
        if (bestFrom < 0) {
            return false;
        }
        entries[bestFrom] = 0;
        entries[bestTo] = 1;
        counts[bestFrom / columns]--;
        counts[bestTo / columns]++;
        return true;
    }

    /**
     * One step of Adam (0.9, 0.99).
     *
     * @param gradient of the loss with respect to Φ, m×n
     * @param update   updates done before, from 0
     * @param rate     of learning
     */
    public void update(Matrix gradient, long update, double rate) {
        double first = rate / (1 - Math.pow(B1, update + 1.0));
        double second = 1 / (1 - Math.pow(B2, update + 1.0));
        for (int at = 0; at < scores.length; at++) {
            double slope = gradient.values()[at];
            double mean = B1 * moments[2 * at] + (1 - B1) * slope;
            double square = B2 * moments[2 * at + 1] + (1 - B2) * slope * slope;
            moments[2 * at] = (float) mean;
            moments[2 * at + 1] = (float) square;
            scores[at] -= (float) (first * mean / (Math.sqrt(second * square) + TINY));
        }
    }

    /** Scores and moments, to be restored. */
    public float[] state() {
        float[] state = Arrays.copyOf(scores, 3 * scores.length);
        System.arraycopy(moments, 0, state, scores.length, moments.length);
        return state;
    }

    /** Goes back to a state. */
    public void restore(float[] state) {
        if (state.length != 3 * scores.length) {
            throw new IllegalArgumentException(state.length + " numbers for a state of " + 3 * scores.length);
        }
        System.arraycopy(state, 0, scores, 0, scores.length);
        System.arraycopy(state, scores.length, moments, 0, moments.length);
    }
}
