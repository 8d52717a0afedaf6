package org.reluctor.devicetests.convex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.learn.convex.GroupNorm;

class StudyOptionsTest {
    @Test
    void parse_someOptions_leavesTheOthersAtTheirDefaults() {
        StudyOptions options = StudyOptions.parse("--json", "--mnist", "digits", "--norm", "frobenius", "--gates", "7");
        assertTrue(options.json());
        assertEquals(Path.of("digits"), options.mnist());
        assertNull(options.ecg());
        assertEquals(GroupNorm.FROBENIUS, options.norm());
        assertEquals(7, options.gates());
        assertEquals(10_000, options.samples());
        assertEquals(0, options.adam());
    }

    @ParameterizedTest
    @CsvSource({"--colour red --mnist d, is no option", "--mnist, is no option", "--mnist d --gates many, --gates is",
        "--gates 3, one of --mnist", "--mnist d --ecg e, one of --mnist"})
    void parse_wrongArguments_areRefusedByName(String arguments, String said) {
        String[] args = arguments.split(" ");
        String message = assertThrows(IllegalArgumentException.class, () -> StudyOptions.parse(args)).getMessage();
        assertTrue(message.contains(said), message);
    }
}
