package org.reluctor.devicetests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A C source of the tests, compiled to what a process loads. */
public final class SharedLibrary {
    private static final long COMPILE_SECONDS = 60;

    private SharedLibrary() {
    }

    /**
     * Compiles a source into a folder, which has to outlive the processes that use it.
     *
     * @param name    of the source without its ending, and of the library
     * @param options of the linker
     * @throws IOException where there is no C compiler with the headers that the source names
     */
    public static Path compile(Path folder, String name, String... options) throws IOException, InterruptedException {
        Path library = folder.resolve(name + ".so").toAbsolutePath();
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of("gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror",
                "-shared", "-fPIC", "-o", library.toString(),
                ProjectFiles.resolve("device-tests/src/test/c/" + name + ".c").toString()));
        command.addAll(List.of(options));
        Process compiler = new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        if (!compiler.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
            compiler.destroyForcibly();
            throw new IOException("gcc cannot make " + name + ": " + Files.readString(log));
        }
        return library;
    }
}
