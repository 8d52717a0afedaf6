package org.reluctor.devicetests.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.devicetests.Alone;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.sequence.LaunchSequence;
import org.reluctor.opencl.sequence.LedSequence;

/**
 * A leader with helpers computes to the bit what a launch for each call does, whatever the machine is busy with. The
 * tests' environment names PoCL's device for it; where the driver is another, there is nothing to test.
 */
@Alone
class LedSequenceIT {
    private static final int MOST_FRAMES = 20;

    private static DeviceSession session;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    /** PoCL always can, if its environment is as it should be: without it, most tests would try another sequence. */
    @BeforeEach
    void device_ofTheTestsEnvironment_isThere() {
        assumeTrue(session.device().platform().equals("Portable Computing Language"), session.device().platform());
        assertTrue(session.callerQueue().isPresent(), session.device() + " computes in no calling thread; POCL_DEVICES="
                + System.getenv("POCL_DEVICES"));
    }

    private static LedSequence led(ProductChain chain) {
        return new LedSequence(session, chain.calls(), chain.constants(), chain.tensors(), Integer.MAX_VALUE,
                chain.stepwise());
    }

    @Test
    void enqueue_singleFrames_givesTheBitsOfALaunchForEachCall() throws InterruptedException {
        try (ProductChain chain = new ProductChain(session, 1, false); LaunchSequence led = led(chain)) {
            chain.compare(led, 2000, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void enqueue_batchesOfAnySize_givesTheBitsOfALaunchForEachCall(boolean inTiles) throws InterruptedException {
        try (ProductChain chain = new ProductChain(session, MOST_FRAMES, inTiles); LaunchSequence led = led(chain)) {
            for (int round = 0; round < 10; round++) {
                for (int frames = 2; frames <= MOST_FRAMES; frames++) {
                    chain.compare(led, 5, frames);
                }
            }
        }
    }

    /** The other way takes over behind the most frames that are led, and gives back to it. */
    @Test
    void enqueue_batchesAroundTheMost_givesTheSameBits() throws InterruptedException {
        try (ProductChain chain = new ProductChain(session, MOST_FRAMES, true);
                LaunchSequence led = new LedSequence(session, chain.calls(), chain.constants(), chain.tensors(),
                        Gemm.TILE, chain.stepwise())) {
            for (int round = 0; round < 100; round++) {
                chain.compare(led, 1, Gemm.TILE + 1 - round % 3);
            }
        }
    }

    /** More busy threads than processors: helpers come late, or are taken off in the middle of a share. */
    @Test
    void enqueue_underFullLoad_givesTheSameBits() throws InterruptedException {
        boolean[] stop = new boolean[1];
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            busy.add(new Thread(() -> spin(stop)));
        }
        busy.forEach(Thread::start);
        try (ProductChain chain = new ProductChain(session, MOST_FRAMES, true); LaunchSequence led = led(chain)) {
            chain.compare(led, 100, 1);
            chain.compare(led, 30, MOST_FRAMES);
        } finally {
            synchronized (stop) {
                stop[0] = true;
            }
        }
        for (Thread thread : busy) {
            thread.join();
        }
    }

    /** A burst calls helpers, who look for work all the time; frames one by one must not keep them. */
    @Test
    void enqueue_framesOneByOneBehindABurst_leavesTheOtherProcessorsAlone() throws InterruptedException {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (ProductChain chain = new ProductChain(session, 1, false); LaunchSequence led = led(chain)) {
            double least = Double.POSITIVE_INFINITY;
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 300; i++) {
                    led.enqueue(1);
                }
                long begin = System.nanoTime();
                long used = process.getProcessCpuTime();
                for (int i = 0; i < 100; i++) {
                    TimeUnit.MILLISECONDS.sleep(2);
                    led.enqueue(1);
                }
                least = Math.min(least, (double) (process.getProcessCpuTime() - used) / (System.nanoTime() - begin));
            }
            assertTrue(least < 0.4, "share of a processor: " + least);
        }
    }

    private static void spin(boolean... stop) {
        boolean stopped = false;
        while (!stopped) {
            synchronized (stop) {
                stopped = stop[0];
            }
        }
    }

    @Test
    void discover_deviceOfTheCallingThread_isNoChoiceOfItsOwn() {
        Platforms platforms = Platforms.discover();
        assertFalse(platforms.devices().stream().anyMatch(device -> device.name().startsWith("basic")),
                platforms.devices().toString());
    }

    @Test
    void write_thenRead_sharedMemory_givesBackEveryElement() {
        int elements = 1000;
        HostBuffer host = new HostBuffer(elements);
        for (int i = 0; i < elements; i++) {
            host.integers().put(i, i);
        }
        try (DeviceBuffer buffer = session.zeroed(2 * elements)) {
            assertTrue(buffer.isShared());
            session.queue().write(host, buffer, elements * 4L, elements * 4L);
            assertEquals(999, buffer.integers().get(1999));
            session.queue().read(buffer, host, 500 * 4L, elements * 4L);
        }
        assertEquals(0, host.integers().get(499));
        assertEquals(499, host.integers().get(999));
    }
}
