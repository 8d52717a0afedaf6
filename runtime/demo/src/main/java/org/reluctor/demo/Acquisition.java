package org.reluctor.demo;

import org.reluctor.network.MeasurementMatrix;

/**
 * What the simulated sensor takes in: for every frame a window x of the recording and its measurements y = Φx as 16-bit
 * integers. A function of the frame's number alone, so that whoever compares signals with the truth needs no copy of
 * what was sent. Immutable and safe for any thread.
 */
final class Acquisition {
    private final Recording recording;
    private final Replay replay;
    private final MeasurementMatrix matrix;
    private final double unitsPerStep;
    private final double stepsPerCount;

    /** @param unitsPerStep one converter step in the unit that the network works in, for example 1/200 for mV */
    Acquisition(Recording recording, MeasurementMatrix matrix, double unitsPerStep) {
        this.recording = recording;
        this.matrix = matrix;
        this.unitsPerStep = unitsPerStep;
        replay = new Replay(recording.length(), matrix.columns());
        stepsPerCount = stepsPerCount(matrix, recording.peak());
    }

    /**
     * Steps that one count of the 16-bit measurements stands for, such that none can overflow. Sums of a sparse binary
     * Φ are whole: where they fit they are sent as they are, exact.
     */
    private static double stepsPerCount(MeasurementMatrix matrix, int peak) {
        double heaviest = 0;
        for (int row = 0; row < matrix.rows(); row++) {
            double weight = 0;
            for (int column = 0; column < matrix.columns(); column++) {
                weight += Math.abs(matrix.at(row, column));
            }
            heaviest = Math.max(heaviest, weight);
        }
        double needed = heaviest * peak / Short.MAX_VALUE;
        return matrix.isSparseBinary() ? Math.max(1, Math.ceil(needed)) : needed;
    }

    Replay replay() {
        return replay;
    }

    MeasurementMatrix matrix() {
        return matrix;
    }

    /** y = scale·count, in the unit of Φx. */
    float scale() {
        return (float) (stepsPerCount * unitsPerStep);
    }

    /** Window of a frame, in the network's unit. */
    void truth(long seq, float[] x) {
        steps(seq, x);
        for (int i = 0; i < x.length; i++) {
            x[i] *= (float) unitsPerStep;
        }
    }

    /** Measurements of a frame as its payload carries them. */
    void counts(long seq, short[] counts) {
        float[] x = new float[matrix.columns()];
        float[] y = new float[matrix.rows()];
        steps(seq, x);
        matrix.measure(x, 0, y, 0);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (short) Math.rint(y[i] / stepsPerCount);
        }
    }

    /** Measurements of a frame as the gateway understands them: scale times counts. */
    void measurements(long seq, float[] y) {
        short[] counts = new short[y.length];
        counts(seq, counts);
        for (int i = 0; i < y.length; i++) {
            y[i] = scale() * counts[i];
        }
    }

    private void steps(long seq, float[] x) {
        int offset = replay.offset(seq);
        for (int i = 0; i < x.length; i++) {
            x[i] = recording.step(offset + i);
        }
    }
}
