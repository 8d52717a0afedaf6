package org.reluctor.devicetests.security;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.reluctor.devicetests.command.ReluctorProcess;

/** Whoever signs networks, with a key of their own, by the commands that the security guide names. */
final class ModelShelf {
    private static final Duration WAIT = Duration.ofSeconds(60);

    private final Path folder;
    private final Minisign minisign;

    ModelShelf(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.minisign = Minisign.withNewKey(folder);
    }

    Path publicKey() {
        return minisign.publicKey();
    }

    /** Writes a network's manifest and signs it, both beside it. */
    void sign(Path network, int version) throws IOException, InterruptedException {
        ReluctorProcess.run(folder, WAIT, "manifest", "--model", network.toString(), "--network-version",
                Integer.toString(version)).expect(0);
        signManifest(network);
    }

    /** Signs a manifest that is there. */
    void signManifest(Path network) throws IOException, InterruptedException {
        minisign.sign(Path.of(network.toString().replaceFirst("\\.onnx$", ".manifest.json")));
    }
}
