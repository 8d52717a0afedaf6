package org.reluctor.opencl.binding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jocl.LibUtils;
import org.reluctor.opencl.OpenClException;

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

    private NativeLibrary() {
    }

    /** Makes {@code org.jocl.CL} usable; cheap after the first time. */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        String fileName = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(NAME));
        try {
            byte[] expected = resource(fileName);
            if (!onLibraryPath(fileName, expected)) {
                initialise(unpack(fileName, expected));
            }
        } catch (IOException e) {
            throw new OpenClException("JOCL's native library " + fileName + " cannot be unpacked into " + folder()
                    + " (" + e.getClass().getSimpleName() + "); make that folder writable or set XDG_CACHE_HOME", e);
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

    private static boolean onLibraryPath(String fileName, byte[] expected) throws IOException {
        for (String entry : System.getProperty("java.library.path", "").split(java.io.File.pathSeparator)) {
            Path file = Path.of(entry, fileName);
            if (!entry.isEmpty() && Files.isRegularFile(file)) {
                if (!Arrays.equals(digest(Files.readAllBytes(file)), digest(expected))) {
                    throw new OpenClException(OpenClException.NO_STATUS,
                            file + " is not the library that this JOCL was built with; install Reluctor again");
                }
                return true;
            }
        }
        return false;
    }

    private static Path unpack(String fileName, byte[] expected) throws IOException {
        Path folder = folder().resolve(HexFormat.of().formatHex(digest(expected), 0, 8));
        Files.createDirectories(folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = folder.resolve(fileName);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), expected)) {
            Path part = Files.createTempFile(folder, "part", ".so");
            Files.write(part, expected);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return folder;
    }

    /** JOCL looks into the temporary folder when its class is initialised, so that is pointed elsewhere meanwhile. */
    private static void initialise(Path folder) {
        String before = System.getProperty(TEMPORARY_FOLDER);
        System.setProperty(TEMPORARY_FOLDER, folder.toString());
        try {
            Class.forName("org.jocl.CL");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } finally {
            System.setProperty(TEMPORARY_FOLDER, before);
        }
    }

    private static Path folder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        boolean unset = cache == null || cache.isEmpty();
        Path base = unset ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("reluctor").resolve("native");
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
