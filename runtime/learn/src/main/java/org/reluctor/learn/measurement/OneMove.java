package org.reluctor.learn.measurement;

/**
 * A change of a sparse binary Φ that keeps the ones of every column: a one of a column goes from a row to another. With
 * a second column, whose one goes the other way, every row keeps its ones, too. As a matrix it is u·wᵀ with
 * u = e_to − e_from and w = e_column − e_other.
 *
 * @param column whose one goes from → to
 * @param other  whose one goes to → from; {@link #NONE} for none
 * @param from   row of a one of the column, and of a zero of the other
 * @param to     row of a zero of the column, and of a one of the other
 */
record OneMove(int column, int other, int from, int to) {
    static final int NONE = -1;

    /** Writes it into Φ, row-major with so many columns. */
    void apply(boolean[] ones, int columns) {
        ones[from * columns + column] = false;
        ones[to * columns + column] = true;
        if (other != NONE) {
            ones[to * columns + other] = false;
            ones[from * columns + other] = true;
        }
    }

    /** wᵀAw for a symmetric A of so many columns. */
    double form(double[] a, int columns) {
        double own = a[column * columns + column];
        return other == NONE ? own
                : own + a[other * columns + other] - 2 * a[column * columns + other];
    }

    /** Aᵀw: the difference of two rows of a matrix of so many columns. */
    void difference(double[] a, int columns, double[] result) {
        System.arraycopy(a, column * columns, result, 0, columns);
        for (int at = 0; at < columns && other != NONE; at++) {
            result[at] -= a[other * columns + at];
        }
    }

    /** uᵀv for a vector that begins at a place of an array. */
    double across(double[] v, int first) {
        return v[first + to] - v[first + from];
    }
}
