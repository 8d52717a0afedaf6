package org.reluctor.app.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowPriorityTest {
    /** SCHED_IDLE of sched(7), counted behind the name in /proc/PID/stat. */
    private static final String IDLE_CLASS = "5";
    private static final int POLICY_FIELD = 38;
    private static final List<String> WHERE = List.of("cat", "/proc/self/status");

    @Test
    void command_onLinux_runsInTheIdleClassUnderItsOwnNumber() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chrt")));
        Process process = new ProcessBuilder(LowPriority.command(List.of("cat", "/proc/self/stat"))).start();
        String stat = answer(process);
        assertEquals(Long.toString(process.pid()), stat.split(" ")[0]);
        assertEquals(IDLE_CLASS, stat.substring(stat.lastIndexOf(") ") + 2).split(" ")[POLICY_FIELD]);
    }

    @Test
    void command_onLinux_leavesTheFirstProcessorToOthers() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/taskset")));
        List<Integer> own = processors(new ProcessBuilder(WHERE).start());
        assumeTrue(own.size() > 1);
        assertEquals(own.subList(1, own.size()), processors(new ProcessBuilder(LowPriority.command(WHERE)).start()));
        Process again = new ProcessBuilder(LowPriority.command(List.of("sh", "-c",
                "taskset -pc \"$RELUCTOR_PROCESSORS\" $$ >/dev/null && exec " + String.join(" ", WHERE)))).start();
        assertEquals(own, processors(again));
    }

    private static List<Integer> processors(Process process) throws IOException, InterruptedException {
        List<Integer> numbers = new ArrayList<>();
        String list = answer(process).lines().filter(line -> line.startsWith("Cpus_allowed_list:")).findFirst()
                .orElseThrow().split("\\s+")[1];
        for (String part : list.split(",")) {
            String[] ends = part.split("-");
            for (int at = Integer.parseInt(ends[0]); at <= Integer.parseInt(ends[ends.length - 1]); at++) {
                numbers.add(at);
            }
        }
        return numbers;
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
