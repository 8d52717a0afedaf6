package org.reluctor.devicetests.certify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceSession;

/** A few of the properties that {@link PropertyStudy} decides. */
class KnownPropertiesIT {
    @Test
    void decide_ofKnownProperties_isRightAndRepeatedOnTheDevice() {
        int decided = 0;
        int witnesses = 0;
        try (DeviceSession session = TestDevice.open()) {
            for (KnownProperty property : KnownProperty.draw(18)) {
                PropertyRun run = PropertyRun.of(property, 1, session);
                assertFalse(run.isWrong(), () -> run + "\n" + property.text());
                decided += run.isDecided() ? 1 : 0;
                if (run.hasWitness()) {
                    witnesses++;
                    assertTrue(run.repeated() && run.onDevice() >= 0, run::toString);
                }
            }
        }
        assertTrue(decided >= 14 && witnesses >= 4, decided + " decided, " + witnesses + " violated");
    }
}
