package org.reluctor.devicetests.endurance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Alone;

/** The short forms of this package's programs, each in a process of its own, whose threads it may pin. */
@Alone
class EnduranceIT {
    private static final long MOST_SECONDS = 120;
    /** Of 100 led launches that nothing of this test's disturbs; what else the machine does may. */
    private static final int MOST_GIVEN_UP = 50;

    @TempDir
    Path folder;

    @Test
    void surviveLoad_someLaunches_everyResultIsRight() throws Exception {
        String said = run(SurviveLoad.class, "100");
        assertTrue(said.contains("every result is right"), said);
        assertEquals(12, said.lines().filter(line -> line.matches(".* 100 +\\d+ +0 .*")).count(), said);
        // What is always given up would be right as well, and what never is was not launched so.
        assertTrue(givenUp(said, "led, undisturbed") <= MOST_GIVEN_UP, said);
        assertTrue(givenUp(said, "shared, one processor") > 0, said);
    }

    private static int givenUp(String said, String row) {
        String figures = said.lines().filter(line -> line.startsWith(row + "  ")).findFirst().orElseThrow();
        return Integer.parseInt(figures.substring(row.length()).strip().split(" +")[1]);
    }

    @Test
    void soakEngine_thirtyThousandFrames_staysFlat() throws Exception {
        String said = run(SoakEngine.class, "30000");
        assertTrue(said.contains("flat, and every compared result is right"), said);
    }

    private String run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-cp", System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(Arrays.asList(arguments));
        File said = folder.resolve("said").toFile();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
        boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(said.toPath());
        System.out.println(text);
        assertTrue(ended, "still running after " + MOST_SECONDS + " s");
        assertEquals(0, process.exitValue(), text);
        return text;
    }
}
