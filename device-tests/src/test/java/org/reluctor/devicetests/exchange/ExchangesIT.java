package org.reluctor.devicetests.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.stream.command.CommandMessage;

/** {@code device-tests/bin/exchanges} in a few seconds, and what is not taken, while frames flow. */
class ExchangesIT {
    private static final int FRAMES_PER_SECOND = 100;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private static void refused(LiveSite site, String what, BadReleases.Bad bad) throws Exception {
        bad.put().put(site.networks());
        CommandMessage answer = site.operator().send("exchange", Release.NAME);
        assertTrue(answer.word().equals(CommandMessage.REFUSED) && answer.text().contains(" is not taken, "
                + bad.reason() + ": "), what + ": " + answer);
    }

    private static String done(LiveSite site, String word) throws Exception {
        CommandMessage answer = site.operator().send(word, "");
        assertEquals(CommandMessage.DONE, answer.word(), answer.text());
        return answer.text();
    }

    private static String notDone(LiveSite site, String word) throws Exception {
        CommandMessage answer = site.operator().send(word, "");
        assertEquals(CommandMessage.REFUSED, answer.word(), answer.text());
        return answer.text();
    }

    @Test
    void exchange_goodAndBadOnesUnderLoad_losesNothingAndTakesTheGoodOnly() throws Exception {
        Release first = Release.of(5);
        Release second = Release.of(6);
        try (LiveSite site = new LiveSite(folder, first, FRAMES_PER_SECOND)) {
            site.load().start();
            assertTrue(notDone(site, "rollback").contains("no-previous"));
            ExchangeRounds rounds = new ExchangeRounds(site, line -> { });
            rounds.run(List.of(second), 0);
            assertEquals(List.of(), rounds.failures());
            Map<String, BadReleases.Bad> bad = BadReleases.of(second);
            assertTrue(bad.size() >= 20, "only " + bad.size());
            for (Map.Entry<String, BadReleases.Bad> each : bad.entrySet()) {
                refused(site, each.getKey(), each.getValue());
            }
            assertEquals(second.version(), site.load().version());
            goBack(site, first, second);
            site.load().finish();
            assertEquals(List.of(), site.load().faults());
            assertEquals(0, site.load().lost() + site.load().doubled());
            assertEquals(1, site.gateway().metric("reluctor_network_exchanges_total"));
            assertEquals(1, site.gateway().metric("reluctor_network_rollbacks_total"));
            stillBackAfterARestart(site, first, second);
        }
    }

    private static void goBack(LiveSite site, Release first, Release second) throws Exception {
        second.put(site.networks());
        assertTrue(done(site, "networks").contains("\"version\":\"6\""));
        assertTrue(done(site, "rollback").contains("version 5"));
        assertTrue(notDone(site, "rollback").contains("no-previous"));
        assertTrue(notDone(site, "exchange").contains("gone back from"));
        assertTrue(done(site, "status").contains(String.format("\"models\":[\"%016x\"]", first.modelId())));
    }

    private static void stillBackAfterARestart(LiveSite site, Release first, Release second) throws Exception {
        site.gateway().terminate(LIMIT).expect(ExitStatus.OK);
        site.start();
        assertTrue(site.gateway().log().contains("version " + second.version() + " was gone back from; version "
                + first.version() + " is used in its place"), site.gateway().log());
    }
}
