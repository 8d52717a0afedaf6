package org.reluctor.app.trust;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.Failure;

/** What was in use is not followed by anything older. */
class NetworkVersionsTest {
    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void accept() {
        file = folder.resolve("state/versions");
        NetworkVersions.read(file).accept(List.of(network("a.onnx", 5, 'x'), network("b b.onnx", 1, 'y')));
    }

    private static SignedNetwork network(String name, long version, char content) {
        NetworkManifest manifest = new NetworkManifest(version,
                NetworkManifest.Part.of(name, new byte[] {(byte) content}), Optional.empty());
        return new SignedNetwork(Path.of("models", name), new byte[0], Optional.empty(), manifest, "key", "comment");
    }

    private Distrust refused(SignedNetwork network) {
        return assertThrows(UntrustedNetworkException.class,
                () -> NetworkVersions.read(file).check(network, List.of())).why();
    }

    @Test
    void check_olderOrOtherOfTheSameVersion_isRefused() {
        assertEquals(Distrust.VERSION, refused(network("a.onnx", 4, 'x')));
        assertEquals(Distrust.VERSION, refused(network("a.onnx", 5, 'z')));
        assertEquals(Distrust.VERSION, refused(network("b b.onnx", 1, 'z')));
    }

    @Test
    void check_sameOrLaterOrUnknown_isTaken() {
        NetworkVersions versions = NetworkVersions.read(file);
        versions.check(network("a.onnx", 5, 'x'), List.of());
        versions.check(network("a.onnx", 6, 'z'), List.of());
        versions.check(network("c.onnx", 1, 'z'), List.of());
    }

    @Test
    void check_twoOfOneName_areTakenOnlyWhereTheyAreTheSame() {
        NetworkVersions versions = NetworkVersions.read(file);
        List<SignedNetwork> beside = List.of(network("b b.onnx", 1, 'y'), network("a.onnx", 7, 'x'));
        versions.check(network("a.onnx", 7, 'x'), beside);
        for (SignedNetwork other : List.of(network("a.onnx", 6, 'x'), network("a.onnx", 7, 'z'))) {
            String refused = assertThrows(UntrustedNetworkException.class, () -> versions.check(other, beside))
                    .getMessage();
            assertTrue(refused.contains("of one name") && refused.contains("version 7"), refused);
        }
    }

    /** As where another process was given a later one meanwhile. */
    @Test
    void accept_anOlderOne_leavesTheLater() {
        NetworkVersions.read(file).accept(List.of(network("a.onnx", 7, 'z'), network("a.onnx", 4, 'x')));
        NetworkVersions.read(file).accept(List.of(network("a.onnx", 5, 'x')));
        assertEquals(Distrust.VERSION, refused(network("a.onnx", 6, 'z')));
        assertDoesNotThrow(() -> NetworkVersions.read(file).check(network("a.onnx", 7, 'z'), List.of()));
    }

    @Test
    void accept_aLaterOne_leavesTheOthers() {
        NetworkVersions.read(file).accept(List.of(network("a.onnx", 6, 'z')));
        assertEquals(Distrust.VERSION, refused(network("a.onnx", 5, 'x')));
        assertEquals(Distrust.VERSION, refused(network("b b.onnx", 1, 'z')));
        assertDoesNotThrow(() -> NetworkVersions.read(file).check(network("a.onnx", 6, 'z'), List.of()));
    }

    @Test
    void read_anyByteAltered_isToldAsDamaged() throws IOException {
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] altered = good.clone();
            altered[i] ^= 1;
            Files.write(file, altered);
            Failure failure = assertThrows(Failure.class, () -> NetworkVersions.read(file));
            assertTrue(failure.getMessage().contains("damaged"), failure.getMessage());
        }
    }

    @Test
    void read_cutShort_isToldAsDamaged() throws IOException {
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length < good.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertThrows(Failure.class, () -> NetworkVersions.read(file));
        }
    }

    @Test
    void accept_stateFolderCannotBeMade_isToldInWords() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "").resolve("versions");
        Failure failure = assertThrows(Failure.class,
                () -> NetworkVersions.read(blocked).accept(List.of(network("a.onnx", 1, 'x'))));
        assertTrue(failure.getMessage().contains("device.stateFolder"), failure.getMessage());
        assertEquals(73, failure.status());
    }

    @Test
    void check_goneBackFrom_isRefusedUntilALaterOneWasAccepted() {
        NetworkVersions.read(file).accept(List.of(network("a.onnx", 6, 'z')));
        assertTrue(NetworkVersions.read(file).replacement(network("a.onnx", 6, 'z').manifest()).isEmpty());
        NetworkVersions.read(file).goBack(network("a.onnx", 5, 'x').manifest());
        assertEquals(Distrust.VERSION, refused(network("a.onnx", 6, 'z')));
        assertEquals(Distrust.VERSION, refused(network("a.onnx", 5, 'z')));
        assertEquals(5, NetworkVersions.read(file).replacement(network("a.onnx", 6, 'z').manifest()).getAsLong());
        assertDoesNotThrow(() -> NetworkVersions.read(file).check(network("a.onnx", 5, 'x'), List.of()));
        NetworkVersions.read(file).accept(List.of(network("a.onnx", 5, 'x')));
        assertEquals(Distrust.VERSION, refused(network("a.onnx", 6, 'z')));
        NetworkVersions.read(file).accept(List.of(network("a.onnx", 7, 'w')));
        assertEquals(Distrust.VERSION, refused(network("a.onnx", 5, 'x')));
        assertTrue(NetworkVersions.read(file).replacement(network("a.onnx", 7, 'w').manifest()).isEmpty());
    }
}
