package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.devicetests.study.StudyClock;

class UnrectifiedStudyOptionsTest {
    @Test
    void parse_someOptions_leavesTheOthersAtTheirDefaults() {
        UnrectifiedStudyOptions options = UnrectifiedStudyOptions.parse("--data", "all", "--cases", "ecg", "--json",
                "--seconds", "30,60", "--tuning", "damping=0.5,shard=250");
        assertTrue(options.json());
        assertNull(options.output());
        assertEquals(List.of("ecg"), options.cases());
        assertEquals(List.of(30.0, 60.0), options.budgets());
        assertEquals(250, options.tuning().get("shard"));
        assertEquals(StudyClock.PROCESSOR, options.clock());
        assertEquals(3, options.seeds());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--cases mnist | --data is missing", "--data d --colour red | is no option",
        "--data d --cases mars | there are mnist, ecg", "--data d --methods al,magic | there are al,",
        "--data d --seeds 1.5 | whole number", "--data d --rates 1e-3,-1 | above 0", "--data d --clock sun | wall or",
        "--data d --tuning damping | NAME=NUMBER"})
    void parse_wrongArguments_areRefusedByName(String arguments, String said) {
        String[] args = arguments.split(" ");
        String message = assertThrows(IllegalArgumentException.class, () -> UnrectifiedStudyOptions.parse(args))
                .getMessage();
        assertTrue(message.contains(said), message);
    }
}
