package org.reluctor.devicetests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FuzzFiguresTest {
    @Test
    void after_linesOfLibFuzzer_areRead() {
        FuzzFigures told = FuzzFigures.NONE.after("#40112156\tDONE   cov: 710 ft: 1597 corp: 215/13667b lim: 4096 "
                + "exec/s: 66191 rss: 519Mb").orElseThrow();
        assertEquals(new FuzzFigures(40112156, 710, 1597, 215), told);
        assertEquals(new FuzzFigures(40112160, 710, 1597, 215),
                told.after("stat::number_of_executed_units: 40112160").orElseThrow());
        assertEquals(Optional.empty(), told.after("INFO: Instrumented org.reluctor.stream.codec.Frame (took 9 ms)"));
    }

    @Test
    void parse_options_areReadOrNamed() {
        assertEquals(new FuzzOptions(600, "all", Path.of("target", "fuzz"), false), FuzzOptions.parse());
        assertEquals(new FuzzOptions(30, "npy", Path.of("/c"), true),
                FuzzOptions.parse("--minutes", "0.5", "--target", "npy", "--json", "--corpus", "/c"));
        assertEquals("--minutes is \"0\"; a number such as 10 or 0.5 is right",
                assertThrows(IllegalArgumentException.class, () -> FuzzOptions.parse("--minutes", "0")).getMessage());
        assertEquals("--target lacks its value",
                assertThrows(IllegalArgumentException.class, () -> FuzzOptions.parse("--target")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> FuzzOptions.parse("npy"));
    }

    @Test
    void all_targets_areTheFuzzTestsOfThisPackage() throws Exception {
        assertEquals(1, FuzzTarget.all().stream().filter(target -> target.name().equals("frameFields")).count());
        for (FuzzTarget target : FuzzTarget.all()) {
            Class<?> test = Class.forName(target.className());
            long methods = Arrays.stream(test.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                    .filter(method -> method.getName().equals(target.name())).count();
            assertEquals(1, methods, target.className() + " has one fuzz test, of the target's name");
        }
    }
}
