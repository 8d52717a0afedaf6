package org.reluctor.devicetests.devicelost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.command.RunningGateway;

/** A gateway process whose device is lost: no frame is lost for it, none disordered, none computed falsely. */
class DeviceLostIT {
    private static final int ROUNDS = 5;

    @TempDir
    Path folder;

    private FailingDriver driver;
    private FieldSite site;

    @BeforeEach
    void open() throws Exception {
        driver = FailingDriver.compile(folder);
        site = new FieldSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void gateway_deviceLostAmongFrames_saysDegradedRebuildsAndLosesNothing() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, site.brokerUri(), driver.environment())) {
            site.send(200);
            for (int round = 0; round < ROUNDS; round++) {
                long contexts = driver.contexts();
                driver.loseAfter(round, FailingDriver.DEVICE_NOT_AVAILABLE, round % 3);
                site.send(300);
                site.awaitAll();
                assertTrue(driver.contexts() > contexts, "no context was made anew");
            }
            site.until("online", () -> site.status().last().equals("online"));
            assertEquals(ROUNDS, Collections.frequency(site.status().states(), "degraded"));
            assertTrue(gateway.metric("reluctor_recovery_failures_total") >= ROUNDS);
            assertEquals(0, site.signals().repeated());
        }
    }
}
