package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.Failure;
import org.reluctor.app.trust.MinisignKeys;
import org.reluctor.app.trust.NetworkManifest;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.app.trust.UntrustedNetworkException;
import org.reluctor.devicetests.refusal.Cbor;

/** Manifests and signatures, as anyone puts them beside a network, and as someone signs them who has the key. */
class SignedNetworkFuzzTest {
    private static final byte[] NETWORK = "what stands for a network".getBytes(StandardCharsets.US_ASCII);
    private static final NetworkSigner SIGNER = new NetworkSigner();
    /** A reader of JSON with its buffers, and the arithmetic of two signatures. */
    private static final ReaderPromise PROMISE = ReaderPromise.of(16 << 20, 1 << 10, UntrustedNetworkException.class,
            Failure.class);

    static Stream<byte[]> seeds() throws GeneralSecurityException {
        NetworkManifest.Part network = NetworkManifest.Part.of("n.onnx", NETWORK);
        byte[] certificate = ("{\"networkSha256\": \"" + network.sha256() + "\", \"bound\": [1, {\"a\": null}]}")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] alone = manifest(network, Optional.empty());
        byte[] both = manifest(network, Optional.of(NetworkManifest.Part.of("n.certificate.json", certificate)));
        return Stream.of(Cbor.join(new byte[] {0}, Seeds.joined(alone, SIGNER.signature(alone), new byte[0])),
                Cbor.join(new byte[] {1}, Seeds.joined(both, new byte[0], certificate)));
    }

    private static byte[] manifest(NetworkManifest.Part network, Optional<NetworkManifest.Part> certificate) {
        return new NetworkManifest(1, network, certificate).text().getBytes(StandardCharsets.US_ASCII);
    }

    /** Only what was signed with the key may be taken: the signature of an odd input is made here, not given. */
    @MethodSource("seeds")
    @FuzzTest
    void signedNetwork(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        byte[][] parts = Seeds.parts(Arrays.copyOfRange(input, 1, input.length), 3);
        Path file = Scratch.file("n.onnx", NETWORK);
        Scratch.file("n.manifest.json", parts[0]);
        Scratch.file("n.manifest.json.minisig", (input[0] & 1) == 0 ? parts[1] : SIGNER.signature(parts[0]));
        Scratch.file("n.certificate.json", parts[2]);
        MinisignKeys keys = MinisignKeys.read(Scratch.file("trusted.pub",
                SIGNER.publicKey().getBytes(StandardCharsets.US_ASCII)));
        SignedNetwork network = PROMISE.read(input.length, () -> SignedNetwork.read(file, keys));
        if (network != null && !Arrays.equals(network.content(), Files.readAllBytes(file))) {
            throw new AssertionError("another network than the file");
        }
    }
}
