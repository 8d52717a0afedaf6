package org.reluctor.devicetests.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.FolderTree;

/** The command {@code device-tests/bin/exchanges}. */
public final class Exchanges {
    private static final int FRAMES_PER_SECOND = 500;
    private static final int WARM_UP_SECONDS = 10;

    private Exchanges() {
    }

    /** Runs the rounds; ends with 1 where a promise is not kept. */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        boolean json = given.contains("--json");
        int at = given.indexOf("--rounds");
        String rounds = at < 0 ? "100" : at + 1 < given.size() ? given.get(at + 1) : "";
        if (given.size() != (json ? 1 : 0) + (at < 0 ? 0 : 2) || !rounds.matches("[1-9]\\d{0,3}")) {
            System.err.println("exchanges: wrong arguments; [--rounds N] N from 1 to 9999, and [--json] are right");
            System.exit(ExitStatus.USAGE);
        }
        List<Release> releases = IntStream.rangeClosed(2, 1 + Integer.parseInt(rounds)).mapToObj(Release::of).toList();
        Path folder = Files.createTempDirectory("reluctor-exchanges");
        ExchangeReport report;
        try (LiveSite site = new LiveSite(folder, Release.of(1), FRAMES_PER_SECOND)) {
            site.load().start();
            // What the just-in-time compilers still have to do would count as quiet.
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            site.load().forgetSoFar();
            ExchangeRounds run = new ExchangeRounds(site, System.err::println);
            run.run(releases, 500);
            site.load().finish();
            report = ExchangeReport.of(site.load(), run);
        } finally {
            FolderTree.delete(folder);
        }
        System.out.println(json ? report.json() : report.toString());
        System.exit(report.broken().isEmpty() ? 0 : 1);
    }
}
