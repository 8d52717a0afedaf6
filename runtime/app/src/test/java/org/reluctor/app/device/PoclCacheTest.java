package org.reluctor.app.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoclCacheTest {
    @TempDir
    Path folder;

    @Test
    void problem_writableFolder_none() {
        assertEquals(Optional.empty(), PoclCache.problem(Map.of("POCL_CACHE_DIR", folder.resolve("a").toString())));
        assertEquals(Optional.empty(), PoclCache.problem(Map.of("XDG_CACHE_HOME", folder.toString())));
        assertTrue(Files.isDirectory(folder.resolve("pocl/kcache")));
    }

    @Test
    void problem_folderUnderAFile_namesItAndTheVariable() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        String problem = PoclCache.problem(Map.of("POCL_CACHE_DIR", file.resolve("x").toString())).orElse("");
        assertTrue(problem.contains(file.resolve("x").toString()) && problem.contains("POCL_CACHE_DIR"), problem);
    }
}
