package org.reluctor.certify.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.reluctor.app.certificate.CertificateFiles;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.Gain;
import org.reluctor.certify.bound.ProvenBox;
import org.reluctor.certify.bound.SlopeProof;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.NoiseGain;
import org.reluctor.certify.property.Probe;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.SignalClass;

/**
 * Reads certificates. What is read is only claimed: {@link CertificateCheck} believes none of it. Nothing but the known
 * fields may be there, each once.
 */
public final class CertificateReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final List<String> REQUIRED = List.of("format", "networkSha256", "inputSet", "execution", "method",
            "properties");

    private static final String PROBES = "probes";

    private CertificateReader() {
    }

    /**
     * A certificate and, for comparison, its summary as it stands.
     *
     * @param certificate as claimed
     * @param summary     the fields that follow from the bounds, as JSON
     */
    record Claim(Certificate certificate, Map<String, JsonNode> summary) {
    }

    /**
     * Reads a certificate.
     *
     * @throws CertificateException if it is none
     */
    static Claim read(byte[] content) {
        JsonNode root;
        try {
            root = MAPPER.readTree(new String(content, StandardCharsets.UTF_8));
        } catch (JsonProcessingException broken) {
            String line = broken.getLocation() == null ? "" : " (line " + broken.getLocation().getLineNr() + ", column "
                    + broken.getLocation().getColumnNr() + ")";
            throw new CertificateException("no complete JSON: " + broken.getOriginalMessage() + line, broken);
        }
        if (root == null || !root.isObject()) {
            throw new CertificateException("no JSON object; must be a certificate");
        }
        REQUIRED.forEach(field -> required(root, field));
        requireText(root, "format", CertificateFiles.FORMAT);
        requireText(root, "method", CertificateText.METHOD);
        Map<Property, ProvenBox> bounds = new EnumMap<>(Property.class);
        for (JsonNode entry : required(root, "properties")) {
            Property property = Property.ofWord(text(entry, "property")).orElseThrow(
                    () -> new CertificateException("property is " + entry.get("property") + "; must be known"));
            if (bounds.put(property, proven(entry)) != null) {
                throw new CertificateException("property " + property.word() + " is there twice; must be once");
            }
        }
        Certificate certificate = new Certificate(text(root, "networkSha256"), signals(required(root, "inputSet")),
                execution(root), bounds, noiseGain(root), probes(root));
        return new Claim(certificate, summary(root));
    }

    private static Map<String, JsonNode> summary(JsonNode root) {
        Map<String, JsonNode> summary = new TreeMap<>();
        root.properties().forEach(field -> {
            if (!REQUIRED.contains(field.getKey()) && !field.getKey().equals(PROBES)) {
                summary.put(field.getKey(), field.getValue());
            }
        });
        return summary;
    }

    private static Optional<NoiseGain> noiseGain(JsonNode root) {
        JsonNode stated = root.get("noiseGain");
        return stated == null ? Optional.empty() : Optional.of(new NoiseGain(gain(required(stated, "local")),
                gain(required(stated, "global"))));
    }

    private static List<Probe> probes(JsonNode root) {
        List<Probe> probes = new ArrayList<>();
        if (root.has(PROBES) && !root.get(PROBES).isArray()) {
            throw new CertificateException(PROBES + " is "
                    + root.get(PROBES).getNodeType().name().toLowerCase(Locale.ROOT) + "; must be an array");
        }
        for (JsonNode stated : root.path(PROBES)) {
            double[] numbers = numbers(stated, "y");
            float[] y = new float[numbers.length];
            for (int at = 0; at < y.length; at++) {
                y[at] = (float) numbers[at];
                if (y[at] != numbers[at]) {
                    throw new CertificateException("probe " + probes.size() + ": y holds " + numbers[at]
                            + "; must be float32");
                }
            }
            probes.add(new Probe(y, interval(stated, probes.size())));
        }
        return probes;
    }

    private static Box interval(JsonNode stated, int probe) {
        try {
            return new Box(numbers(stated, "low"), numbers(stated, "high"));
        } catch (IllegalArgumentException wrong) {
            throw new CertificateException("probe " + probe + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Gain gain(JsonNode stated) {
        return new Gain(number(required(stated, "l2"), "l2"), number(required(stated, "linf"), "linf"));
    }

    private static Execution execution(JsonNode root) {
        String word = text(root, "execution");
        for (Execution execution : Execution.values()) {
            if (execution.name().toLowerCase(Locale.ROOT).equals(word)) {
                return execution;
            }
        }
        throw new CertificateException("execution is \"" + word + "\"; must be float32 or exact");
    }

    private static SignalClass signals(JsonNode set) {
        JsonNode basis = required(set, "basis");
        try {
            return new SignalClass(basis.isNull() ? null : doubles(text(set, "basis")),
                    new Box(numbers(set, "low"), numbers(set, "high")), number(required(set, "noise"), "noise"));
        } catch (IllegalArgumentException wrong) {
            throw new CertificateException("inputSet: " + wrong.getMessage(), wrong);
        }
    }

    private static ProvenBox proven(JsonNode entry) {
        try {
            return new ProvenBox(new Box(numbers(entry, "low"), numbers(entry, "high")), slopes(entry, "slopesHigh"),
                    slopes(entry, "slopesLow"));
        } catch (IllegalArgumentException wrong) {
            throw new CertificateException("property " + entry.get("property") + ": " + wrong.getMessage(), wrong);
        }
    }

    private static List<SlopeProof> slopes(JsonNode entry, String field) {
        List<SlopeProof> proofs = new ArrayList<>();
        required(entry, field).forEach(text -> proofs.add(new SlopeProof(bytes(text.asText(), field))));
        return proofs;
    }

    private static byte[] bytes(String text, String field) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException wrong) {
            throw new CertificateException(field + ": " + wrong.getMessage() + "; must be Base64", wrong);
        }
    }

    private static double[] doubles(String text) {
        byte[] bytes = bytes(text, "basis");
        double[] values = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return values;
    }

    private static double[] numbers(JsonNode object, String field) {
        JsonNode array = required(object, field);
        double[] values = new double[array.size()];
        for (int at = 0; at < values.length; at++) {
            values[at] = number(array.get(at), field);
        }
        return values;
    }

    private static double number(JsonNode node, String field) {
        if (!node.isNumber()) {
            throw new CertificateException(field + " holds " + node + "; must be numbers");
        }
        return node.doubleValue();
    }

    private static JsonNode required(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            throw new CertificateException(field + " is absent; must be there");
        }
        return value;
    }

    private static String text(JsonNode object, String field) {
        JsonNode value = required(object, field);
        if (!value.isTextual()) {
            throw new CertificateException(field + " is " + value + "; must be a text");
        }
        return value.textValue();
    }

    private static void requireText(JsonNode root, String field, String right) {
        if (!text(root, field).equals(right)) {
            throw new CertificateException(field + " is \"" + text(root, field) + "\"; must be \"" + right + "\"");
        }
    }
}
