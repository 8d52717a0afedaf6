package org.reluctor.devicetests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultOptionsTest {
    @Test
    void parse_nothing_givesEveryKindOnMosquitto() {
        FaultOptions options = FaultOptions.parse();
        assertEquals(30, options.rounds());
        assertEquals(30_000, options.frames());
        assertEquals(BrokerKind.MOSQUITTO, options.broker());
        assertEquals(List.of(FaultKind.values()), options.kinds());
    }

    @Test
    void parse_everyOption_isTaken() {
        FaultOptions options = FaultOptions.parse("--json", "--rounds", "7", "--broker", "hivemq", "--seed", "5",
                "--kinds", "half-open,disk-full", "--rate", "20", "--frames", "9");
        assertEquals(new FaultOptions(7, BrokerKind.HIVEMQ, 5, List.of(FaultKind.HALF_OPEN, FaultKind.DISK_FULL), 20,
                9, true), options);
    }

    @Test
    void parse_wrongWords_areRefusedWithWhatIsRight() {
        assertTrue(refusal("--broker", "emqx").contains("mosquitto, artemis or hivemq"));
        assertTrue(refusal("--rounds", "0").contains("from 1"));
        assertTrue(refusal("--kinds", "fire").contains("runtime-killed"));
        assertTrue(refusal("--fast", "1").contains("--rounds"));
        assertTrue(refusal("--rounds").contains("--rounds is \"\""));
    }

    private static String refusal(String... args) {
        return assertThrows(IllegalArgumentException.class, () -> FaultOptions.parse(args)).getMessage();
    }
}
