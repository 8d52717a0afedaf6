package org.reluctor.app.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.reluctor.opencl.file.IoReason;

/**
 * Words of caution about files of secrets that other users of the machine may read or change. They are told at start
 * and by {@code validate}, and not refused: container platforms and systemd mount secrets so that a group may read
 * them, and only the operator knows who is in it. Where a file system has no such permissions, nothing is said.
 */
final class FileAccess {
    private static final Set<PosixFilePermission> READ = EnumSet.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> WRITE = EnumSet.of(PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> ENTER = EnumSet.of(PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE);
    /** A folder of keys is looked through that far. */
    private static final int MOST_KEYS = 10_000;

    private FileAccess() {
    }

    /** About a file whose content only this user may know. */
    static Optional<String> ofSecret(Path file) {
        return about(file, READ, ": can be read by other users; chmod 600 keeps it secret")
                .or(() -> ofTrusted(file));
    }

    /** About a file that everybody may know, but only this user may change. */
    static Optional<String> ofTrusted(Path file) {
        return about(file, WRITE, ": can be changed by other users; chmod go-w keeps it ours");
    }

    /** About a folder of secrets, with one line for all files in it; none where only this user may enter it. */
    static Optional<String> ofSecrets(Path folder, String ending) {
        if (about(folder, ENTER, "").isEmpty()) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            List<Path> open = files.filter(file -> file.toString().endsWith(ending)).limit(MOST_KEYS)
                    .filter(file -> ofSecret(file).isPresent()).toList();
            return open.isEmpty() ? ofTrusted(folder) : Optional.of(folder + ": " + open.size()
                    + (open.size() == 1 ? " key" : " keys") + " can be read or changed by other users, such as "
                    + open.get(0) + "; chmod 700 of the folder keeps them secret");
        } catch (IOException exception) {
            return Optional.of(folder + ": cannot be looked through: " + IoReason.of(exception));
        } catch (UncheckedIOException exception) {
            return Optional.of(folder + ": cannot be looked through: " + IoReason.of(exception.getCause()));
        }
    }

    private static Optional<String> about(Path file, Set<PosixFilePermission> open, String words) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            boolean found = view.readAttributes().permissions().stream().anyMatch(open::contains);
            return found ? Optional.of(file + words) : Optional.empty();
        } catch (IOException exception) {
            return Optional.of(file + ": its permissions cannot be read: " + IoReason.of(exception));
        }
    }
}
