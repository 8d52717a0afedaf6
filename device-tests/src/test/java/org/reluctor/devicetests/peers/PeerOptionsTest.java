package org.reluctor.devicetests.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.opencl.operation.WeightFormat;

class PeerOptionsTest {
    @Test
    void parse_everyOption_isTaken() {
        PeerOptions options = PeerOptions.parse("--json", "--svg", "a.svg", "--networks", "ecg,lista-256",
                "--activity", "sparse", "--batch", "1,8", "--weights", "int8,bfloat16", "--seconds", "0.5");
        assertEquals(new PeerOptions(true, Path.of("a.svg"), List.of("ecg", "lista-256"), List.of("sparse"),
                List.of(1, 8), List.of(WeightFormat.INT8, WeightFormat.BFLOAT16), 0.5), options);
    }

    @Test
    void parse_nothing_measuresAllNetworks() {
        assertEquals(Catalogue.names(), PeerOptions.parse().networks());
        assertEquals(Catalogue.ENTRIES, Catalogue.chosen(PeerOptions.parse()));
    }

    @Test
    void chosen_oneNetworkBatchAndFormat_isOneRow() {
        List<Catalogue.Entry> chosen = Catalogue.chosen(PeerOptions.parse("--networks", "lista-512", "--activity",
                "dense", "--batch", "2", "--weights", "bfloat16"));
        assertEquals(1, chosen.size());
        assertEquals(List.of(new Catalogue.Trial(2, WeightFormat.BFLOAT16)), chosen.get(0).trials());
    }

    @Test
    void chosen_formatAlone_meetsTheBatchesOfTheTable() {
        List<Catalogue.Entry> chosen = Catalogue.chosen(PeerOptions.parse("--networks", "ecg", "--weights", "float16"));
        assertEquals(List.of(new Catalogue.Trial(1, WeightFormat.FLOAT16),
                new Catalogue.Trial(64, WeightFormat.FLOAT16)), chosen.get(0).trials());
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
        assertTrue(refusal("--batch", "0").contains("numbers from 1"));
        assertTrue(refusal("--weights", "int4").contains("float32, bfloat16, float16, int8"));
        assertTrue(refusal("--svg").contains("--svg wants a value"));
    }

    private static String refusal(String... args) {
        return assertThrows(IllegalArgumentException.class, () -> PeerOptions.parse(args)).getMessage();
    }
}
