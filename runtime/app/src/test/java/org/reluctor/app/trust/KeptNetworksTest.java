package org.reluctor.app.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.TestNetworks;

/** Copies of networks: whole, verified when they are read, and no more than are wanted. */
class KeptNetworksTest {
    @TempDir
    Path folder;
    private MinisignSigner signer;
    private MinisignKeys keys;
    private Path network;
    private KeptNetworks kept;

    @BeforeEach
    void open() throws Exception {
        signer = new MinisignSigner(1);
        keys = MinisignKeys.read(Files.writeString(folder.resolve("keys.pub"), signer.publicKey()));
        network = TestNetworks.transposed(Files.createDirectory(folder.resolve("models")).resolve("net.onnx"));
        kept = new KeptNetworks(folder.resolve("state/networks"), keys);
    }

    private SignedNetwork released(long version) throws Exception {
        Path manifest = network.resolveSibling("net.manifest.json");
        Files.writeString(manifest, SignedNetwork.manifest(network, Optional.empty(), version).text());
        signer.sign(manifest);
        return SignedNetwork.read(network, keys);
    }

    @Test
    void read_keptBeforeItsFilesWereOverwritten_isTheSame() throws Exception {
        SignedNetwork old = released(3);
        kept.keep(old);
        kept.keep(released(5));
        Files.delete(network);
        SignedNetwork found = kept.read("net.onnx", 3);
        assertEquals(old.manifest(), found.manifest());
        assertArrayEquals(old.content(), found.content());
        assertEquals(Optional.of(3L), kept.before("net.onnx", 5));
        assertEquals(Optional.empty(), kept.before("net.onnx", 3));
        assertEquals(Optional.empty(), kept.before("other.onnx", 3));
    }

    @Test
    void read_alteredCopy_isRefusedAndKeptAnew() throws Exception {
        SignedNetwork good = released(3);
        kept.keep(good);
        Path copy = folder.resolve("state/networks/net.onnx/3/net.onnx");
        byte[] altered = Files.readAllBytes(copy);
        altered[altered.length / 2] ^= 1;
        Files.write(copy, altered);
        assertEquals(Distrust.NETWORK,
                assertThrows(UntrustedNetworkException.class, () -> kept.read("net.onnx", 3)).why());
        kept.keep(good);
        assertEquals(good.manifest(), kept.read("net.onnx", 3).manifest());
    }

    @Test
    void keep_filesChangedSinceTheyWereVerified_isRefused() throws Exception {
        SignedNetwork verified = released(3);
        released(4);
        assertThrows(UntrustedNetworkException.class, () -> kept.keep(verified));
    }

    @Test
    void retain_some_deletesTheOthers() throws Exception {
        for (int version = 1; version <= 4; version++) {
            kept.keep(released(version));
        }
        kept.retain("net.onnx", Set.of(2L, 4L));
        assertEquals(Optional.of(2L), kept.before("net.onnx", 4));
        assertEquals(Optional.empty(), kept.before("net.onnx", 2));
    }
}
