package org.reluctor.devicetests.exchange;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.reluctor.app.trust.NetworkManifest;
import org.reluctor.devicetests.fuzz.NetworkSigner;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.Value;

/** What must not be taken in the place of a network that is at work, each with the reason that the gateway gives. */
final class BadReleases {
    /** Of all of them, above what is at work. */
    private static final int VERSION = 1000;
    private static final NetworkSigner STRANGER = new NetworkSigner(2);

    private final Release good = Release.of(VERSION);
    private final Release atWork;
    private final Map<String, Bad> all = new LinkedHashMap<>();

    /**
     * One of them.
     *
     * @param reason that the gateway gives
     * @param put    puts it into the folder of networks
     */
    record Bad(String reason, Placing put) {
    }

    /** Puts files into a folder. */
    @FunctionalInterface
    interface Placing {
        void put(Path folder) throws Exception;
    }

    private BadReleases(Release atWork) {
        this.atWork = atWork;
        ofSignature();
        ofFiles();
        ofVersion();
        ofNetwork();
    }

    /** All of them, by what is wrong. */
    static Map<String, Bad> of(Release atWork) {
        return new BadReleases(atWork).all;
    }

    private void add(String what, String reason, Placing put) {
        all.put(what, new Bad(reason, folder -> {
            good.put(folder);
            put.put(folder);
        }));
    }

    private void ofSignature() {
        add("no signature", "unsigned", folder -> Files.delete(folder.resolve(Release.SIGNATURE)));
        add("no manifest", "unsigned", folder -> Files.delete(folder.resolve(Release.MANIFEST)));
        add("signed by a stranger", "key", folder -> Release.put(folder, good.content(), VERSION, STRANGER));
        add("a signature of something else", "signature", folder -> Files.write(folder.resolve(Release.SIGNATURE),
                Release.SIGNER.signature("something else".getBytes(StandardCharsets.UTF_8))));
        add("a manifest altered behind its signature", "signature", folder -> Files.writeString(
                folder.resolve(Release.MANIFEST),
                Files.readString(folder.resolve(Release.MANIFEST)).replace("1000", "1001")));
        add("no words of a signature", "signature", folder -> Files.writeString(folder.resolve(Release.SIGNATURE),
                "minisign\n"));
    }

    private void ofFiles() {
        add("one byte altered", "network", folder -> {
            byte[] altered = good.content().clone();
            altered[altered.length / 2] ^= 1;
            Files.write(folder.resolve(Release.NAME), altered);
        });
        add("cut off", "network", folder -> {
            try (RandomAccessFile file = new RandomAccessFile(folder.resolve(Release.NAME).toFile(), "rw")) {
                file.setLength(good.content().length - 1L);
            }
        });
        add("longer than signed", "size", folder -> {
            try (RandomAccessFile file = new RandomAccessFile(folder.resolve(Release.NAME).toFile(), "rw")) {
                file.setLength(good.content().length + 1L);
            }
        });
        add("larger than the heap has room for", "memory", folder -> {
            try (RandomAccessFile file = new RandomAccessFile(folder.resolve(Release.NAME).toFile(), "rw")) {
                file.setLength(200L << 20);
            }
        });
        add("a link out of the folder", "link", folder -> {
            Path outside = Files.write(folder.resolveSibling("outside.onnx"), good.content());
            Files.delete(folder.resolve(Release.NAME));
            Files.createSymbolicLink(folder.resolve(Release.NAME), outside.toAbsolutePath());
        });
        add("a certificate that is not there", "certificate", folder -> signed(folder, new NetworkManifest(VERSION,
                NetworkManifest.Part.of(Release.NAME, good.content()),
                Optional.of(NetworkManifest.Part.of("live.certificate.json", new byte[] {'{', '}'})))));
        add("a manifest of another network", "name", folder -> signed(folder, new NetworkManifest(VERSION,
                NetworkManifest.Part.of("other.onnx", good.content()), Optional.empty())));
        add("a manifest with something more", "manifest", folder -> Release.sign(folder,
                Files.readString(folder.resolve(Release.MANIFEST)).replaceFirst("\\{", "{\"more\":1,"),
                Release.SIGNER));
        add("no network's file", "unreadable", folder -> Files.delete(folder.resolve(Release.NAME)));
    }

    private static void signed(Path folder, NetworkManifest manifest) throws Exception {
        Release.sign(folder, manifest.text(), Release.SIGNER);
    }

    private void ofVersion() {
        add("an older version", "version", folder -> Release.put(folder, good.content(), atWork.version() - 1,
                Release.SIGNER));
        add("another network of the version at work", "version", folder -> Release.put(folder, good.content(),
                atWork.version(), Release.SIGNER));
    }

    private void ofNetwork() {
        network("no ONNX", "format", "no network".getBytes(StandardCharsets.UTF_8));
        network("other samples", "shape", encoded(MeasurementMatrix.sparseBinary(64, 128, 4, 3), "mV"));
        network("other measurements", "shape", encoded(MeasurementMatrix.sparseBinary(32, 256, 4, 3), "mV"));
        network("another matrix", "matrix", encoded(MeasurementMatrix.sparseBinary(64, 256, 4, 4), "mV"));
        network("another unit", "unit", encoded(Release.MATRIX, "V"));
        network("beyond float32", "self-test", overflowing());
    }

    private void network(String what, String reason, byte[] content) {
        add(what, reason, folder -> Release.put(folder, content, VERSION, Release.SIGNER));
    }

    private static byte[] encoded(MeasurementMatrix matrix, String unit) {
        return OnnxWriter.encode(Release.network(VERSION, matrix, unit));
    }

    /** Finite in float64, where it is tried; not on the device. */
    private static byte[] overflowing() {
        MeasurementMatrix matrix = Release.MATRIX;
        NetworkBuilder builder = new NetworkBuilder("overflowing");
        Value y = builder.input("y", matrix.rows());
        Value phi = builder.constant("phi", matrix.toArray(), matrix.rows(), matrix.columns());
        Value huge = builder.constant("huge", new float[] {1e30f}, 1);
        Value x = builder.mul(builder.mul(builder.relu(builder.matMul(y, phi)), huge), huge);
        builder.output(builder.div(builder.div(x, huge), huge), "x");
        NetworkMetadata metadata = NetworkMetadata.of(matrix.columns(), matrix.rows(), 1)
                .withMatrix("phi", matrix.id()).withSignal(360, "mV");
        return OnnxWriter.encode(builder.build(metadata, matrix));
    }
}
