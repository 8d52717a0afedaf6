package org.reluctor.app.certificate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.app.TestNetworks;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.stream.codec.Signal;

/** The limits of a certificate for 8 samples from 4 measurements; whatever is wrong is told in one line. */
class LimitsReaderTest {
    private static final String PLACE = "net.certificate.json";
    @TempDir
    private Path folder;
    private RecoveryNetwork network;
    private String text;

    @BeforeEach
    void certificate() throws Exception {
        network = OnnxReader.read(TestNetworks.transposed(folder.resolve("net.onnx")));
        text = "{\"format\":\"reluctor certificate 1\",\"networkSha256\":\"" + network.sha256() + "\",\"inputSet\":"
                + "{\"basis\":null,\"low\":[0],\"high\":[1],\"noise\":0},\"execution\":\"float32\",\"method\":\"m\","
                + "\"range\":{\"low\":-1.0,\"high\":2.5},\"residualLimit\":4.000000000000001,\"properties\":["
                + "{\"property\":\"range\",\"low\":[-1.0,0,0,0,0,0,0,0],\"high\":[1,1,1,1,1,1,1,2.5],"
                + "\"slopesLow\":[\"\"]},"
                + "{\"property\":\"residual\",\"low\":[-2,-2,-2,-2],\"high\":[2,2,2,1]},"
                + "{\"property\":\"consistency\",\"low\":[-1,-1,-1,-1],\"high\":[1,1,1,0.5]}],"
                + "\"consistencyLimit\":2.0,\"probes\":[{\"y\":[1,2,3,4],\"low\":[0,0,0,0,0,0,0,-3],"
                + "\"high\":[1,1,1,1,1,1,1,1]}]}";
    }

    private CertifiedLimits read(String content) {
        return LimitsReader.read(content.getBytes(StandardCharsets.UTF_8), network, PLACE);
    }

    @Test
    void read_ofACertificate_flagsWhatLiesOutside() {
        CertifiedLimits limits = read(text);
        float[] x = {9, -1, 1, 1, 1, 1, 1, 1, 2.5f};
        assertEquals(Signal.FLAG_RANGE, limits.rangeFlag(x, 0));
        x[1] = 0.5f;
        assertEquals(0, limits.rangeFlag(x, 1));
        x[8] = Float.NaN;
        assertEquals(Signal.FLAG_RANGE, limits.rangeFlag(x, 1));
        assertEquals(0, limits.residualFlag(new float[] {1, -1, 1, 0.5f}, 0, 2));
        assertEquals(Signal.FLAG_RESIDUAL, limits.residualFlag(new float[] {1, -1, 1, 0.51f}, 0, 2));
    }

    @Test
    void consistencyFlag_ofASignalThatDoesNotExplainItsMeasurements_isTheResiduals() {
        CertifiedLimits limits = read(text);
        MeasurementMatrix phi = MeasurementMatrix.sparseBinary(4, 8, 1, 1);
        float[] x = {9, 1, 1, 1, 1, 1, 1, 1, 1};
        float[] y = new float[5];
        phi.measure(x, 1, y, 1);
        assertEquals(0, limits.consistencyFlag(phi, x, 1, y, 1, new float[4]));
        y[4] += 0.5f;
        assertEquals(0, limits.consistencyFlag(phi, x, 1, y, 1, new float[4]));
        y[4] += 0.25f;
        assertEquals(Signal.FLAG_RESIDUAL, limits.consistencyFlag(phi, x, 1, y, 1, new float[4]));
        y[4] = Float.NaN;
        assertEquals(Signal.FLAG_RESIDUAL, limits.consistencyFlag(phi, x, 1, y, 1, new float[4]));
    }

    @Test
    void probes_ofACertificate_nameTheFirstSampleOutside() {
        CertifiedLimits.Probe probe = read(text).probes().get(0);
        assertArrayEquals(new float[] {1, 2, 3, 4}, probe.y());
        assertEquals(-1, probe.interval().firstOutside(new float[] {9, 0, 0, 0, 0, 0, 0, 0, -3}, 1));
        assertEquals(6, probe.interval().firstOutside(new float[] {0, 0, 0, 0, 0, 0, 1.5f, -4}, 0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "another network    | networkSha256\":\"  | networkSha256\":\"0 | networkSha256 is 0",
        "another format     | certificate 1       | certificate 2      | must be reluctor certificate 1",
        "exact arithmetic   | float32             | exact              | must be float32",
        "a raised limit     | 4.000000000000001   | 9.5                | residualLimit is 9.5; its bounds give 4.0",
        "a lowered limit    | 4.000000000000001   | 3.5                | residualLimit is 3.5",
        "a wider range      | \"high\":2.5        | \"high\":7         | range.high is 7.0; its bounds give 2.5",
        "no limit           | residualLimit       | residualLimits     | residualLimit is absent",
        "too few bounds     | [-2,-2,            | [-2,               | must have 4 of each",
        "crossed bounds     | [2,2,               | [-3,2,             | must ascend",
        "a word in bounds   | [2,2,               | [\"a\",2,          | must be finite numbers",
        "consistency raised | Limit\":2.0         | Limit\":3.0         | consistencyLimit is 3.0; its bounds give",
        "a short probe      | [1,2,3,4]           | [1,2,3]             | has not 4 measurements",
        "a crossed probe    | 0,-3]               | 0,3]                | of the probe is from 3.0",
        "a narrow probe     | 0,-3]               | 0]                  | the probe has 7 and 8 bounds",
        "no probe           | \"y\":             | \"z\":             | lacks its measurements",
        "a property twice   | \"residual\"        | \"range\"          | is there twice",
        "bounds without word | \"property\":\"residual\" | \"proper\":1    | lacks its word",
        "a field twice      | \"method\"          | \"format\"         | Duplicate field"})
    void read_ofAnAlteredCertificate_saysWhatIsWrong(String name, String from, String to, String said) {
        assertTrue(text.contains(from), from);
        requireRefused(text.replace(from, to), said);
    }

    @Test
    void read_ofACertificateCutAnywhere_saysSo() {
        for (int length = 0; length < text.length(); length++) {
            requireRefused(text.substring(0, length), "JSON");
        }
        requireRefused(text + "{}", "must end there");
    }

    private void requireRefused(String content, String said) {
        String message = assertThrows(UnfitCertificateException.class, () -> read(content)).getMessage();
        assertTrue(message.startsWith(PLACE) && message.contains(said), message);
        assertEquals(1, message.lines().count());
    }
}
