package org.reluctor.devicetests.devicelost;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.reluctor.devicetests.NativeBuild;

/**
 * An OpenCL driver for processes that a test starts: PoCL's device, which fails when the test says so
 * (failing-driver.c). Whatever is lost stays lost: a context that was there, or is made meanwhile, never works again,
 * and one that is made after {@link #heal} does, as with a device that was reset. Faults take effect at once, in every
 * process of {@link #environment}. Safe for several threads.
 */
public final class FailingDriver {
    /** CL_DEVICE_NOT_AVAILABLE. */
    public static final int DEVICE_NOT_AVAILABLE = -2;
    /** CL_OUT_OF_RESOURCES. */
    public static final int OUT_OF_RESOURCES = -5;

    private static final Path VENDORS = Path.of("/etc/OpenCL/vendors");
    private static final int FIELDS = 16;

    /** Places in the control file, as failing-driver.c has them. */
    private enum Field {
        CONTEXTS, LAUNCHES, REFUSED, LOST_THROUGH, LOST_STATUS, LOST_AFTER, STUCK_THROUGH, MEMORY_THROUGH,
        BUILD_THROUGH, AWAY, LAUNCH_NANOS
    }

    private final Path vendors;
    private final Path control;
    private final String target;
    private final LongBuffer fields;

    private FailingDriver(Path vendors, Path control, String target) throws IOException {
        this.vendors = vendors;
        this.control = control;
        this.target = target;
        Files.write(control, new byte[FIELDS * Long.BYTES]);
        try (FileChannel file = FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            fields = file.map(FileChannel.MapMode.READ_WRITE, 0, FIELDS * (long) Long.BYTES)
                    .order(ByteOrder.nativeOrder()).asLongBuffer();
        }
    }

    /**
     * Compiles the driver into a folder, which has to outlive the processes that use it.
     *
     * @throws IOException where there is no PoCL to forward to, or no C compiler with OpenCL's headers
     */
    public static FailingDriver compile(Path folder) throws IOException, InterruptedException {
        String target = pocl();
        Path vendors = Files.createDirectories(folder.resolve("vendors"));
        Path library = NativeBuild.library(folder, "failing-driver", "-ldl", "-lpthread");
        Files.write(vendors.resolve("failing-driver.icd"), List.of(library.toString()));
        return new FailingDriver(vendors, folder.resolve("failing-driver.control").toAbsolutePath(), target);
    }

    /** PoCL's library as its own .icd file names it. */
    private static String pocl() throws IOException {
        try (DirectoryStream<Path> icds = Files.newDirectoryStream(VENDORS, "*pocl*.icd")) {
            for (Path icd : icds) {
                return Files.readString(icd).trim();
            }
        }
        throw new IOException("no PoCL in " + VENDORS);
    }

    /** Variables by which a process finds this driver and no other. */
    public Map<String, String> environment() {
        String folder = vendors.toAbsolutePath() + "/";
        return Map.of("OCL_ICD_VENDORS", folder, "FAILING_DRIVER_CONTROL", control.toString(),
                "FAILING_DRIVER_TARGET", target);
    }

    /** The device is lost, and stays lost until {@link #heal}. */
    public void fail() {
        lose(DEVICE_NOT_AVAILABLE, Integer.MAX_VALUE);
    }

    /**
     * The device is lost, and so many contexts made anew fail, too, before one works.
     *
     * @param status that every enqueue and finish answers
     */
    public void lose(int status, int failingContexts) {
        loseAfter(0, status, failingContexts);
    }

    /** As {@link #lose}, from the launch on that comes after so many further ones: in the middle of a batch. */
    public void loseAfter(int launches, int status, int failingContexts) {
        put(Field.LOST_STATUS, status);
        put(Field.LOST_AFTER, get(Field.LAUNCHES) + launches);
        put(Field.LOST_THROUGH, contexts() + failingContexts);
    }

    /** Kernels of the contexts that are there never end; a process that begins anew finds a device that works. */
    public void hang() {
        put(Field.STUCK_THROUGH, contexts());
    }

    /** The next so many contexts have no memory for buffers. */
    public void refuseMemory(int ofContexts) {
        put(Field.MEMORY_THROUGH, contexts() + ofContexts);
    }

    /** In the next so many contexts nothing builds. */
    public void refuseBuild(int ofContexts) {
        put(Field.BUILD_THROUGH, contexts() + ofContexts);
    }

    /** No context can be made, until {@link #heal}. */
    public void leave() {
        put(Field.AWAY, 1);
    }

    /** Every launch of a kernel takes so much longer, without using a processor. */
    public void slowDown(Duration everyLaunch) {
        put(Field.LAUNCH_NANOS, everyLaunch.toNanos());
    }

    /** Ends all faults but slowness; what was lost stays lost, and what is made from now on works. */
    public void heal() {
        put(Field.AWAY, 0);
        put(Field.STUCK_THROUGH, 0);
        put(Field.MEMORY_THROUGH, 0);
        put(Field.BUILD_THROUGH, 0);
        put(Field.LOST_THROUGH, Math.min(get(Field.LOST_THROUGH), contexts()));
    }

    /** Contexts made so far, in all processes. */
    public long contexts() {
        return get(Field.CONTEXTS);
    }

    /** Kernels launched so far. */
    public long launches() {
        return get(Field.LAUNCHES);
    }

    /** Calls that were made to fail so far. */
    public long refused() {
        return get(Field.REFUSED);
    }

    private synchronized long get(Field field) {
        return fields.get(field.ordinal());
    }

    private synchronized void put(Field field, long value) {
        fields.put(field.ordinal(), value);
    }
}
