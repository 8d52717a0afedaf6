package org.reluctor.learn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.data.DataFormatException;

class RecordBatchesTest {
    private static final int LENGTH = 4;

    /** Record r holds (r + 1) · 100 + its sample's number: a window tells where it is from. */
    private static List<float[]> records() {
        return List.of(ramp(100), ramp(200), ramp(300));
    }

    private static float[] ramp(int from) {
        float[] signal = new float[20];
        for (int at = 0; at < signal.length; at++) {
            signal[at] = from + at;
        }
        return signal;
    }

    @Test
    void batch_anyStep_holdsWindowsOfDifferentRecordsWithTheirEnergies() {
        RecordBatches batches = new RecordBatches(records(), LENGTH, 2, 3, 0, 7);
        for (int step = 0; step < 50; step++) {
            BatchSource.Batch batch = batches.batch(step);
            Set<Integer> seen = new HashSet<>();
            for (int record = 0; record < 2; record++) {
                int name = (int) batch.signals()[record * 3 * LENGTH] / 100;
                assertTrue(seen.add(name), "a record was drawn twice");
                for (int frame = record * 3; frame < record * 3 + 3; frame++) {
                    float first = batch.signals()[frame * LENGTH];
                    assertEquals(name, (int) first / 100);
                    assertEquals(first + 3, batch.signals()[frame * LENGTH + 3]);
                    assertEquals(energy(name * 100), batch.energies()[frame], 1e-2);
                }
            }
        }
    }

    private static double energy(int from) {
        double sum = 0;
        for (float sample : ramp(from)) {
            sum += (double) sample * sample;
        }
        return sum / 20;
    }

    @Test
    void batch_sameStep_isTheSameAndOtherStepsAreNot() {
        RecordBatches batches = new RecordBatches(records(), LENGTH, 2, 3, 0.5, 7);
        assertArrayEquals(batches.batch(5).signals(), new RecordBatches(records(), LENGTH, 2, 3, 0.5, 7).batch(5)
                .signals());
        assertFalse(Arrays.equals(batches.batch(5).signals(), batches.batch(6).signals()));
        assertFalse(Arrays.equals(batches.batch(5).signals(), new RecordBatches(records(), LENGTH, 2, 3, 0.5, 8)
                .batch(5).signals()));
    }

    @Test
    void batch_withGain_scalesTheEnergyAlike() {
        BatchSource.Batch batch = new RecordBatches(records(), LENGTH, 1, 1, 0.5, 3).batch(0);
        double gain = batch.signals()[1] - batch.signals()[0];
        int name = (int) Math.round(batch.signals()[0] / gain) / 100;
        assertTrue(Math.abs(Math.log(gain)) <= 0.5);
        assertEquals(gain * gain * energy(name * 100), batch.energies()[0], 1e-3 * batch.energies()[0]);
    }

    @Test
    void constructor_tooFewOrTooShortOrSilentRecords_areRefused() {
        assertThrows(DataFormatException.class, () -> new RecordBatches(records(), LENGTH, 4, 1, 0, 1));
        assertThrows(DataFormatException.class, () -> new RecordBatches(records(), 21, 1, 1, 0, 1));
        assertThrows(DataFormatException.class, () -> new RecordBatches(List.of(new float[9]), LENGTH, 1, 1, 0, 1));
    }
}
