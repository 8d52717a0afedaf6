package org.reluctor.app.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PacedCommandTest {
    private static final List<String> ENDLESS = List.of("sh", "-c", "echo $$; while :; do :; done");

    @BeforeAll
    static void hasBash() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
    }

    /** Computes until it is ended. */
    static final class Endless {
        private Endless() {
        }

        public static void main(String[] args) {
            System.out.println(ProcessHandle.current().pid());
            for (long count = 0; count >= 0; count++) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void of_aJvmThatComputes_isStoppedForMostOfTheTime() throws Exception {
        Process process = new ProcessBuilder(PacedCommand.of(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Endless.class.getName()))).start();
        try {
            number(process);
            Path computes = threads(process.pid()).get(1).resolve("stat");
            int stopped = 0;
            int looks = 300;
            for (int look = 0; look < looks; look++) {
                TimeUnit.MICROSECONDS.sleep(1700);
                stopped += state(computes) == 'T' ? 1 : 0;
            }
            // Two thirds, and more or less where the machine is busy with others.
            assertTrue(stopped > looks / 4 && stopped < looks, stopped + " of " + looks + " looks");
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/taskset")));
            assertEquals(processors(Path.of("/proc/self")).split("[,-]")[0],
                    processors(stat(process).getParent()));
        } finally {
            process.destroyForcibly();
        }
    }

    /** In the order of their numbers: a JVM's first thread starts its main one. */
    private static List<Path> threads(long process) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
            return all.sorted(Comparator.comparing(thread -> Long.parseLong(thread.getFileName().toString()))).toList();
        }
    }

    private static String processors(Path process) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:")).findFirst().orElseThrow().split("\\s+")[1];
    }

    @Test
    void of_itsOwnLocale_isNotThatOfTheCommand() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(PacedCommand.of(List.of("sh", "-c", "echo \"$LC_ALL\"")));
        builder.environment().put("LC_ALL", "de_DE.UTF-8");
        Process process = builder.start();
        assertEquals("de_DE.UTF-8", said(process).strip());
        assertEquals(0, process.waitFor());
    }

    @Test
    void of_wordsInputAndStatus_passAsTheyAre() throws Exception {
        Process process = new ProcessBuilder(PacedCommand.of(List.of("sh", "-c", "printf '%s|' \"$@\"; cat; exit 7",
                "sh", "a b", "'$c\"", ""))).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write("read".getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals("a b|'$c\"||read", said(process));
        assertEquals(7, process.waitFor());
    }

    @Test
    void of_terminatedOrKilledWhileItIsStopped_endsAndLeavesNobody() throws Exception {
        for (boolean killed : new boolean[] {false, true}) {
            Process process = new ProcessBuilder(PacedCommand.of(ENDLESS)).start();
            try {
                ProcessHandle shell = shell(process);
                awaitStop(process);
                if (killed) {
                    process.destroyForcibly();
                } else {
                    process.destroy();
                }
                assertTrue(process.waitFor(10, TimeUnit.SECONDS));
                awaitEnd(shell);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void of_whereTheShellIsTerminated_goesOnUnstopped() throws Exception {
        Process process = new ProcessBuilder(PacedCommand.of(ENDLESS)).start();
        try {
            ProcessHandle shell = shell(process);
            Path stat = stat(process);
            awaitStop(process);
            shell.destroy();
            awaitEnd(shell);
            for (int look = 0; look < 50; look++) {
                TimeUnit.MILLISECONDS.sleep(2);
                assertNotEquals('T', state(stat));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** The one that stops the process, its only child. */
    private static ProcessHandle shell(Process process) throws IOException {
        number(process);
        return process.children().findAny().orElseThrow();
    }

    private static void awaitStop(Process process) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (state(stat(process)) != 'T') {
            assertTrue(System.nanoTime() < end, "is not stopped");
            Thread.onSpinWait();
        }
    }

    /** Gone, or for a parent that does not ask, as what runs first in some containers, as good as gone. */
    private static void awaitEnd(ProcessHandle process) throws Exception {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (process.isAlive() && state(stat) != 'Z') {
            assertTrue(System.nanoTime() < end, "does not end");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static Path stat(Process process) {
        return Path.of("/proc", Long.toString(process.pid()), "stat");
    }

    /** What the process tells in its first line: its number, once it is the command itself. */
    private static void number(Process process) throws IOException {
        StringBuilder number = new StringBuilder();
        for (int read = process.getInputStream().read(); read != '\n'; read = process.getInputStream().read()) {
            number.append((char) read);
        }
        assertEquals(Long.toString(process.pid()), number.toString());
    }

    /** Its letter in proc(5): T of those that are stopped, Z of those that wait for their parent to ask. */
    private static char state(Path stat) throws IOException {
        try {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(") ") + 2);
        } catch (NoSuchFileException gone) {
            return 'Z';
        }
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
