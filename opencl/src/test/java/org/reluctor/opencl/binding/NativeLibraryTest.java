package org.reluctor.opencl.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
    private static final Path FILE = Path.of("cache", "libJOCL.so");

    @Test
    void link_loaderRefusesWithStackTraces_isOneLineWithTheFile() {
        String message = NativeLibrary.link(FILE, () -> {
            throw new UnsatisfiedLinkError("failed to map segment\n---(start of nested stack traces)---\n\tat x.y(Z)");
        }).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains(FILE + " cannot be loaded (failed to map segment)"), message);
        assertTrue(message.contains("noexec"), message);
    }

    @Test
    void link_loads_isNoFailure() {
        assertNull(NativeLibrary.link(FILE, () -> { }));
    }
}
