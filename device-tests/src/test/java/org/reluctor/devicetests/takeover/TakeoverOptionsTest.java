package org.reluctor.devicetests.takeover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.devicetests.faults.BrokerKind;

class TakeoverOptionsTest {
    @Test
    void parse_nothing_isTwentyKilledAndAFifthFrozen() {
        assertEquals(new TakeoverOptions(20, 4, 3, 200, BrokerKind.MOSQUITTO, false), TakeoverOptions.parse());
    }

    @Test
    void parse_everything_isTaken() {
        assertEquals(new TakeoverOptions(5, 0, 2, 50, BrokerKind.ARTEMIS, true), TakeoverOptions.parse("--rounds", "5",
                "--frozen", "0", "--members", "2", "--rate", "50", "--broker", "artemis", "--json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds x", "--rounds -1", "--members 1", "--members 9", "--rate 0", "--round 3",
        "--broker no",
        "--rounds"})
    void parse_bad_saysWhatIsRight(String line) {
        String message = assertThrows(IllegalArgumentException.class, () -> TakeoverOptions.parse(line.split(" ")))
                .getMessage();
        assertTrue(message.contains(line.split(" ")[0]) && (message.contains("is right") || message.contains(" are")),
                message);
    }
}
