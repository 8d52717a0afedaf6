package org.reluctor.devicetests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoakOptionsTest {
    @Test
    void parse_allOptions_areTaken(@TempDir Path folder) throws SoakOptions.UsageException {
        Path svg = folder.resolve("soak.svg");
        assertEquals(new SoakOptions(Duration.ofMinutes(90), 250, Optional.of(svg), true),
                SoakOptions.parse("--json", "--hours", "1.5", "--rate", "250", "--svg", svg.toString()));
        assertEquals(new SoakOptions(Duration.ofHours(1), 100, Optional.empty(), false),
                SoakOptions.parse("--hours", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--hours", "--hours 0", "--hours 0.01", "--hours 1e3", "--hours 2000", "--minutes 3",
        "--hours 1 --rate 0", "--hours 1 --rate 1000000", "--hours 1 --rate x", "--hours 1 --svg",
        "--hours 1 --svg no/such/folder/soak.svg"})
    void parse_wrong_saysWhatIsRight(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        String message = assertThrows(SoakOptions.UsageException.class, () -> SoakOptions.parse(arguments))
                .getMessage();
        assertTrue(message.contains("is right") || message.contains("--hours"), message);
    }
}
