package org.reluctor.app.trust;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.reluctor.app.json.JsonText;
import org.reluctor.network.OnnxReader;
import org.reluctor.opencl.file.Sha256;

/**
 * What is signed of a network: its file and its certificate, by size and SHA-256, and a version that grows, so that one
 * signature covers all of them. {@link #text()} is its one form: the same content always has the same bytes.
 *
 * @param version     from 1 on
 * @param network     the ONNX file
 * @param certificate empty where the network has none
 */
public record NetworkManifest(long version, Part network, Optional<Part> certificate) {
    /** Behind a network's name, in place of {@code .onnx}. */
    public static final String ENDING = ".manifest.json";
    /** Behind a manifest's name, as minisign has it. */
    public static final String SIGNATURE_ENDING = ".minisig";
    /** Key of a certificate that holds the SHA-256 of the network that it is about. */
    public static final String CERTIFICATE_KEY = "networkSha256";
    /** Largest certificate. */
    static final long CERTIFICATE_MOST_BYTES = 256L << 20;
    static final int MOST_BYTES = 16 << 10;
    private static final String FORMAT = "reluctor network manifest 1";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    /** A name, not a path: no separators, no leading dot, nothing that a terminal would act upon. */
    private static final Pattern NAME = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,199}");

    /**
     * A file of the network's folder.
     *
     * @param file   name, without a folder's
     * @param bytes  its size
     * @param sha256 64 hexadecimal digits, lower case
     */
    public record Part(String file, long bytes, String sha256) {
        /** Describes a file by its content. */
        public static Part of(String file, byte[] content) {
            return new Part(file, content.length, hash(content));
        }

        private Map<String, Object> toMap() {
            return JsonText.map("file", file, "bytes", bytes, "sha256", sha256);
        }
    }

    /** The name of a network's manifest, beside it: {@code ecg.manifest.json} of {@code ecg.onnx}. */
    public static String nameFor(String network) {
        String stem = network.endsWith(".onnx") ? network.substring(0, network.length() - ".onnx".length()) : network;
        return stem + ENDING;
    }

    /** Whether a file of that name can be part of a manifest. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** JSON on one line. */
    public String text() {
        Map<String, Object> map = JsonText.map("format", FORMAT, "version", version, "network", network.toMap());
        certificate.ifPresent(part -> map.put("certificate", part.toMap()));
        return JsonText.of(map) + "\n";
    }

    /** SHA-256 of {@link #text()}, by which two manifests of one version are told apart. */
    String sha256() {
        return hash(text().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a manifest.
     *
     * @param place stands for the file in messages
     * @throws UntrustedNetworkException if it is none, or names what lies elsewhere
     */
    static NetworkManifest parse(byte[] content, String place) {
        ManifestFields root = ManifestFields.read(content, place);
        if (!FORMAT.equals(root.text("format"))) {
            throw root.unfit("format is \"" + root.text("format") + "\"; must be \"" + FORMAT + "\"");
        }
        Optional<Part> certificate = root.inner("certificate").map(fields -> part(fields, CERTIFICATE_MOST_BYTES));
        ManifestFields network = root.inner("network").orElseThrow(() -> root.unfit("network is absent"));
        root.requireOnly(Set.of("format", "version", "network", "certificate"));
        return new NetworkManifest(root.number("version", 1, Long.MAX_VALUE), part(network, OnnxReader.MOST_BYTES),
                certificate);
    }

    private static Part part(ManifestFields fields, long mostBytes) {
        fields.requireOnly(Set.of("file", "bytes", "sha256"));
        String file = fields.text("file");
        if (!isName(file)) {
            throw fields.unfit("file is \"" + file + "\"; must be the name of a file beside the manifest, without a"
                    + " folder's");
        }
        if (!SHA256.matcher(fields.text("sha256")).matches()) {
            throw fields.unfit("sha256 of " + file + " must be 64 hexadecimal digits");
        }
        return new Part(file, fields.number("bytes", 1, mostBytes), fields.text("sha256"));
    }

    static String hash(byte[] content) {
        return HexFormat.of().formatHex(Sha256.of(content));
    }
}
