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
        ExchangeOptions options = options(arguments);
        List<Release> releases = IntStream.rangeClosed(2, 1 + options.rounds()).mapToObj(Release::of).toList();
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
            if (options.times().isPresent()) {
                LatencyTrace.write(options.times().get(), run.spans(), site.load().frames(),
                        site.gateway().log());
            }
        } finally {
            FolderTree.delete(folder);
        }
        System.out.println(options.json() ? report.json() : report.toString());
        System.exit(report.broken().isEmpty() ? 0 : 1);
    }

    private static ExchangeOptions options(String[] arguments) {
        try {
            return ExchangeOptions.of(List.of(arguments));
        } catch (IllegalArgumentException wrong) {
            System.err.println("exchanges: " + wrong.getMessage());
            System.exit(ExitStatus.USAGE);
            throw wrong;
        }
    }
}
