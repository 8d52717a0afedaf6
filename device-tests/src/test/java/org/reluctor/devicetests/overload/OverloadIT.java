package org.reluctor.devicetests.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Alone;

/** device-tests/bin/overload in short. */
@Alone
class OverloadIT {
    @TempDir
    Path folder;

    @Test
    void gateway_threeTimesItsRate_staysBoundedLosesNoReliableFrameAndBecomesNormal() throws Exception {
        OverloadReport report = new OverloadRun(new OverloadPlan(2, 4, 6), folder, System.out::println).run();
        System.out.println(report);
        assertEquals(List.of(), report.broken());
    }
}
