package org.reluctor.app.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowPriorityTest {
    /** SCHED_IDLE of sched(7), counted behind the name in /proc/PID/stat. */
    private static final String IDLE_CLASS = "5";
    private static final int POLICY_FIELD = 38;

    @Test
    void command_onLinux_runsInTheIdleClassUnderItsOwnNumber() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chrt")));
        Process process = new ProcessBuilder(LowPriority.command(List.of("cat", "/proc/self/stat"))).start();
        String stat = answer(process);
        assertEquals(Long.toString(process.pid()), stat.split(" ")[0]);
        assertEquals(IDLE_CLASS, stat.substring(stat.lastIndexOf(") ") + 2).split(" ")[POLICY_FIELD]);
    }

    @Test
    void command_onLinux_staysOnOneProcessor() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/taskset")));
        Process process = new ProcessBuilder(LowPriority.command(List.of("cat", "/proc/self/status"))).start();
        String allowed = answer(process).lines().filter(line -> line.startsWith("Cpus_allowed_list:")).findFirst()
                .orElseThrow();
        assertTrue(allowed.matches("Cpus_allowed_list:\\s*\\d+"), allowed);
    }

    @Test
    void command_wordsWithBlanksAndQuotes_arriveAsTheyAre() throws Exception {
        Process process = new ProcessBuilder(LowPriority.command(List.of("printf", "%s|", "a b", "'$c\"", ""))).start();
        assertEquals("a b|'$c\"||", answer(process));
    }

    /** Such as on a system without util-linux; the shell's own path is fixed. */
    @Test
    void command_whereTheToolsAreMissing_runsNevertheless() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(LowPriority.command(List.of("/bin/echo", "here")));
        builder.environment().put("PATH", "/nowhere");
        Process process = builder.start();
        assertEquals("here", answer(process).strip());
        assertFalse(process.isAlive());
    }

    private static String answer(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return said;
    }
}
