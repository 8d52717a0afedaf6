package org.reluctor.certify.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.ShrinkageNetworks;
import org.reluctor.certify.property.SignalClass;
import org.reluctor.network.RecoveryNetwork;

/** A certificate is proven again to the last bit; whatever is altered in it is refused, with the place named. */
class CertificateCheckTest {
    private static final RecoveryNetwork NETWORK = ShrinkageNetworks.random(new SplittableRandom(1), 6, 3);
    private static final String TEXT = CertificateText.of(new Certifier(NETWORK, 5, Deadline.none(),
            BoundProgress.NONE).certify(SignalClass.ofAmplitude(6, -1, 1, 0.125), Execution.FLOAT32,
            List.of(Property.values()), true, true));
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void check_ofACertificate_derivesTheSame() {
        Certificate derived = new CertificateCheck(NETWORK).check(TEXT.getBytes(StandardCharsets.UTF_8));
        assertEquals(TEXT, CertificateText.of(derived));
    }

    static Stream<Arguments> alterations() {
        return Stream.of(
                altered("another network", "networkSha256", root -> root.put("networkSha256", "ab".repeat(32))),
                altered("another format", "format", root -> root.put("format", "reluctor certificate 2")),
                altered("another method", "method", root -> root.put("method", "believed")),
                altered("other arithmetic", "range", root -> root.put("execution", "exact")),
                altered("unknown arithmetic", "execution", root -> root.put("execution", "float16")),
                altered("less noise", "range", root -> set(root).put("noise", 0.0625)),
                altered("no noise", "range", root -> set(root).put("noise", 0)),
                altered("a wider input set", "range", root -> element(set(root), "high", 2, 1.5)),
                altered("a narrower input set", "range", root -> element(set(root), "low", 0, -0.5)),
                altered("a crossed input set", "inputSet", root -> element(set(root), "low", 0, 2)),
                altered("fewer coefficients", "lower bounds", root -> ((ArrayNode) set(root).get("low")).remove(0)),
                altered("a basis", "samples", root -> set(root).put("basis", "AAAAAAAA8D8=")),
                altered("a lower upper bound", "range high", root -> element(property(root, 0), "high", 3, 0.5)),
                altered("a higher lower bound", "error low", root -> element(property(root, 1), "low", 1, -0.5)),
                altered("a wider bound", "residual high", root -> element(property(root, 2), "high", 1, 1e6)),
                altered("a lower residual limit", "residualLimit", root -> root.put("residualLimit", 0.1)),
                altered("a lower error limit", "errorLimit", root -> root.put("errorLimit", 0.1)),
                altered("a narrower range", "range.high", root -> ((ObjectNode) root.get("range")).put("high", 0.1)),
                altered("a lower noise gain", "noiseGain", root -> gain(root, "local").put("l2", 0.1)),
                altered("a lower noise gain for all", "noiseGain", root -> gain(root, "global").put("linf", 0.1)),
                altered("half a noise gain", "global", root -> ((ObjectNode) root.get("noiseGain")).remove("global")),
                altered("a lower consistency limit", "consistencyLimit", root -> root.put("consistencyLimit", 0.1)),
                altered("a wider probe", "probe 1 high", root -> element(probe(root, 1), "high", 0, 1e6)),
                altered("a probe wider below", "probe 0 low", root -> element(probe(root, 0), "low", 2, -50)),
                altered("a crossed probe", "probe 2", root -> element(probe(root, 2), "low", 2, 1e6)),
                altered("another probe", "probe 3 low", root -> element(probe(root, 3), "y", 2, 0.5)),
                altered("a probe that no device takes", "float32", root -> element(probe(root, 3), "y", 2, 0.1)),
                altered("a shorter probe", "2 measurements", root -> ((ArrayNode) probe(root, 0).get("y")).remove(0)),
                altered("probes by name", "probes is object", root -> root.putObject("probes").putObject("a")),
                altered("a word for probes", "probes is string", root -> root.put("probes", "none")),
                altered("zero multipliers", "range", root -> multipliers(root, "slopesHigh", (byte) 0)),
                altered("other multipliers", "range", root -> multipliers(root, "slopesLow", (byte) 99)),
                altered("more multipliers", "multipliers",
                        root -> ((ArrayNode) property(root, 0).get("slopesHigh")).set(0, "AAAA")),
                altered("fewer multipliers", "multipliers",
                        root -> ((ArrayNode) property(root, 0).get("slopesLow")).remove(0)),
                altered("no multipliers", "slopesLow", root -> property(root, 1).remove("slopesLow")),
                altered("no properties", "fields", root -> root.putArray("properties")),
                altered("an unknown field", "fields", root -> root.put("approved", true)),
                altered("no residual limit", "fields", root -> root.remove("residualLimit")));
    }

    private static ObjectNode gain(ObjectNode root, String kind) {
        return (ObjectNode) root.get("noiseGain").get(kind);
    }

    private static Arguments altered(String name, String named, Consumer<ObjectNode> change) {
        return Arguments.of(name, named, change);
    }

    private static ObjectNode set(ObjectNode root) {
        return (ObjectNode) root.get("inputSet");
    }

    private static ObjectNode property(ObjectNode root, int at) {
        return (ObjectNode) root.get("properties").get(at);
    }

    /** All of one property's, because some of one bound's may not matter. */
    private static void multipliers(ObjectNode root, String field, byte value) {
        ArrayNode slopes = (ArrayNode) property(root, 0).get(field);
        for (int at = 0; at < slopes.size(); at++) {
            byte[] bytes = Base64.getDecoder().decode(slopes.get(at).textValue());
            Arrays.fill(bytes, value);
            slopes.set(at, Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static ObjectNode probe(ObjectNode root, int at) {
        return (ObjectNode) root.get("probes").get(at);
    }

    private static void element(ObjectNode object, String field, int at, double value) {
        ((ArrayNode) object.get(field)).set(at, value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    void check_ofAnAlteredCertificate_refusesAndNamesThePlace(String name, String named, Consumer<ObjectNode> change)
            throws Exception {
        JsonNode root = MAPPER.readTree(TEXT);
        change.accept((ObjectNode) root);
        String message = refusal(MAPPER.writeValueAsString(root));
        assertTrue(message.contains(named), name + ": " + message);
    }

    @Test
    void check_ofATruncatedCertificate_refuses() {
        for (int length : new int[] {0, 1, TEXT.length() / 2, TEXT.length() - 3}) {
            String message = refusal(TEXT.substring(0, length));
            assertTrue(message.contains("JSON"), message);
        }
    }

    private static String refusal(String text) {
        return assertThrows(CertificateException.class,
                () -> new CertificateCheck(NETWORK).check(text.getBytes(StandardCharsets.UTF_8))).getMessage();
    }
}
