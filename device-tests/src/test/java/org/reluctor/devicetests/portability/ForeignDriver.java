package org.reluctor.devicetests.portability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of these tests in a process of its own that sees one OpenCL driver and no other, whatever is installed
 * and registered on the machine.
 *
 * @param library     of the driver, as the dynamic linker finds it
 * @param environment what the driver wants besides
 */
public record ForeignDriver(String library, Map<String, String> environment) {
    private static final long PATIENCE_SECONDS = 300;

    /** Mesa's OpenCL on the CPU. */
    public static final ForeignDriver RUSTICL = new ForeignDriver("libRusticlOpenCL.so.1",
            Map.of("RUSTICL_ENABLE", "llvmpipe"));

    /** Oclgrind, which interprets kernels and reports races, bad addresses and bad calls. */
    public static final ForeignDriver OCLGRIND = new ForeignDriver("/usr/lib/oclgrind/liboclgrind-rt-icd.so",
            Map.of("OCLGRIND_DATA_RACES", "1", "OCLGRIND_CHECK_API", "1"));

    /** What a program said, by lines. */
    public record Said(List<String> out, List<String> err) {
        /** Lines of the output that begin with that word. */
        public List<String> lines(String word) {
            return out.stream().filter(line -> line.startsWith(word + " ")).toList();
        }
    }

    /** Runs it to its end, which must be a good one. */
    public Said run(Path folder, Class<?> program, String... arguments) throws IOException, InterruptedException {
        Path drivers = Files.createDirectories(folder.resolve("drivers"));
        Files.writeString(drivers.resolve("only.icd"), library + "\n");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("OCL_ICD_VENDORS", drivers.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(program.getSimpleName() + " on " + library + " (device-tests/bin/test installs"
                        + " it) did not end well; it said:\n" + Files.readString(out) + Files.readString(err));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Said(Files.readAllLines(out), Files.readAllLines(err));
    }
}
