package org.reluctor.devicetests.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerOptionsTest {
    @Test
    void parse_everyOption_isTaken() {
        PeerOptions options = PeerOptions.parse("--json", "--svg", "a.svg", "--networks", "ecg,lista-256", "--seconds",
                "0.5");
        assertEquals(new PeerOptions(true, Path.of("a.svg"), List.of("ecg", "lista-256"), 0.5), options);
    }

    @Test
    void parse_nothing_measuresAllNetworks() {
        assertEquals(Catalogue.names(), PeerOptions.parse().networks());
    }

    @Test
    void parse_unknownNetwork_namesThoseThatThereAre() {
        String message = refusal("--networks", "lista");
        assertTrue(message.contains("\"lista\"") && message.contains("ista-net-plus"), message);
    }

    @Test
    void parse_wrongArgument_saysWhatIsRight() {
        assertTrue(refusal("--fast").contains("--seconds S"));
        assertTrue(refusal("--seconds", "x").contains("a number from 0.1"));
        assertTrue(refusal("--svg").contains("--svg wants a value"));
    }

    private static String refusal(String... args) {
        return assertThrows(IllegalArgumentException.class, () -> PeerOptions.parse(args)).getMessage();
    }
}
