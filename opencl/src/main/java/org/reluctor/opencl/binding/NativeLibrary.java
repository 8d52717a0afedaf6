package org.reluctor.opencl.binding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jocl.LibUtils;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.opencl.file.Sha256;

/**
 * Loads JOCL's native part from the installation, or else from a private folder of the user.
 *
 * <p>Left alone, JOCL unpacks it into the shared temporary folder under a fixed name and loads whatever file is
 * already there: another user's code. So the file is looked for on {@code java.library.path} first; failing that, it
 * is unpacked into a folder that only this user may enter, and compared with the jar's copy before every use.
 */
final class NativeLibrary {
    private static final String NAME = "JOCL_2_0_6";
    private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

    private static boolean loaded;
    /** A class whose initialisation failed says why once only; whoever tries again is told the same. */
    private static OpenClException refusal;

    private NativeLibrary() {
    }

    /** Makes {@code org.jocl.CL} usable; cheap after the first time. */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        if (refusal != null) {
            throw refusal;
        }
        String fileName = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(NAME));
        try {
            byte[] expected = resource(fileName);
            Optional<Path> installed = onLibraryPath(fileName, expected);
            Path file = installed.isPresent() ? installed.get() : unpack(fileName, expected);
            refusal = link(file, installed.isPresent() ? NativeLibrary::initialise
                    : () -> initialiseFrom(file.getParent()));
        } catch (IOException e) {
            throw new OpenClException("JOCL's native library " + fileName + " cannot be unpacked into " + folder()
                    + " (" + IoReason.of(e) + "); make that folder writable or set XDG_CACHE_HOME", e);
        }
        if (refusal != null) {
            throw refusal;
        }
        loaded = true;
    }

    private static byte[] resource(String fileName) throws IOException {
        try (InputStream in = LibUtils.class.getResourceAsStream("/lib/" + fileName)) {
            if (in == null) {
                throw new OpenClException(OpenClException.NO_STATUS, "JOCL has no native library for this machine: "
                        + fileName + "; supported are Linux x86-64 and arm64");
            }
            return in.readAllBytes();
        }
    }

    private static Optional<Path> onLibraryPath(String fileName, byte[] expected) throws IOException {
        for (String entry : System.getProperty("java.library.path", "").split(java.io.File.pathSeparator)) {
            Path file = Path.of(entry, fileName);
            if (!entry.isEmpty() && Files.isRegularFile(file)) {
                if (!Arrays.equals(Sha256.of(Files.readAllBytes(file)), Sha256.of(expected))) {
                    throw new OpenClException(OpenClException.NO_STATUS,
                            file + " is not the library that this JOCL was built with; install Reluctor again");
                }
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static Path unpack(String fileName, byte[] expected) throws IOException {
        Path folder = folder().resolve(HexFormat.of().formatHex(Sha256.of(expected), 0, 8));
        Files.createDirectories(folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = folder.resolve(fileName);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), expected)) {
            AtomicFile.write(file, expected);
        }
        return file;
    }

    /**
     * Has JOCL load that file; null, or why it cannot. What the system's loader says of it comes with whole stack
     * traces in its message, of which the first line is kept.
     */
    static OpenClException link(Path file, Runnable initialise) {
        try {
            initialise.run();
            return null;
        } catch (LinkageError e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new OpenClException("JOCL's native library " + file + " cannot be loaded (" + why
                    + "); is its folder mounted noexec?", e);
        }
    }

    /** JOCL looks into the temporary folder when its class is initialised, so that is pointed elsewhere meanwhile. */
    private static void initialiseFrom(Path folder) {
        String before = System.getProperty(TEMPORARY_FOLDER);
        System.setProperty(TEMPORARY_FOLDER, folder.toString());
        try {
            initialise();
        } finally {
            System.setProperty(TEMPORARY_FOLDER, before);
        }
    }

    private static void initialise() {
        try {
            Class.forName("org.jocl.CL");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path folder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        boolean unset = cache == null || cache.isEmpty();
        Path base = unset ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("reluctor").resolve("native");
    }
}
