package org.reluctor.devicetests.portability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of these tests in processes of their own that see one OpenCL driver and no other, whatever is installed
 * and registered on the machine.
 *
 * @param library     of the driver, as the dynamic linker finds it; empty for what is registered
 * @param environment what the driver wants besides
 */
record DriverProcess(String library, Map<String, String> environment) {
    private static final long PATIENCE_SECONDS = 300;

    /** What is registered on this machine. */
    static final DriverProcess OWN = new DriverProcess("", Map.of());

    /** Mesa's OpenCL on the CPU. */
    static final DriverProcess RUSTICL = new DriverProcess("libRusticlOpenCL.so.1",
            Map.of("RUSTICL_ENABLE", "llvmpipe"));

    /** Oclgrind, which interprets kernels and reports races, bad addresses and bad calls. */
    static final DriverProcess OCLGRIND = new DriverProcess("/usr/lib/oclgrind/liboclgrind-rt-icd.so",
            Map.of("OCLGRIND_DATA_RACES", "1", "OCLGRIND_CHECK_API", "1"));

    /** How a program ended and what it said, by lines. */
    record Said(int status, List<String> out, List<String> err) {
        /** Lines of the output that begin with that word. */
        List<String> lines(String word) {
            return out.stream().filter(line -> line.startsWith(word + " ")).toList();
        }

        /** Fails where it did not end well. */
        Said expectGood() {
            if (status != 0) {
                throw new AssertionError("ended with status " + status + "; are the drivers installed, as"
                        + " device-tests/bin/test does? It said:\n" + String.join("\n", out) + "\n"
                        + String.join("\n", err));
            }
            return this;
        }
    }

    /** The same with a further variable. */
    DriverProcess with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new DriverProcess(library, more);
    }

    /** Runs a program to its end; {@code folder} receives what it says. */
    Said run(Path folder, Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash", "-cp", System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "program", ".out");
        Path err = Files.createTempFile(folder, "program", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        if (!library.isEmpty()) {
            Path drivers = Files.createDirectories(folder.resolve("drivers"));
            Files.writeString(drivers.resolve("only.icd"), library + "\n");
            builder.environment().put("OCL_ICD_VENDORS", drivers.toString());
        }
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            int status = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
            return new Said(status, Files.readAllLines(out), Files.readAllLines(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
