package org.reluctor.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;

/** The files that a command line names. */
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
     * The path itself, of a file that is to be written.
     *
     * @throws Failure if it cannot be created
     */
    public static Path requireCreatable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        // A device or pipe would be replaced by the file.
        boolean other = Files.exists(file) && !Files.isRegularFile(file);
        if (other || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new Failure(ExitStatus.CANNOT_CREATE, file + ": cannot be created; name a file in an existing folder"
                    + " that user " + System.getProperty("user.name") + " can write");
        }
        return file;
    }

    /**
     * Reads a network whose file fixes the size of its signals.
     *
     * @throws Failure                                      if there is no such file
     * @throws org.reluctor.network.NetworkFormatException if it cannot be used
     */
    public static RecoveryNetwork network(Path file) {
        return network(file, List.of());
    }

    /**
     * Reads a network.
     *
     * @param shape dimensions of its input behind the batch; empty for those that the file fixes
     * @throws Failure                                      if there is no such file
     * @throws org.reluctor.network.NetworkFormatException if it cannot be used, or the file fixes another shape
     */
    public static RecoveryNetwork network(Path file, List<Integer> shape) {
        return OnnxReader.read(require(file),
                shape.isEmpty() ? null : shape.stream().mapToInt(Integer::intValue).toArray());
    }
}
