package org.reluctor.app.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.app.Failure;
import org.reluctor.app.TestNetworks;

/** Networks that are signed as they should be, and those that are not, in every way that comes to mind. */
class SignedNetworkTest {
    private static final Path VECTORS = Path.of(System.getProperty("basedir", "."), "..", "..", "config", "vectors");

    @TempDir
    Path folder;
    private MinisignSigner signer;
    private MinisignKeys keys;
    private Path network;
    private Path manifest;
    private Path certificate;

    @BeforeEach
    void sign() throws Exception {
        signer = new MinisignSigner(0x1122334455667788L);
        Path models = Files.createDirectory(folder.resolve("models"));
        network = TestNetworks.transposed(models.resolve("net.onnx"));
        manifest = models.resolve("net.manifest.json");
        certificate = Files.writeString(models.resolve("net.certificate.json"), "{\"networkSha256\":\""
                + NetworkManifest.hash(Files.readAllBytes(network)) + "\",\"more\":[1,{\"networkSha256\":\"\"}]}");
        keys = MinisignKeys.read(Files.writeString(folder.resolve("keys.pub"), signer.publicKey()));
        write(SignedNetwork.manifest(network, Optional.of(certificate), 3).text());
    }

    private void write(String text) throws Exception {
        Files.writeString(manifest, text);
        signer.sign(manifest);
    }

    private UntrustedNetworkException refused(Distrust why) {
        UntrustedNetworkException refusal = assertThrows(UntrustedNetworkException.class,
                () -> SignedNetwork.read(network, keys));
        assertEquals(why, refusal.why(), refusal.getMessage());
        assertTrue(refusal.getMessage().startsWith(folder.resolve("models").toString()), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count());
        return refusal;
    }

    @Test
    void read_vectorsMadeByMinisign_areTrusted() {
        SignedNetwork read = SignedNetwork.read(VECTORS.resolve("signed.onnx"),
                MinisignKeys.read(VECTORS.resolve("signed.pub")));
        assertEquals(7, read.manifest().version());
        assertEquals("27B324F8DBEBD342", read.key());
        assertEquals("version 7 of the test vectors", read.comment());
        assertEquals(TestNetworks.N, read.parse().metadata().n());
    }

    @Test
    void manifest_vectors_areWhatIsWritten() throws IOException {
        assertEquals(Files.readString(VECTORS.resolve("signed.manifest.json")), SignedNetwork.manifest(
                VECTORS.resolve("signed.onnx"), Optional.of(VECTORS.resolve("signed.certificate.json")), 7).text());
    }

    @Test
    void read_wellSigned_givesTheVerifiedBytes() throws IOException {
        SignedNetwork read = SignedNetwork.read(network, keys);
        assertArrayEquals(Files.readAllBytes(network), read.content());
        assertArrayEquals(Files.readAllBytes(certificate), read.certificate().orElseThrow());
        // The file changes between check and use: what was checked is used.
        Files.writeString(network, "something else");
        assertEquals(TestNetworks.M, read.parse().metadata().m());
        assertEquals("net", read.parse().name());
    }

    @Test
    void withoutContent_keepsNoBytesAndTellsTheSame() {
        SignedNetwork read = SignedNetwork.read(network, keys);
        SignedNetwork kept = read.withoutContent();
        assertEquals(0, kept.content().length);
        assertEquals(Optional.empty(), kept.certificate());
        assertTrue(read.describe().endsWith(", with certificate " + certificate.getFileName()), read.describe());
        assertEquals(read.describe(), kept.describe());
    }

    @Test
    void read_withoutCertificate_isTrusted() throws Exception {
        write(SignedNetwork.manifest(network, Optional.empty(), 1).text());
        assertEquals(Optional.empty(), SignedNetwork.read(network, keys).certificate());
    }

    @Test
    void read_bytesOfNetworkOrCertificateAltered_isRefused() throws IOException {
        refusedWithBytesAltered(network, Distrust.NETWORK, 0, 13);
        refusedWithBytesAltered(certificate, Distrust.CERTIFICATE, 0, 13);
    }

