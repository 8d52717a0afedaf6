package org.reluctor.devicetests.faults;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.reluctor.devicetests.NativeBuild;

/**
 * A wall clock for processes that a test starts, which jumps when the test says so (jumping-clock.c); the monotonic
 * clock goes on. Nobody's clock but those processes' is touched.
 */
final class JumpingClock {
    private static final int OFFSET = 0;
    private static final int READINGS = 1;
    private static final long SIZE = 2L * Long.BYTES;

    private final Path library;
    private final Path control;
    private final LongBuffer fields;

    private JumpingClock(Path library, Path control) throws IOException {
        this.library = library;
        this.control = control;
        Files.write(control, new byte[(int) SIZE]);
        try (FileChannel file = FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            fields = file.map(FileChannel.MapMode.READ_WRITE, 0, SIZE).order(ByteOrder.nativeOrder()).asLongBuffer();
        }
    }

    /** Compiles what is preloaded into a folder, which has to outlive the processes that use it. */
    static JumpingClock compile(Path folder) throws IOException, InterruptedException {
        Path library = NativeBuild.library(folder, "jumping-clock");
        return new JumpingClock(library, folder.resolve("jumping-clock.control").toAbsolutePath());
    }

    /** Variables by which a process gets this clock. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "JUMPING_CLOCK_CONTROL", control.toString());
    }

    /** From now on the processes' time of day is so far from the machine's. */
    void jumpTo(long offsetSeconds) {
        fields.put(OFFSET, offsetSeconds);
    }

    /** How often the processes have read the time of day so far. */
    long readings() {
        return fields.get(READINGS);
    }
}
