package org.reluctor.devicetests.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.app.inference.Inference;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;

/** The shipped network's errors on a real electrocardiogram, against the bounds of its frames. */
class ErrorBoundIT {
    private static final int STRIDE = 7;

    private static MeasurementMatrix matrix;
    private static Inference inference;
    private static List<float[]> windows;

    @BeforeAll
    static void open() throws IOException {
        RecoveryNetwork network = OnnxReader.read(ProjectFiles.resolve("config/models/ecg-256x64.onnx"));
        matrix = network.matrix().orElseThrow();
        windows = Electrocardiograms.ofTheDemonstration(matrix.columns(), STRIDE);
        inference = ErrorBoundStudy.inference(network);
    }

    @AfterAll
    static void close() {
        inference.close();
    }

    /** 3,050 windows, which overlap, but whose rows are independent: the standard error is 0.4 %. */
    @ParameterizedTest
    @CsvSource({"16, true, 94, 96, 77", "16, false, 94, 100, 45"})
    void bound_ofRealSignals_isAboveTheErrorInNinetyFivePercent(int heldOut, boolean floats, double least, double most,
            int bytes) {
        Coverage found = new BoundTrial(inference, matrix, heldOut, floats).run(List.of(windows));
        System.out.printf("error bound: %.2f %% of %d frames below it, bound over error %.2f%n", found.percent(),
                found.frames(), found.medianRatio());
        assertTrue(found.percent() >= least && found.percent() <= most, found.percent() + " %");
        assertEquals(bytes, found.frameBytes() - found.plainBytes());
        assertEquals(6, found.signalBytes());
    }
}
