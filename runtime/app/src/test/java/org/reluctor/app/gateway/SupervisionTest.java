package org.reluctor.app.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager is told, by a program in the place of systemd-notify that writes it down. */
class SupervisionTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    Path folder;
    private Path told;
    private Path program;

    @BeforeEach
    void writeProgram() throws IOException {
        told = folder.resolve("told");
        program = Files.writeString(folder.resolve("notify"), "#!/bin/sh\necho \"$*\" >>'" + told + "'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void feed_gatewayThatStandsStill_endsTheMealsAndBeginsAgainWithIt() throws Exception {
        AtomicBoolean lively = new AtomicBoolean(true);
        try (Supervision supervision = new Supervision(manager(Map.of("NOTIFY_SOCKET", "@s", "WATCHDOG_USEC",
                "60000")), lively::get, () -> "online")) {
            supervision.ready();
            await(lines -> lines.contains("WATCHDOG=1 STATUS=online"));
            assertEquals("READY=1 STATUS=online", lines().get(0));
            lively.set(false);
            await(lines -> lines.contains("STATUS=online"));
            int meals = meals();
            await(lines -> lines.stream().filter("STATUS=online"::equals).count() >= 3);
            assertEquals(meals, meals());
            lively.set(true);
            await(lines -> meals(lines) > meals);
            supervision.stopping();
            assertTrue(lines().contains("STOPPING=1 STATUS=online"), lines().toString());
        }
    }

    @Test
    void ready_withoutWatchdog_isToldAndNothingIsFed() throws Exception {
        try (Supervision supervision = new Supervision(manager(Map.of("NOTIFY_SOCKET", "/run/s")), () -> true,
                () -> "connecting")) {
            supervision.ready();
            await(lines -> lines.contains("STATUS=connecting"));
            assertEquals(0, meals());
        }
    }

    @Test
    void ready_outsideOfAService_saysNothing() throws Exception {
        try (Supervision supervision = new Supervision(manager(Map.of("WATCHDOG_USEC", "60000")), () -> true,
                () -> "online")) {
            supervision.ready();
            supervision.stopping();
        }
        assertFalse(Files.exists(told));
    }

    private ServiceManager manager(Map<String, String> environment) {
        return ServiceManager.of(environment, program.toString());
    }

    private int meals() throws IOException {
        return meals(lines());
    }

    private static int meals(List<String> lines) {
        return (int) lines.stream().filter(line -> line.startsWith("WATCHDOG=1")).count();
    }

    private List<String> lines() throws IOException {
        return Files.exists(told) ? Files.readAllLines(told) : List.of();
    }

    private void await(Predicate<List<String>> reached) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!reached.test(lines())) {
            assertTrue(System.nanoTime() < end, lines().toString());
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