    @Test
    void read_anyByteOfManifestOrSignatureAltered_isRefused() throws IOException {
        refusedWithBytesAltered(manifest, Distrust.SIGNATURE, 0, 1);
        // The untrusted comment is signed by nothing, and nothing is made of it.
        refusedWithBytesAltered(signature(), null, "untrusted comment: of a test".length(), 1);
    }

    private void refusedWithBytesAltered(Path file, Distrust why, int from, int step) throws IOException {
        byte[] good = Files.readAllBytes(file);
        for (int i = from; i < good.length; i += step) {
            byte[] altered = good.clone();
            altered[i] ^= 1;
            Files.write(file, altered);
            int at = i;
            UntrustedNetworkException refusal = assertThrows(UntrustedNetworkException.class,
                    () -> SignedNetwork.read(network, keys), () -> file + " byte " + at);
            assertTrue(why == null || refusal.why() == why, refusal.getMessage());
        }
        Files.write(file, good);
        assertEquals(3, SignedNetwork.read(network, keys).manifest().version());
    }

    private Path signature() {
        return Path.of(manifest + NetworkManifest.SIGNATURE_ENDING);
    }

    @Test
    void read_unsigned_isRefused() throws IOException {
        Files.delete(signature());
        assertTrue(refused(Distrust.UNSIGNED).getMessage().contains("minisign -S -l"));
        Files.delete(manifest);
        assertTrue(refused(Distrust.UNSIGNED).getMessage().contains("reluctor manifest"));
    }

    @Test
    void read_signedByAnother_isRefused() throws Exception {
        new MinisignSigner(1).sign(manifest);
        assertTrue(refused(Distrust.KEY).getMessage().contains("1122334455667788"));
        // A stranger's key under the trusted id.
        new MinisignSigner(0x1122334455667788L).sign(manifest);
        refused(Distrust.SIGNATURE);
    }

    @Test
    void read_overAHash_isRefusedWithTheRightCommand() throws Exception {
        signer.sign(manifest, "ED", "trusted comment: x");
        assertTrue(refused(Distrust.PREHASHED).getMessage().contains("minisign -S -l"));
    }

    @Test
    void read_commentOfAnotherSignature_isRefused() throws Exception {
        String[] first = Files.readString(signature()).split("\n");
        signer.sign(manifest, "Ed", "trusted comment: another");
        String[] second = Files.readString(signature()).split("\n");
        Files.writeString(signature(), String.join("\n", first[0], first[1], second[2], first[3]));
        refused(Distrust.SIGNATURE);
    }

    @Test
    void read_certificateOfAnotherNetwork_isRefused() throws Exception {
        Files.writeString(certificate, "{\"networkSha256\":\"" + "0".repeat(64) + "\"}");
        refused(Distrust.CERTIFICATE);
        // Not even where it was signed so.
        NetworkManifest wrong = new NetworkManifest(4, NetworkManifest.Part.of("net.onnx", Files.readAllBytes(network)),
                Optional.of(NetworkManifest.Part.of("net.certificate.json", Files.readAllBytes(certificate))));
        write(wrong.text());
        assertTrue(refused(Distrust.CERTIFICATE).getMessage().contains("another network"));
        assertThrows(UntrustedNetworkException.class,
                () -> SignedNetwork.manifest(network, Optional.of(certificate), 4));
        Files.delete(certificate);
        refused(Distrust.CERTIFICATE);
    }

