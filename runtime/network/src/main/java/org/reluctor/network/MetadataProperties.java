package org.reluctor.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@link NetworkMetadata} as the text properties of a network file, in both directions. */
final class MetadataProperties {
    /** Before every key of ours; other keys are other programs' and are left alone. */
    static final String PREFIX = "reluctor.";

    private static final List<String> KEYS = List.of("n", "m", "channels", "matrix", "matrix.id", "version",
            "sample.rate", "unit", "input.scale", "output.scale", "output.offset", "trained.by", "trained.on",
            "figures", "trained.parameters", "trained.gap");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern REAL = Pattern.compile("[-+]?[0-9]{1,40}(\\.[0-9]{0,40})?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern MATRIX_ID = Pattern.compile("[0-9a-f]{16}");

    private final Map<String, String> properties;

    private MetadataProperties(Map<String, String> properties) {
        this.properties = properties;
    }

    /**
     * The metadata of a file.
     *
     * @param properties all of the file's, others' included
     * @param input      the network's input, whose shape says m where the properties do not
     * @param signal     the network's first output, likewise for n
     * @throws IllegalArgumentException for an unknown key of ours or a value that is no number
     */
    static NetworkMetadata read(Map<String, String> properties, Value input, Value signal) {
        for (String key : properties.keySet()) {
            if (key.startsWith(PREFIX) && !KEYS.contains(key.substring(PREFIX.length()))) {
                throw new IllegalArgumentException("the metadata key " + Quote.of(key) + " is not known; known are "
                        + PREFIX + "{" + String.join(", ", KEYS) + "}");
            }
        }
        return new MetadataProperties(properties).read(input.shape(), signal.shape());
    }

    private NetworkMetadata read(Shape input, Shape signal) {
        int channels = count("channels", 1);
        if (channels < 1) {
            throw wrong("channels", "a whole number of 1 or more");
        }
        int n = count("n", signal.frameElements() / channels);
        int m = count("m", input.frameElements() / channels);
        return new NetworkMetadata(n, m, channels, text("matrix"), matrixId(), whole("version", 0),
                real("sample.rate", Double.NaN), text("unit"), real("input.scale", 1), real("output.scale", 1),
                real("output.offset", 0),
                new Provenance(text("trained.by"), text("trained.on"), text("figures"),
                        whole("trained.parameters", 0), real("trained.gap", Double.NaN)));
    }

    private String text(String key) {
        return properties.getOrDefault(PREFIX + key, "");
    }

    private String matrixId() {
        String id = text("matrix.id");
        if (!id.isEmpty() && !MATRIX_ID.matcher(id).matches()) {
            throw wrong("matrix.id", "16 lower-case hexadecimal digits");
        }
        return id;
    }

    private int count(String key, long absent) {
        long value = whole(key, absent);
        if (value > Integer.MAX_VALUE) {
            throw wrong(key, "at most " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    private long whole(String key, long absent) {
        String text = properties.get(PREFIX + key);
        if (text != null && !WHOLE.matcher(text).matches()) {
            throw wrong(key, "a whole number");
        }
        return text == null ? absent : Long.parseLong(text);
    }

    private double real(String key, double absent) {
        String text = properties.get(PREFIX + key);
        if (text != null && !REAL.matcher(text).matches()) {
            throw wrong(key, "a decimal number");
        }
        return text == null ? absent : Double.parseDouble(text);
    }

    private IllegalArgumentException wrong(String key, String right) {
        return new IllegalArgumentException("the metadata key " + PREFIX + key + " is " + Quote.of(text(key))
                + "; it must be " + right);
    }

    /** The properties that say the same: the sizes always, the rest where it is not neutral, in a fixed order. */
    static Map<String, String> write(NetworkMetadata metadata) {
        Map<String, String> result = new LinkedHashMap<>();
        put(result, "n", Integer.toString(metadata.n()), "");
        put(result, "m", Integer.toString(metadata.m()), "");
        put(result, "channels", Integer.toString(metadata.channels()), "");
        put(result, "matrix", metadata.matrixName(), "");
        put(result, "matrix.id", metadata.matrixId(), "");
        put(result, "version", Long.toString(metadata.version()), "0");
        put(result, "sample.rate", Double.toString(metadata.sampleRateHz()), "NaN");
        put(result, "unit", metadata.unit(), "");
        put(result, "input.scale", Double.toString(metadata.inputScale()), "1.0");
        put(result, "output.scale", Double.toString(metadata.outputScale()), "1.0");
        put(result, "output.offset", Double.toString(metadata.outputOffset()), "0.0");
        put(result, "trained.by", metadata.provenance().by(), "");
        put(result, "trained.on", metadata.provenance().on(), "");
        put(result, "figures", metadata.provenance().figures(), "");
        put(result, "trained.parameters", Long.toString(metadata.provenance().parameters()), "0");
        put(result, "trained.gap", Double.toString(metadata.provenance().gap()), "NaN");
        return result;
    }

    private static void put(Map<String, String> result, String key, String value, String neutral) {
        if (!value.equals(neutral)) {
            result.put(PREFIX + key, value);
        }
    }
}
