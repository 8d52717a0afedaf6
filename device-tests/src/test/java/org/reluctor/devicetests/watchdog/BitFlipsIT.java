package org.reluctor.devicetests.watchdog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/** A few of the flips of {@code device-tests/bin/flip-bits}, on the shipped network and its certificate. */
class BitFlipsIT {
    private static final int FLIPS = 6;

    @Test
    void tell_ofFlippedExponents_missesNoneThatChangesASignal() throws Exception {
        Path file = ProjectFiles.resolve("config/models/ecg-256x64-ista.onnx");
        RecoveryNetwork network = OnnxReader.read(file);
        try (DeviceSession session = TestDevice.open()) {
            BitFlips flips = new BitFlips(network, FlipBits.limits(file, network), session,
                    FlipBits.pulses(network, 1));
            assertEquals(0, flips.flags(), "good frames have no flag");
            assertFalse(flips.isProbed(), "probes are answered rightly");
            BitFlips.Told told = flips.run(FLIPS, new Random(3));
            assertTrue(told.ranged() + told.rejected() > 0, told::toString);
            assertEquals(0, told.silent(), told::toString);
            assertEquals(0, flips.flags(), "weights are as before");
        }
    }
}
