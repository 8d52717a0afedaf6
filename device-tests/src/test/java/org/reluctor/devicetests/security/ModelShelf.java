package org.reluctor.devicetests.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.reluctor.devicetests.command.ReluctorProcess;

/** Whoever signs networks, with a key of their own, by the commands that the security guide names. */
final class ModelShelf {
    private static final Duration WAIT = Duration.ofSeconds(60);

    private final Path folder;

    ModelShelf(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        run("minisign", "-G", "-W", "-p", publicKey().toString(), "-s", secretKey().toString());
    }

    Path publicKey() {
        return folder.resolve("networks.pub");
    }

    private Path secretKey() {
        return folder.resolve("networks.key");
    }

    /** Writes a network's manifest and signs it, both beside it. */
    void sign(Path network, int version) throws IOException, InterruptedException {
        ReluctorProcess.run(folder, WAIT, "manifest", "--model", network.toString(), "--network-version",
                Integer.toString(version)).expect(0);
        signManifest(network);
    }

    /** Signs a manifest that is there. */
    void signManifest(Path network) throws IOException, InterruptedException {
        String manifest = network.toString().replaceFirst("\\.onnx$", ".manifest.json");
        run("minisign", "-S", "-l", "-s", secretKey().toString(), "-m", manifest);
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(List.of(command) + ": " + said);
        }
    }
}
