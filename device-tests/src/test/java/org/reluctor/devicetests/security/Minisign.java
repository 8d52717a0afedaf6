package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debian's minisign with a key of the test's own. */
final class Minisign {
    private static final String PROGRAM = "/usr/bin/minisign";

    private final Path secret;
    private final Path open;

    private Minisign(Path folder) {
        this.secret = folder.resolve("minisign.key");
        this.open = folder.resolve("minisign.pub");
    }

    /** Makes a key in a folder; skips the test where the program is not installed. */
    static Minisign withNewKey(Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(PROGRAM)), PROGRAM + " is not installed");
        Minisign made = new Minisign(Files.createDirectories(folder));
        made.run("-G", "-W", "-f", "-p", made.open.toString(), "-s", made.secret.toString());
        return made;
    }

    Path publicKey() {
        return open;
    }

    /** Signs in the form that the JDK can verify. */
    void sign(Path file) throws IOException, InterruptedException {
        run("-S", "-l", "-s", secret.toString(), "-m", file.toString());
    }

    /** Signs in the form that minisign has by default. */
    void signHash(Path file) throws IOException, InterruptedException {
        run("-S", "-s", secret.toString(), "-m", file.toString());
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
    }
}