    @Test
    void read_manifestOfAnotherNetwork_isRefused() throws Exception {
        Path other = TestNetworks.transposed(network.resolveSibling("other.onnx"));
        Files.move(manifest, other.resolveSibling("other.manifest.json"));
        Files.move(signature(), other.resolveSibling("other.manifest.json.minisig"));
        network = other;
        refused(Distrust.NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../net.onnx", "/etc/passwd", "..", ".", "", "a/b.onnx", "a\\\\b.onnx", ".hidden",
        "a\\nb.onnx"})
    void read_manifestThatNamesAPath_isRefused(String name) throws Exception {
        write(SignedNetwork.manifest(network, Optional.of(certificate), 3).text()
                .replace("net.certificate.json", name));
        refused(Distrust.MANIFEST);
        write(SignedNetwork.manifest(network, Optional.empty(), 3).text().replace("net.onnx", name));
        refused(Distrust.MANIFEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"format\":1}", "nothing", "{\"format\":\"reluctor network manifest 1\"}",
        "{\"a\":{\"b\":{\"c\":{}}}}", "{\"version\":1,\"version\":2}", "{\"version\":1e99}",
        "{\"version\":99999999999999999999}", "{\"a\":null}", "{\"a\":[]}", "{} {}"})
    void read_wellSignedNonsense_isRefused(String text) throws Exception {
        write(text);
        refused(Distrust.MANIFEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"version\":3,->\"version\":0,", "\"version\":3,->\"version\":3.5,",
        "\"version\":3,->\"version\":3,\"more\":1,", "manifest 1->manifest 2", "\"bytes\":->\"bytes\":-",
        "\"sha256\":\"->\"sha256\":\"A", "\"network\":{->\"network\":7,\"x\":{"})
    void read_wellSignedManifestOfWrongFields_isRefused(String change) throws Exception {
        String text = Files.readString(manifest);
        String[] parts = change.split("->");
        assertTrue(text.contains(parts[0]));
        write(text.replace(parts[0], parts[1]));
        refused(Distrust.MANIFEST);
    }

    @Test
    void read_linksOutOfTheFolder_areRefused() throws Exception {
        for (Path file : new Path[] {network, manifest, signature(), certificate}) {
            Path outside = Files.move(file, folder.resolve(file.getFileName()));
            Files.createSymbolicLink(file, outside);
            refused(Distrust.LINK);
            // Within the folder it may be, as a mounted ConfigMap has it.
            Path inside = Files.createDirectories(file.resolveSibling("..data")).resolve(file.getFileName());
            Files.delete(file);
            Files.move(outside, inside);
            Files.createSymbolicLink(file, Path.of("..data").resolve(file.getFileName()));
            SignedNetwork.read(network, keys);
            Files.delete(file);
            Files.move(inside, file);
        }
    }

    @Test
    void read_folderIsALink_isTrusted() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("current"), network.getParent());
        assertEquals(3, SignedNetwork.read(link.resolve("net.onnx"), keys).manifest().version());
    }

    @Test
    void read_hugeFiles_areRefusedBeforeTheyAreRead() throws Exception {
        for (Path file : new Path[] {certificate, network, signature(), manifest}) {
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(1L << 40);
            }
            refused(Distrust.SIZE);
        }
    }

    @Test
    void read_folderInPlaceOfAFile_isToldInWords() throws Exception {
        Files.delete(manifest);
        Files.createDirectory(manifest);
        Failure failure = assertThrows(Failure.class, () -> SignedNetwork.read(network, keys));
        assertTrue(failure.getMessage().endsWith("net.manifest.json: is no file"), failure.getMessage());
    }

    @Test
    void keys_several_eachMaySign() throws Exception {
        MinisignSigner next = new MinisignSigner(2);
        keys = MinisignKeys.read(Files.writeString(folder.resolve("two.pub"),
                "# until 2027\n" + signer.publicKey() + "\r\n" + next.publicKey()));
        assertEquals("1122334455667788", SignedNetwork.read(network, keys).key());
        next.sign(manifest);
        assertEquals("0000000000000002", SignedNetwork.read(network, keys).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "untrusted comment: none\n", "not a key", "RWQ=", "RWRC0+vb+CSzJ6m6xiqeaCBc/vVt3RN"})
    void keys_fileWithoutKeys_isToldInWords(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.pub"), text);
        Failure failure = assertThrows(Failure.class, () -> MinisignKeys.read(file));
        assertTrue(failure.getMessage().startsWith(file.toString()), failure.getMessage());
        assertEquals(77, failure.status());
    }
}
