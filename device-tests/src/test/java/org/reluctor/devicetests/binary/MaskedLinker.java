package org.reluctor.devicetests.binary;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts processes for which no linker can be executed: in a mount namespace of their own a file without permission
 * lies over each {@code ld}. Nobody else notices.
 */
final class MaskedLinker {
    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/local/bin");

    private final List<String> starter;

    private MaskedLinker(List<String> starter) {
        this.starter = starter;
    }

    /** Prepares one; {@code folder} holds the file that lies over the linkers. */
    static MaskedLinker in(Path folder) throws IOException {
        Path mask = Files.write(folder.resolve("mask"), new byte[0]);
        StringBuilder script = new StringBuilder("ulimit -c 0\n");
        for (Path linker : linkers()) {
            script.append("mount --bind '").append(mask).append("' '").append(linker).append("' || exit 125\n");
        }
        script.append("exec \"$@\"\n");
        // What is preloaded for the JVM of a test has words of its own for mount.
        List<String> command = new ArrayList<>(List.of("env", "--unset=LD_PRELOAD", "unshare", "--mount"));
        if (!System.getProperty("user.name").equals("root")) {
            command.add("--map-root-user");
        }
        command.addAll(List.of("sh", "-c", script.toString(), "sh"));
        return new MaskedLinker(command);
    }

    private static Set<Path> linkers() throws IOException {
        Set<String> folders = new LinkedHashSet<>(List.of(System.getenv("PATH").split(":")));
        folders.addAll(FOLDERS);
        Set<Path> linkers = new LinkedHashSet<>();
        for (String folder : folders) {
            if (!folder.isEmpty() && Files.isDirectory(Path.of(folder))) {
                try (Stream<Path> files = Files.list(Path.of(folder))) {
                    for (Path file : files.filter(MaskedLinker::isLinker).toList()) {
                        linkers.add(file.toRealPath());
                    }
                }
            }
        }
        return linkers;
    }

    private static boolean isLinker(Path file) {
        return file.getFileName().toString().matches("(.*-)?ld") && Files.isExecutable(file);
    }

    /** The command that starts another one without linkers. */
    List<String> starter() {
        return starter;
    }

    /** Whether this machine lets us. */
    boolean works() throws IOException, InterruptedException {
        return status("true") == 0;
    }

    /** Exit status of a command under the mask. */
    int status(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(starter);
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(new File("/dev/null"))
                .start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(all + " does not end");
        }
        return process.exitValue();
    }
}
