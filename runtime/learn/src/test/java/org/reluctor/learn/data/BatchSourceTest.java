package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Samples;

class BatchSourceTest {
    /** Values count up from 1, so that a window tells where it was taken. */
    private static Recording ramp(String name, int length, float first) {
        float[] samples = new float[length];
        for (int at = 0; at < length; at++) {
            samples[at] = first + at;
        }
        return new Recording(name, name, 100, List.of(Channel.of("x", "mV", samples)));
    }

    private static RecordingBatches batches(int records, double spread, long seed) {
        return new RecordingBatches(List.of(ramp("a", 50, 1), ramp("b", 60, 1001), ramp("c", 70, 2001)), 0,
                new RecordingBatches.Options(8, records, 4, spread, seed));
    }

    @Test
    void fill_sameStep_isTheSameWhateverWasFilledBefore() {
        float[] first = new float[12 * 8];
        float[] again = new float[12 * 8];
        float[] weights = new float[12];
        batches(0, 0.5, 7).fill(1_000_003, first, weights);
        RecordingBatches used = batches(0, 0.5, 7);
        used.fill(5, again, weights);
        assertFalse(Arrays.equals(first, again), "another step is another batch");
        used.fill(1_000_003, again, weights);
        assertArrayEquals(first, again);
        batches(0, 0.5, 8).fill(1_000_003, again, weights);
        assertFalse(Arrays.equals(first, again), "another seed is another batch");
    }

    @Test
    void fill_withoutGain_takesWholeWindowsOfOneRecordAGroup() {
        RecordingBatches source = batches(0, 0, 1);
        assertEquals(12, source.size());
        assertEquals(8, source.width());
        float[] signals = new float[12 * 8];
        float[] weights = new float[12];
        source.fill(3, signals, weights);
        TreeSet<Integer> records = new TreeSet<>();
        for (int vector = 0; vector < 12; vector++) {
            int record = (int) (signals[vector * 8] / 1000);
            records.add(record);
            assertEquals((int) (signals[vector / 4 * 4 * 8] / 1000), record, "a group is of one record");
            for (int at = 1; at < 8; at++) {
                assertEquals(signals[vector * 8] + at, signals[vector * 8 + at]);
            }
        }
        assertEquals(List.of(0, 1, 2), List.copyOf(records), "all records, each once");
    }

    @Test
    void fill_withGain_weightUndoesIt() {
        Recording loud = ramp("a", 8, 100);
        double power = loud.channel(0).power();
        RecordingBatches source = new RecordingBatches(List.of(loud), 0,
                new RecordingBatches.Options(8, 0, 64, 0.5, 3));
        float[] signals = new float[64 * 8];
        float[] weights = new float[64];
        source.fill(0, signals, weights);
        double least = 9;
        double most = 0;
        for (int vector = 0; vector < 64; vector++) {
            double gain = signals[vector * 8] / 100;
            least = Math.min(least, gain);
            most = Math.max(most, gain);
            assertEquals(1 / power, weights[vector] * gain * gain, 1e-5 / power);
        }
        assertTrue(least > Math.exp(-0.5) - 1e-6 && least < 0.75, "least gain " + least);
        assertTrue(most < Math.exp(0.5) + 1e-6 && most > 1.3, "largest gain " + most);
    }

    @Test
    void fill_recordWithGap_neverTouchesIt() {
        Channel channel = ramp("gaps", 40, 1).channel(0);
        for (int gap : new int[] {9, 20, 21}) {
            channel.samples()[gap] = Float.NaN;
        }
        ValidStarts starts = new ValidStarts(channel, 8);
        // 0 1 | 10 11 12 | 22 … 32.
        assertEquals(2 + 3 + 11, starts.count());
        assertEquals(List.of(0, 1, 10, 11, 12, 22, 32),
                List.of(starts.at(0), starts.at(1), starts.at(2), starts.at(3), starts.at(4), starts.at(5),
                        starts.at(15)));
    }

    @Test
    void constructor_unfitRecords_areNamed() {
        RecordingBatches.Options options = new RecordingBatches.Options(8, 2, 1, 0, 0);
        assertTrue(assertThrows(DataFormatException.class,
                () -> new RecordingBatches(List.of(ramp("short", 7, 1), ramp("b", 9, 1)), 0, options)).getMessage()
                .contains("record short has 7 samples and no 8 valid ones"));
        assertTrue(assertThrows(DataFormatException.class,
                () -> new RecordingBatches(List.of(ramp("a", 9, 1)), 0, options)).getMessage()
                .contains("1 records to train on, a batch takes 2"));
        Recording silent = new Recording("silent", "silent", 1, List.of(Channel.of("", "", new float[9])));
        assertTrue(assertThrows(DataFormatException.class,
                () -> new RecordingBatches(List.of(silent, silent), 0, options)).getMessage()
                .contains("record silent holds nothing but zeros"));
    }

    @Test
    void fill_fixedVectors_eachOnceAnEpochInNewOrder() {
        Samples vectors = new Samples(1, new double[] {0, 1, 2, 3, 4, 5, 6});
        SampleBatches source = new SampleBatches(vectors, 3, 11);
        float[] drawn = new float[21];
        float[] batch = new float[3];
        for (int step = 6; step >= 0; step--) {
            source.fill(step, batch, new float[3]);
            System.arraycopy(batch, 0, drawn, step * 3, 3);
        }
        TreeSet<String> orders = new TreeSet<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            float[] order = Arrays.copyOfRange(drawn, epoch * 7, epoch * 7 + 7);
            orders.add(Arrays.toString(order));
            Arrays.sort(order);
            assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5, 6}, order);
        }
        assertEquals(3, orders.size(), orders::toString);
    }
}
