package org.reluctor.devicetests.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.reluctor.devicetests.FolderTree;

/** The program behind device-tests/bin/faults; see {@link FaultRun}. */
public final class Faults {
    private static final int USAGE = 64;

    private Faults() {
    }

    /** Exits with 1 where the promise was not kept, and leaves what the processes said then. */
    public static void main(String[] args) throws Exception {
        FaultOptions options;
        try {
            options = FaultOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("faults: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        System.err.println("seed " + options.seed() + ", " + options.rounds() + " faults on " + options.broker());
        Path folder = Files.createTempDirectory("reluctor-faults");
        // Interrupted, it must not leave brokers and gateways behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessHandle.current().descendants()
                .forEach(ProcessHandle::destroyForcibly)));
        FaultOutcome outcome = new FaultRun(options, folder, System.err::println).run();
        System.out.print(options.json() ? outcome.json() + System.lineSeparator() : outcome.table());
        List<String> wrongs = outcome.wrongs();
        wrongs.forEach(System.err::println);
        if (outcome.isGood()) {
            FolderTree.delete(folder);
        } else {
            System.err.println("what the processes said: " + folder);
        }
        System.exit(outcome.isGood() ? 0 : 1);
    }
}
