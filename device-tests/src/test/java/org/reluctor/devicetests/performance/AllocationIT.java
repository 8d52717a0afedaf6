package org.reluctor.devicetests.performance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.ConfigurationReader;
import org.reluctor.app.gateway.GatewayProcess;
import org.reluctor.app.recovery.DeviceRecoveries;
import org.reluctor.devicetests.Alone;
import org.reluctor.stream.StreamEvents;

/** What a frame costs in garbage, log and metrics included, on each side of the gateway. */
@Alone
class AllocationIT {
    private static final String ROOT = "allocation";
    private static final int FRAMES = 10_000;
    /** Bytes beside the payload that a side may allocate a frame. */
    private static final int ALLOWANCE = 2048;
    private static final String ENGINE = "reluctor-engine";
    // The library names its threads by the clients.
    private static final String IN = ": reluctor-" + GatewayConfiguration.INSTANCE;
    private static final String OUT = IN + "-out";

    private Bench bench;
    private GatewayProcess gateway;

    @BeforeEach
    void startGateway() throws IOException, InterruptedException {
        bench = new Bench();
        Configuration configuration = ConfigurationReader.read(bench.configuration(ROOT), Map.of());
        gateway = GatewayProcess.start(configuration, DeviceRecoveries::open, StreamEvents.NONE);
        gateway.awaitOnline();
    }

    @AfterEach
    void stopGateway() throws IOException {
        gateway.close();
        bench.close();
    }

    @Test
    void allocation_tenThousandFramesFlatOut_staysWithinBudgets() throws Exception {
        run(0, 3000);
        ThreadAllocation before = ThreadAllocation.now();
        run(0, FRAMES);
        assertBudgets(before, FRAMES);
    }

    @Test
    void allocation_framesOneByOne_staysWithinBudgets() throws Exception {
        run(0, 3000);
        int frames = 2000;
        ThreadAllocation before = ThreadAllocation.now();
        run(500, frames);
        assertBudgets(before, frames);
    }

    private void run(int framesPerSecond, int frames) throws Exception {
        LoadReport report = FrameLoad.run(new LoadPlan(bench.brokerUri(), ROOT, bench.network(), framesPerSecond, 600,
                frames));
        assertTrue(report.complete(), report.toString());
        assertEquals(frames, report.received());
    }

    private void assertBudgets(ThreadAllocation before, int frames) {
        ThreadAllocation after = ThreadAllocation.now();
        FrameSeries series = new FrameSeries(bench.network(), 1);
        assertAll(
                () -> assertEngine(after.since(before, ENGINE::equals), frames),
                () -> assertBudget("ingress", after.since(before, AllocationIT::isIngress), frames,
                        series.next(frames).length + ALLOWANCE),
                () -> assertBudget("egress", after.since(before, AllocationIT::isEgress), frames,
                        series.signalBytes() + ALLOWANCE));
    }

    /**
     * 0 bytes a frame. Of all frames together there may be some hundred bytes here, because of the optimising compiler;
     * {@code reluctor run} does without that compiler, and there are none.
     */
    private static void assertEngine(Map<String, Long> threads, int frames) {
        System.out.println("engine: " + threads);
        assertEquals(Set.of(ENGINE), threads.keySet());
        assertEquals(0, threads.get(ENGINE) / frames, "bytes a frame of " + threads);
    }

    private static void assertBudget(String side, Map<String, Long> threads, int frames, int budget) {
        assertTrue(threads.size() >= 4, "threads not found, only " + threads);
        double perFrame = threads.values().stream().mapToLong(Long::longValue).sum() / (double) frames;
        String figures = String.format("%s: %.0f bytes a frame, %d allowed; %s", side, perFrame, budget, threads);
        System.out.println(figures);
        assertTrue(perFrame <= budget, figures);
    }

    private static boolean isIngress(String thread) {
        return thread.endsWith(IN) || thread.equals("reluctor-control");
    }

    private static boolean isEgress(String thread) {
        return thread.endsWith(OUT) || thread.equals("reluctor-egress");
    }
}
