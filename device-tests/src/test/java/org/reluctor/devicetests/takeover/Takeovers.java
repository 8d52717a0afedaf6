package org.reluctor.devicetests.takeover;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.reluctor.devicetests.FolderTree;

/** The program behind device-tests/bin/takeovers. */
public final class Takeovers {
    private static final int USAGE = 64;

    private Takeovers() {
    }

    /** Exits with 1 where a promise was not kept, and leaves what the processes said then. */
    public static void main(String[] args) throws Exception {
        TakeoverOptions options;
        try {
            options = TakeoverOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("takeovers: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        Path folder = Files.createTempDirectory("reluctor-takeovers");
        // Interrupted, it must not leave brokers and gateways behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessHandle.current().descendants()
                .forEach(ProcessHandle::destroyForcibly)));
        TakeoverReport report = run(folder, options, System.err::println);
        System.out.print(options.json() ? report.json() + System.lineSeparator() : report.table());
        boolean good = report.broken().isEmpty();
        if (good) {
            FolderTree.delete(folder);
        } else {
            report.broken().forEach(System.err::println);
            System.err.println("what the processes said: " + folder);
        }
        System.exit(good ? 0 : 1);
    }

    /** One run in that folder; {@code progress} hears a line for every round. */
    static TakeoverReport run(Path folder, TakeoverOptions options, Consumer<String> progress) throws Exception {
        try (TakeoverSite site = new TakeoverSite(folder, options)) {
            List<Takeover> takeovers = new TakeoverRounds(site, progress).run(options.rounds(), options.frozen());
            site.finish();
            return new TakeoverReport(takeovers, site.claims().holding().term(), site.claims().claims(),
                    site.ledger().verdict(), site.exits());
        }
    }
}
