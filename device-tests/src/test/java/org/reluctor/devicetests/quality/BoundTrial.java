package org.reluctor.devicetests.quality;

import java.util.List;
import org.reluctor.app.inference.Inference;
import org.reluctor.app.simulation.FrameSource;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.codec.FrameReader;
import org.reluctor.stream.codec.SignalFields;
import org.reluctor.stream.codec.SignalWriter;
import org.reluctor.stream.quality.ErrorBound;
import org.reluctor.stream.quality.HeldOutRows;

/**
 * Windows of signals that are known, on the way that a sensor's go: measured, written as frames, read, recovered by a
 * network, and bounded.
 */
final class BoundTrial {
    private static final String SENSOR = "ward3/ecg-7";
    private static final double RATE_HZ = 360;
    private static final long SEED = 20_080_118;
    private static final int BATCH = 64;

    private final Inference inference;
    private final MeasurementMatrix matrix;
    private final int heldOut;
    private final boolean floats;
    private final FrameReader reader;
    private final ErrorBound bound = new ErrorBound();
    private final Frame[] frames = new Frame[BATCH];
    private long clipped;
    private long boundNanos;
    private long measureNanos;

    /**
     * @param inference the network
     * @param matrix    its Φ
     * @param heldOut   held-out measurements of a frame
     * @param floats    whether measurements are sent as float32, otherwise as int16
     */
    BoundTrial(Inference inference, MeasurementMatrix matrix, int heldOut, boolean floats) {
        this.inference = inference;
        this.matrix = matrix;
        this.heldOut = heldOut;
        this.floats = floats;
        this.reader = new FrameReader(new FrameLimits(1 << 16, matrix.columns(), matrix.rows(), 1));
        for (int i = 0; i < BATCH; i++) {
            frames[i] = new Frame();
        }
    }

    /** Bounds every window of recordings, each of which is a sensor's since its start. */
    Coverage run(List<List<float[]>> recordings) {
        double[] ratios = new double[recordings.stream().mapToInt(List::size).sum()];
        int done = 0;
        for (int boot = 0; boot < recordings.size(); boot++) {
            done = run(recordings.get(boot), boot, ratios, done);
        }
        List<float[]> any = recordings.get(0);
        int frameBytes = source(any, 0, heldOut).next(0).length;
        return new Coverage(ratios, frameBytes, source(any, 0, 0).next(0).length, signalBytes(),
                (double) boundNanos / ratios.length, (double) measureNanos / ratios.length, clipped);
    }

    private int run(List<float[]> windows, long boot, double[] ratios, int done) {
        FrameSource source = source(windows, boot, heldOut);
        for (int first = 0; first < windows.size(); first += BATCH) {
            List<float[]> batch = windows.subList(first, Math.min(first + BATCH, windows.size()));
            recover(source, batch, ratios, done + first);
        }
        clipped += source.clipped();
        measured(windows, boot);
        return done + windows.size();
    }

    private FrameSource source(List<float[]> windows, long boot, int rows) {
        int[] at = {0};
        return new FrameSource(SENSOR, into -> System.arraycopy(windows.get(at[0]++), 0, into, 0, into.length), matrix,
                RATE_HZ, boot, floats).heldOut(rows, SEED);
    }

    private void recover(FrameSource source, List<float[]> batch, double[] ratios, int at) {
        int m = matrix.rows();
        int n = matrix.columns();
        float[] y = new float[batch.size() * m];
        for (int i = 0; i < batch.size(); i++) {
            byte[] payload = source.next(0);
            if (reader.read(payload, SENSOR, frames[i]) != null) {
                throw new AssertionError(reader.faultDetail());
            }
            frames[i].measurements(y, i * m);
        }
        float[] x = inference.recover(y, batch.size());
        float[] bounds = new float[batch.size()];
        long begin = System.nanoTime();
        for (int i = 0; i < batch.size(); i++) {
            bounds[i] = bound.of(frames[i], x, i * n);
        }
        boundNanos += System.nanoTime() - begin;
        for (int i = 0; i < batch.size(); i++) {
            ratios[at + i] = bounds[i] / error(batch.get(i), x, i * n);
        }
    }

    private static double error(float[] signal, float[] recovered, int at) {
        double squares = 0;
        for (int i = 0; i < signal.length; i++) {
            double off = (double) signal[i] - recovered[at + i];
            squares += off * off;
        }
        return Math.sqrt(squares);
    }

    /** The sensor's part once more, alone, for its time. */
    private void measured(List<float[]> windows, long boot) {
        float[] y = new float[heldOut];
        long begin = System.nanoTime();
        for (int seq = 0; seq < windows.size(); seq++) {
            new HeldOutRows(SEED, boot, seq).measure(windows.get(seq), 0, matrix.columns(), y, 0, heldOut);
        }
        measureNanos += System.nanoTime() - begin;
    }

    private int signalBytes() {
        SignalFields fields = new SignalFields().shape(1, matrix.columns());
        float[] x = new float[matrix.columns()];
        SignalWriter writer = new SignalWriter();
        int without = writer.write(fields, x, 0).length;
        return writer.write(fields.errorBound(1), x, 0).length - without;
    }
}
