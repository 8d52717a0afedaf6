package org.reluctor.devicetests.devicelost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;

/** A gateway process whose device is lost: no frame is lost for it, none disordered, none computed falsely. */
class DeviceLostIT {
    private static final int ROUNDS = 5;
    private static final int DEVICE_TIMEOUT_SECONDS = 4;
    private static final String SHORT_TIMEOUT = "delivery: {deviceTimeoutSeconds: " + DEVICE_TIMEOUT_SECONDS + "}";
    private static final String WIDE = "other/wide";
    private static final Duration END = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final FrameWriter wide = new FrameWriter();
    private final FrameFields fields = FrameFields.of(WIDE, 360, 1, 0, 512, 64);
    private long wideSent;
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

    private RunningGateway start(String... lines) throws Exception {
        return RunningGateway.start(folder, site.brokerUri(), driver.environment(), lines);
    }

    @Test
    void gateway_deviceLostAmongFrames_saysDegradedRebuildsAndLosesNothing() throws Exception {
        try (RunningGateway gateway = start()) {
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

    @Test
    void gateway_rebuildingFailsInEveryStep_goesOnUntilItSucceeds() throws Exception {
        try (RunningGateway gateway = start()) {
            site.send(50);
            site.awaitAll();
            List<Runnable> faults = List.of(driver::leave, () -> driver.refuseMemory(3), () -> driver.refuseBuild(3));
            for (Runnable fault : faults) {
                long refused = driver.refused();
                driver.lose(FailingDriver.OUT_OF_RESOURCES, 0);
                fault.run();
                site.send(100);
                site.until("attempts that fail", () -> driver.refused() >= refused + 3);
                driver.heal();
                site.awaitAll();
            }
            site.until("online", () -> site.status().last().equals("online"));
            assertEquals(200, gateway.page("/livez").statusCode());
            assertEquals(0, site.signals().repeated());
        }
    }

    @Test
    void gateway_deviceStaysAway_endsInTimeInOneLineAndTheNextProcessDeliversAll() throws Exception {
        try (RunningGateway gateway = start(SHORT_TIMEOUT)) {
            site.send(50);
            site.awaitAll();
            driver.fail();
            long begin = System.nanoTime();
            site.send(500);
            CommandResult ended = gateway.process().await(END);
            assertEnded(ended, begin, "the device is lost: for 4 s every attempt on it failed, at last: "
                    + "clEnqueueNDRangeKernel");
        }
        driver.heal();
        try (RunningGateway next = start(SHORT_TIMEOUT)) {
            site.awaitAll();
            assertEquals(0, next.metric("reluctor_recovery_failures_total"));
        }
    }

    @Test
    void gateway_kernelThatNeverEnds_saysDegradedAndStuckThenEndsForItsSupervisor() throws Exception {
        try (RunningGateway gateway = start(SHORT_TIMEOUT)) {
            site.send(50);
            site.awaitAll();
            driver.hang();
            long begin = System.nanoTime();
            site.send(500);
            site.until("degraded", () -> site.status().last().equals("degraded"));
            assertEquals(503, gateway.page("/livez").statusCode());
            assertTrue(gateway.page("/livez").body().startsWith("stuck: the device has not computed a batch for "));
            assertEnded(gateway.process().await(END), begin, "the device is lost: for 4 s it has not answered");
        }
        try (RunningGateway next = start(SHORT_TIMEOUT)) {
            site.awaitAll();
            assertEquals(200, next.page("/livez").statusCode());
        }
    }

    /** In time, told to the subscribers of its status, and with one line that says why. */
    private void assertEnded(CommandResult ended, long begin, String why) throws InterruptedException {
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertTrue(seconds > DEVICE_TIMEOUT_SECONDS && seconds < DEVICE_TIMEOUT_SECONDS + 10, seconds + " s");
        assertEquals(ExitStatus.UNAVAILABLE, ended.status(), ended.err());
        assertEquals(1, ended.err().lines().filter(line -> line.contains(why)).count(), ended.err());
        assertEquals(0, ended.err().lines().filter(line -> line.startsWith("\tat ")).count(), ended.err());
        site.until("offline", () -> site.status().last().equals("offline"));
    }

    /** Of a second network with 7 MB of weights, forty that stay behind would be seen. */
    @Test
    void gateway_deviceLostFortyTimes_givesTheMemoryOfLostOnesBack() throws Exception {
        SmallNetworks.wide(folder.resolve("wide.onnx"));
        try (RunningGateway gateway = start("networks: [{file: transposed.onnx, sensors: field/+},"
                + " {file: wide.onnx, sensors: other/+}]")) {
            loseTwentyTimes();
            double before = gateway.metric("process_resident_memory_bytes");
            loseTwentyTimes();
            assertEquals(0, gateway.metric("reluctor_sequence_gaps_total"));
            assertEquals(40 + 200, gateway.metric("reluctor_frames_accepted_total"));
            double grown = gateway.metric("process_resident_memory_bytes") - before;
            assertTrue(grown < 35e6, grown + " bytes more");
        }
    }

    private void loseTwentyTimes() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            driver.lose(FailingDriver.DEVICE_NOT_AVAILABLE, 0);
            site.sensor().publish(WIDE, wide.write(fields.at(1, wideSent++), new float[64]));
            site.send(5);
            site.awaitAll();
        }
    }
}
