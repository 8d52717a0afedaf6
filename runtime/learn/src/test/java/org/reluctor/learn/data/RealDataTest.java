package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;

/** Field data, where the environment variable RELUCTOR_DATA names a folder of it. */
class RealDataTest {
    private static Path folder(String name) {
        String data = System.getenv("RELUCTOR_DATA");
        Assumptions.assumeTrue(data != null && Files.isDirectory(Path.of(data, name)),
                "skipped: RELUCTOR_DATA does not name a folder with " + name);
        return Path.of(data, name);
    }

    @Test
    void mat_measurementsOfABlockSensor_fitTheirMatrix() {
        Path folder = folder("optical_cs_real");
        Matrix phi = MatFile.read(folder.resolve("phi_0_10_1089.mat")).only();
        Matrix measurements = MatFile.read(folder.resolve("house_cs_meas_0_10.mat")).only();
        assertEquals(List.of(109, 1089), List.of(phi.rows(), phi.columns()));
        assertEquals(List.of(404, 109), List.of(measurements.rows(), measurements.columns()));
        // Rows of Φ are orthonormal.
        assertEquals(109, phi.times(phi.transposed()).trace(), 1e-3);
    }

    @Test
    void csv_phoneAccelerometer_showsGravityAtAboutAHundredHertz() {
        Recording recording = DataFolder.open(folder("har_sp_sw")).recording("s05_01_sp");
        assertEquals("s05", recording.subject());
        assertEquals(6, recording.channels().size());
        assertTrue(recording.rateHz() > 80 && recording.rateHz() < 120, "rate " + recording.rateHz());
        double power = recording.channel(0).power() + recording.channel(1).power() + recording.channel(2).power();
        assertTrue(power > 85 && power < 200, "9.81² and a little more, not " + power);
    }

    @Test
    void idx_mnist_hasTenThousandTestImages() {
        List<Picture> pictures = DataFolder.open(folder("mnist")).pictures("t10k");
        assertEquals(10_000, pictures.size());
        assertEquals(28, pictures.get(9_999).width());
    }

    @Test
    void wfdb_sharedSubject_isNeverSplit() {
        DataFolder folder = DataFolder.open(folder("mitbih"));
        List<Recording> recordings = List.of(folder.recording("201"), folder.recording("202"),
                folder.recording("203"));
        RecordSplit split = RecordSplit.holdingOut(RecordSplit.subjects(recordings), List.of("202"));
        assertEquals(List.of("203"), split.training());
    }
}
