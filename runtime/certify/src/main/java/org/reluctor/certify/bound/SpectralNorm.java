package org.reluctor.certify.bound;

import org.reluctor.certify.interval.Outward;

/**
 * An upper bound of a matrix's largest singular value: ‖X‖₂² = ‖XᵀX‖₂, so that after some squarings the Frobenius norm
 * is close; what a rounded square may lack is below γ·‖X‖_F² (Higham 2002, (3.13)). Not a power iteration, which finds
 * bounds from below.
 */
final class SpectralNorm {
    private static final int SQUARINGS = 6;

    private SpectralNorm() {
    }

    /** At least ‖X‖₂ of a matrix with these rows, none of which is null. */
    static double upper(double[][] rows) {
        return Math.min(frobenius(rows), upper(rows, SQUARINGS));
    }

    private static double upper(double[][] rows, int squarings) {
        if (squarings == 0 || rows.length == 0) {
            return frobenius(rows);
        }
        double norm = frobenius(rows);
        if (norm == 0) {
            return 0;
        }
        double lost = Outward.sumUp(Outward.gamma(rows.length + 4L) * norm * norm, 4);
        return rootUp(Outward.addUp(upper(squared(rows), squarings - 1), lost));
    }

    /** XᵀX. */
    private static double[][] squared(double[][] rows) {
        int columns = rows[0].length;
        double[][] product = new double[columns][columns];
        for (double[] row : rows) {
            for (int i = 0; i < columns; i++) {
                double factor = row[i];
                for (int j = 0; j < columns && factor != 0; j++) {
                    product[i][j] += factor * row[j];
                }
            }
        }
        return product;
    }

    /** At least √Σx². */
    static double frobenius(double[][] rows) {
        double sum = 0;
        int terms = 0;
        for (double[] row : rows) {
            for (double value : row) {
                sum += value * value;
            }
            terms += row.length;
        }
        return rootUp(Outward.sumUp(sum, terms));
    }

    static double rootUp(double value) {
        return Math.nextUp(Math.sqrt(value));
    }
}
