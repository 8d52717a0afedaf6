package org.reluctor.devicetests.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reluctor.stream.command.CommandMessage;

/** Exchanges one after the other, each beside a pause as long as itself, so that both see the same machine. */
final class ExchangeRounds {
    private final LiveSite site;
    private final Consumer<String> progress;
    private final List<long[]> spans = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    ExchangeRounds(LiveSite site, Consumer<String> progress) {
        this.site = site;
        this.progress = progress;
    }

    /** Exchanges for each of the releases, in their order; the load runs already. */
    void run(List<Release> releases, long leastPauseMillis) throws Exception {
        for (Release release : releases) {
            // Signing and writing are the operator's, on another machine: they are over when the command is sent.
            site.load().expect(release);
            release.put(site.networks());
            TimeUnit.MILLISECONDS.sleep(leastPauseMillis);
            long begin = System.nanoTime();
            exchange(release);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            progress.accept(String.format("version %d of %d: %d ms, %d frames sent", release.version(),
                    releases.get(releases.size() - 1).version(), millis, site.load().sent()));
            TimeUnit.MILLISECONDS.sleep(millis);
        }
    }

    private void exchange(Release release) throws Exception {
        long begin = System.nanoTime();
        CommandMessage answer = site.operator().sendNow("exchange", "");
        spans.add(new long[] {begin, System.nanoTime()});
        if (!answer.word().equals(CommandMessage.DONE)) {
            failures.add("version " + release.version() + " is not taken: " + answer.text());
            return;
        }
        awaitVersion(release.version());
    }

    private void awaitVersion(int version) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (site.load().version() != version && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        if (site.load().version() != version) {
            failures.add("version " + version + " was taken, but version " + site.load().version() + " computes");
        }
    }

    /** When exchanges were under way, [begin, end], ns. */
    List<long[]> spans() {
        return spans;
    }

    List<String> failures() {
        return failures;
    }
}
