package org.reluctor.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.reluctor.network.MeasurementMatrix;

class AcquisitionTest {
    private final Recording recording = Recording.mitBih208();
    private final MeasurementMatrix sparse = MeasurementMatrix.sparseBinary(64, 256, 4, 1);

    @Test
    void measurements_ofASparseBinaryMatrix_areExact() {
        Acquisition acquisition = new Acquisition(recording, sparse, 1);
        float[] x = new float[256];
        float[] expected = new float[64];
        float[] y = new float[64];
        for (long seq : new long[] {0, 82, 83, 12_345}) {
            acquisition.truth(seq, x);
            sparse.measure(x, 0, expected, 0);
            acquisition.measurements(seq, y);
            for (int i = 0; i < 64; i++) {
                assertEquals(expected[i], y[i], "frame " + seq + ", measurement " + i);
            }
        }
    }

    @Test
    void truth_inMillivolts_isStepsOverGain() {
        Acquisition acquisition = new Acquisition(recording, sparse, 1.0 / 200);
        float[] x = new float[256];
        acquisition.truth(0, x);
        assertEquals(-49 / 200f, x[0], 1e-7);
        assertEquals(1 / 200f, acquisition.scale(), 1e-9);
    }

    @Test
    void counts_ofAMatrixWhoseSumsAreTooLarge_areScaledToSixteenBits() {
        float[] heavy = new float[2 * 256];
        Arrays.fill(heavy, 3);
        Acquisition acquisition = new Acquisition(recording, MeasurementMatrix.dense(2, 256, heavy), 1);
        short[] counts = new short[2];
        float[] x = new float[256];
        for (int seq = 0; seq < 83; seq++) {
            acquisition.truth(seq, x);
            double sum = 0;
            for (float value : x) {
                sum += 3 * value;
            }
            acquisition.counts(seq, counts);
            assertEquals(sum, acquisition.scale() * counts[0], acquisition.scale() * 0.51);
        }
        assertTrue(acquisition.scale() > 1, "scale " + acquisition.scale());
    }
}
