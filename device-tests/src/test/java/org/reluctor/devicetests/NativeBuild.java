package org.reluctor.devicetests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** C sources of the tests, compiled, and the programs that come of them. */
public final class NativeBuild {
    private static final long PATIENCE_SECONDS = 60;

    private NativeBuild() {
    }

    /**
     * Compiles a source of the tests to what a process loads, into a folder, which has to outlive such processes.
     *
     * @param name    of the source without its ending, and of the library
     * @param options of the linker
     * @throws IOException where there is no C compiler with the headers that the source names
     */
    public static Path library(Path folder, String name, String... options) throws IOException, InterruptedException {
        Path library = folder.resolve(name + ".so").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of("gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror",
                "-shared", "-fPIC", "-o", library.toString(), source(name).toString()));
        command.addAll(List.of(options));
        run(folder, command, null);
        return library;
    }

    /** The source of that name without its ending. */
    public static Path source(String name) {
        return ProjectFiles.resolve("device-tests/src/test/c/" + name + ".c");
    }

    /**
     * Runs a compiler, or what it made, to its end.
     *
     * @param input what it reads, or null for nothing
     * @return the file of what it wrote on standard output, good until the folder's next run
     * @throws IOException with what it said on standard error, where it does not end with 0 within a minute
     */
    public static Path run(Path folder, List<String> command, Path input) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command).redirectInput(input == null ? new File("/dev/null")
                : input.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command + ": " + Files.readString(err));
        }
        return out;
    }
}
