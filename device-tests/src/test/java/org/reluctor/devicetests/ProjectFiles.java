package org.reluctor.devicetests;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds files of the project, whichever folder the tests are started in. */
public final class ProjectFiles {
    private ProjectFiles() {
    }

    /** A path below the project's root. */
    public static Path resolve(String path) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("config/vectors"))) {
                return folder.resolve(path);
            }
        }
        throw new IllegalStateException("started outside the project: " + Path.of("").toAbsolutePath());
    }
}
