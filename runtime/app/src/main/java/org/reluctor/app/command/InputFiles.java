package org.reluctor.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;

/** Opens the files that a command line names. */
public final class InputFiles {
    private InputFiles() {
    }

    /**
     * The path itself.
     *
     * @throws Failure if it is no readable file
     */
    public static Path require(Path file) {
        if (!Files.exists(file)) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": no such file");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": is no file that user " + System.getProperty("user.name")
                    + " can read");
        }
        return file;
    }

    /**
     * Reads a network.
     *
     * @throws Failure                                      if there is no such file
     * @throws org.reluctor.network.NetworkFormatException if it cannot be used
     */
    public static RecoveryNetwork network(Path file) {
        return OnnxReader.read(require(file));
    }
}
