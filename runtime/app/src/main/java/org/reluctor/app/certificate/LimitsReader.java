package org.reluctor.app.certificate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reluctor.app.certificate.CertifiedLimits.Intervals;
import org.reluctor.app.certificate.CertifiedLimits.Probe;
import org.reluctor.network.RecoveryNetwork;

/**
 * Reads the limits in a certificate. The proofs in it are not looked at, because the gateway carries no certifier: who
 * wants them checked runs {@code check-certificate}, and signs the files. What can be seen without them is: that the
 * certificate is of this very network, is of float32 execution, is whole, and that its summary is that of its bounds.
 */
public final class LimitsReader {
    /** A norm is rounded up where it is certified. */
    private static final double ROUNDING = 1e-12;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final String place;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Double> summary = new HashMap<>();
    private final Map<String, Intervals> bounds = new HashMap<>();
    private final List<Probe> probes = new ArrayList<>();

    private LimitsReader(String place) {
        this.place = place;
    }

    /**
     * The limits of a network.
     *
     * @param place of the certificate, for messages
     * @throws UnfitCertificateException if it is of another network, malformed, altered, or not of what runs
     */
    public static CertifiedLimits read(byte[] certificate, RecoveryNetwork network, String place) {
        LimitsReader reader = new LimitsReader(place);
        reader.parse(certificate);
        reader.require("format", CertificateFiles.FORMAT, "");
        reader.require("networkSha256", network.sha256(), ", that of " + network.name());
        reader.require("execution", "float32", ", as a device computes (certify --arithmetic float32)");
        if (network.metadata().channels() != 1) {
            throw reader.unfit("its network has " + network.metadata().channels() + " channels; must have 1");
        }
        return reader.limits(network.metadata().n(), network.metadata().m());
    }

    private void require(String field, String right, String why) {
        String found = texts.get(field);
        if (!right.equals(found)) {
            throw unfit(field + " is " + (found == null ? "absent" : found) + "; must be " + right + why);
        }
    }

    private UnfitCertificateException unfit(String what) {
        return new UnfitCertificateException(place + ": the certificate cannot be used: " + what);
    }

    private void parse(byte[] content) {
        try (JsonParser parser = FACTORY.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unfit("it is no JSON object; must be as certify writes it");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(parser, parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw unfit("something follows its JSON object; must end there");
            }
        } catch (JsonParseException broken) {
            throw unfit("it is no complete JSON: " + broken.getOriginalMessage());
        } catch (IOException broken) {
            throw unfit("it is no complete JSON: " + broken.getMessage());
        }
    }

    private void field(JsonParser parser, String name) throws IOException {
        switch (parser.nextToken()) {
            case VALUE_STRING -> texts.put(name, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> summary.put(name, parser.getDoubleValue());
            case START_OBJECT -> {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String inner = name + "." + parser.currentName();
                    if (parser.nextToken().isNumeric()) {
                        summary.put(inner, parser.getDoubleValue());
                    }
                    parser.skipChildren();
                }
            }
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (name.equals("properties") && parser.currentToken() == JsonToken.START_OBJECT) {
                        property(parser);
                    } else if (name.equals("probes") && parser.currentToken() == JsonToken.START_OBJECT) {
                        probe(parser);
                    }
                    parser.skipChildren();
                }
            }
            default -> parser.skipChildren();
        }
    }

    private void property(JsonParser parser) throws IOException {
        String word = null;
        Map<String, double[]> ends = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("property") && token == JsonToken.VALUE_STRING) {
                word = parser.getText();
            } else if ((name.equals("low") || name.equals("high")) && token == JsonToken.START_ARRAY) {
                ends.put(name, numbers(parser, name));
            }
            parser.skipChildren();
        }
        if (word == null || ends.size() < 2) {
            throw unfit("one of its properties lacks its word or its bounds; must have property, low and high");
        }
        if (bounds.put(word, new Intervals(ends.get("low"), ends.get("high"))) != null) {
            throw unfit("the property " + word + " is there twice; must be once");
        }
    }

    private void probe(JsonParser parser) throws IOException {
        Map<String, double[]> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                fields.put(name, numbers(parser, name));
            }
            parser.skipChildren();
        }
        if (!fields.keySet().containsAll(List.of("y", "low", "high"))) {
            throw unfit("one of its probes lacks its measurements or its bounds; must have y, low and high");
        }
        float[] y = new float[fields.get("y").length];
        for (int at = 0; at < y.length; at++) {
            y[at] = (float) fields.get("y")[at];
        }
        probes.add(new Probe(y, new Intervals(fields.get("low"), fields.get("high"))));
    }

    private double[] numbers(JsonParser parser, String name) throws IOException {
        double[] values = new double[64];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isNumeric() || !Double.isFinite(parser.getDoubleValue())) {
                throw unfit(name + " holds " + parser.getText() + "; must be finite numbers");
            }
            values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
            values[count++] = parser.getDoubleValue();
        }
        return Arrays.copyOf(values, count);
    }

    private CertifiedLimits limits(int samples, int measurements) {
        Optional<Intervals> range = intervals("range", samples);
        Optional<Intervals> residual = intervals("residual", measurements);
        Optional<Intervals> consistency = intervals("consistency", measurements);
        range.ifPresent(box -> {
            requireSummary("range.low", box.least(), box.least());
            requireSummary("range.high", box.most(), box.most());
        });
        residual.ifPresent(box -> requireNorm("residualLimit", box));
        consistency.ifPresent(box -> requireNorm("consistencyLimit", box));
        probes.forEach(probe -> requireSizes("probe", probe.interval(), samples));
        if (probes.stream().anyMatch(probe -> probe.y().length != measurements)) {
            throw unfit("a probe has not " + measurements + " measurements; must have as many as a frame");
        }
        return new CertifiedLimits(range, residual, consistency, List.copyOf(probes));
    }

    private Optional<Intervals> intervals(String word, int size) {
        Intervals box = bounds.get(word);
        if (box == null) {
            return Optional.empty();
        }
        requireSizes("property " + word, box, size);
        return Optional.of(box);
    }

    private void requireSizes(String what, Intervals box, int size) {
        if (box.low().length != size || box.high().length != size) {
            throw unfit("the " + what + " has " + box.low().length + " and " + box.high().length
                    + " bounds; must have " + size + " of each");
        }
        for (int at = 0; at < size; at++) {
            if (!(box.low()[at] <= box.high()[at])) {
                throw unfit("element " + at + " of the " + what + " is from " + box.low()[at] + " to "
                        + box.high()[at] + "; must ascend");
            }
        }
    }

    private void requireNorm(String field, Intervals box) {
        requireSummary(field, box.norm() * (1 - ROUNDING), box.norm() * (1 + ROUNDING));
    }

    /** A summary that says more or less than the bounds was altered: there is no reason to believe the others. */
    private void requireSummary(String field, double least, double most) {
        Double stated = summary.get(field);
        if (stated == null || !(stated >= least && stated <= most)) {
            throw unfit(field + " is " + (stated == null ? "absent" : stated) + "; its bounds give " + most);
        }
    }
}
