package org.reluctor.learn.measurement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;

/**
 * A sparse binary Φ whose ones move within their columns, so that every column keeps as many as it had. One thread.
 */
public final class SparseMoves {
    private final int rows;
    private final int columns;
    private final float[] entries;

    /**
     * A one of a column that is cleared, and the row where one is set instead.
     *
     * @param column of both
     * @param from   row of the one
     * @param to     row of the zero
     * @param change of the loss to first order; below zero is a gain
     */
    public record Move(int column, int from, int to, double change) {
    }

    /**
     * @throws IllegalArgumentException if a column of the matrix has no zero, or entries are neither 0 nor 1
     */
    public SparseMoves(MeasurementMatrix start) {
        if (!start.isSparseBinary() || start.onesPerColumn() >= start.rows()) {
            throw new IllegalArgumentException("the ones of the matrix " + start + " cannot be moved; right is sparse"
                    + " binary with fewer ones a column than rows");
        }
        rows = start.rows();
        columns = start.columns();
        entries = start.toArray();
    }

    /** Φ as it is now. */
    public MeasurementMatrix matrix() {
        return MeasurementMatrix.dense(rows, columns, entries);
    }

    /**
     * The move of every column that lowers the loss most, to first order, where there is one that lowers it; the best
     * first, and of equal ones the first column's.
     *
     * @param gradient of the loss with respect to Φ, m×n
     */
    public List<Move> ranked(Matrix gradient) {
        List<Move> moves = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            Move best = best(gradient, column);
            if (best.change < 0) {
                moves.add(best);
            }
        }
        moves.sort(Comparator.comparingDouble(Move::change).thenComparingInt(Move::column));
        return moves;
    }

    private Move best(Matrix gradient, int column) {
        int from = -1;
        int to = -1;
        for (int row = 0; row < rows; row++) {
            double slope = gradient.at(row, column);
            if (entries[row * columns + column] == 1) {
                from = from < 0 || slope > gradient.at(from, column) ? row : from;
            } else {
                to = to < 0 || slope < gradient.at(to, column) ? row : to;
            }
        }
        return new Move(column, from, to, gradient.at(to, column) - gradient.at(from, column));
    }

    /**
     * Moves ones; moves of one column one after the other.
     *
     * @throws IllegalArgumentException if there is no one where a move begins, or one where it ends
     */
    public void apply(List<Move> moves) {
        moves.forEach(move -> shift(move.column, move.from, move.to));
    }

    /** Takes moves back that were the last ones. */
    public void undo(List<Move> moves) {
        for (int at = moves.size() - 1; at >= 0; at--) {
            shift(moves.get(at).column, moves.get(at).to, moves.get(at).from);
        }
    }

    private void shift(int column, int from, int to) {
        if (entries[from * columns + column] != 1 || entries[to * columns + column] != 0) {
            throw new IllegalArgumentException("no one to move in column " + column + " from row " + from + " to "
                    + to);
        }
        entries[from * columns + column] = 0;
        entries[to * columns + column] = 1;
    }
}
