package org.reluctor.learn.training;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.network.SplitMix64;

/**
 * Windows at random places of recordings: every batch takes some records, drawn without repetition, and some windows of
 * each, amplified by a random gain, which the loss undoes.
 */
public final class RecordBatches implements BatchSource {
    private final List<float[]> records;
    private final double[] energies;
    private final int length;
    private final int recordsOfBatch;
    private final int windowsOfRecord;
    private final double gain;
    private final long seed;

    /**
     * @param records         signals x in full, each at least as long as a window
     * @param length          of a window
     * @param recordsOfBatch  at most as many as there are
     * @param windowsOfRecord of each of them
     * @param gain            windows are multiplied by exp(U(−gain, gain)); 0 for never
     * @param seed            of all random draws
     * @throws DataFormatException if there are too few records, or one is too short or all zero
     */
    public RecordBatches(List<float[]> records, int length, int recordsOfBatch, int windowsOfRecord, double gain,
            long seed) {
        if (recordsOfBatch < 1 || windowsOfRecord < 1 || recordsOfBatch > records.size()) {
            throw new DataFormatException(records.size() + " records for batches of " + recordsOfBatch
                    + "; at least as many are needed");
        }
        this.records = List.copyOf(records);
        this.length = length;
        this.recordsOfBatch = recordsOfBatch;
        this.windowsOfRecord = windowsOfRecord;
        this.gain = gain;
        this.seed = seed;
        energies = new double[records.size()];
        for (int record = 0; record < energies.length; record++) {
            energies[record] = energy(records.get(record), record);
        }
    }

    private double energy(float[] signal, int record) {
        double sum = 0;
        for (float sample : signal) {
            sum += (double) sample * sample;
        }
        if (signal.length < length || !(sum > 0)) {
            throw new DataFormatException("record " + record + " has " + signal.length + " samples and the energy "
                    + sum + "; windows of " + length + " and some signal are needed");
        }
        return sum / signal.length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int frames() {
        return recordsOfBatch * windowsOfRecord;
    }

    @Override
    public int framesOfRecord() {
        return windowsOfRecord;
    }

    @Override
    public Batch batch(long step) {
        SplitMix64 random = new SplitMix64(new SplitMix64(seed).next() ^ step * 0x9E3779B97F4A7C15L);
        float[] signals = new float[frames() * length];
        float[] scaled = new float[frames()];
        List<Integer> left = new ArrayList<>();
        for (int record = 0; record < energies.length; record++) {
            left.add(record);
        }
        for (int frame = 0; frame < frames(); frame++) {
            if (frame % windowsOfRecord == 0) {
                int drawn = (int) random.bounded(left.size());
                // The drawn one goes to the end, where it is not drawn again.
                left.add(left.remove(drawn));
            }
            int record = left.get(left.size() - 1);
            if (frame % windowsOfRecord == windowsOfRecord - 1) {
                left.remove(left.size() - 1);
            }
            scaled[frame] = cut(random, record, signals, frame * length);
        }
        return new Batch(signals, scaled);
    }

    private float cut(SplitMix64 random, int record, float[] signals, int to) {
        float[] signal = records.get(record);
        int from = (int) random.bounded(signal.length - length + 1L);
        double factor = gain == 0 ? 1 : Math.exp(gain * (2 * ((random.next() >>> 11) * 0x1p-53) - 1));
        for (int at = 0; at < length; at++) {
            signals[to + at] = (float) (factor * signal[from + at]);
        }
        return (float) (factor * factor * energies[record]);
    }
}
