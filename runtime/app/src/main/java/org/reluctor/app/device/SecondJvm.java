package org.reluctor.app.device;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the classes and native libraries of this one: what a driver does to it, it does to none else. */
public final class SecondJvm {
    private static final int FIRST_JAVA_THAT_ASKS = 24;
    /** The launcher's word for the archive of classes that this JVM was started from, if there is one. */
    private static final String ARCHIVE = System.getProperty("reluctor.archive");

    private SecondJvm() {
    }

    /**
     * Its command line.
     *
     * @param options   of the JVM, beside those of whatever runs for seconds only
     * @param main      class to run
     * @param arguments of its main method
     */
    public static List<String> command(List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        // It may have been taken away, or made anew, since this one was started.
        if (ARCHIVE != null && Files.isReadable(Path.of(ARCHIVE))) {
            command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0",
                    "-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:cds=off"));
        }
        command.add("-Djava.library.path=" + System.getProperty("java.library.path", ""));
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_ASKS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return command;
    }
}
