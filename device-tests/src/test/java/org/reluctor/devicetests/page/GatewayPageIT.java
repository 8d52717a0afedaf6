package org.reluctor.devicetests.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Alone;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.RunningGateway;

/**
 * The page of {@code reluctor run} behind its token, eight sensors of 360 Hz sending 250 frames a second each, in a
 * headless Chromium; screenshots stay below target/screenshots.
 */
@Alone
class GatewayPageIT {
    private static final int PATIENCE_SECONDS = 30;
    private static final int SENSORS = 8;
    private static final double FRAMES_PER_SECOND = 250;
    private static final long MEASURED_MILLIS = 3000;
    private static final String TOKEN = "token-of-the-page";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String PAUSED = "document.getElementById('pause').ariaPressed";
    private static final String SPAN = "document.getElementById('span').textContent";

    @TempDir
    Path folder;

    @Test
    void page_ofEightSensors_isLiveCalmAndCheap() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
                RunningGateway gateway = RunningGateway.start(folder, configuration(broker), Optional.of(TOKEN));
                PulseSensors sensors = PulseSensors.start(broker.uri(), SENSORS, FRAMES_PER_SECOND);
                Chromium browser = Chromium.start(folder);
                Socket slow = visitorThatNeverReads(gateway)) {
            String url = "http://127.0.0.1:" + gateway.httpPort() + "/";
            BrowserPage wide = open(browser, url, 1280, 800);
            BrowserPage narrow = open(browser, url, 390, 844);
            for (BrowserPage page : List.of(narrow, wide)) {
                page.show();
                assertLive(page);
                page.assertFits();
            }
            look(wide, narrow);
            assertEquals(List.of(), narrow.complaints());
            narrow.leave();
            slow.shutdownOutput();
            assertKeysWork(wide);
            assertQuickCheapAndQuiet(wide, gateway);
            assertEquals(List.of(), wide.complaints());
            assertEquals(0, sensors.refused());
            assertEquals(0, gateway.metric("reluctor_sequence_gaps_total"));
        }
    }

    private Path configuration(Mosquitto broker) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        assertTrue(token.toFile().setReadable(false, false) && token.toFile().setReadable(true, true));
        return Files.write(folder.resolve("reluctor.yaml"), List.of("instance: pole-7", "site: lab",
                "broker: {uri: \"" + broker.uri() + "\"}",
                "networks: [{file: \"" + PulseSensors.NETWORK + "\", sensors: \"lab/+\"}]",
                "device: {cacheFolder: kernels, stateFolder: state}", "http: {port: 0, tokenFile: token}"));
    }

    /** A person types the token; a wrong one first. */
    private static BrowserPage open(Chromium browser, String url, int width, int height) throws Exception {
        BrowserPage page = browser.open(url, width, height);
        page.expect(401);
        page.show();
        for (String token : List.of("guessed", TOKEN)) {
            page.await("document.activeElement?.id === 'token' && !document.getElementById('token').value",
                    PATIENCE_SECONDS);
            page.type(token);
            page.press("Enter");
            page.await(token.equals(TOKEN) ? "document.getElementById('gate').hidden"
                    : "document.getElementById('gate-says').textContent", PATIENCE_SECONDS);
        }
        return page;
    }

    private static void assertLive(BrowserPage page) throws Exception {
        page.await("document.getElementById('lamp').dataset.state === 'live'", PATIENCE_SECONDS);
        page.await("document.querySelectorAll('.strip').length === " + SENSORS, PATIENCE_SECONDS);
        page.await("[...document.querySelectorAll('.strip .unit')].every((each) => /residual \\d/.test("
                + "each.textContent))", PATIENCE_SECONDS);
        page.await("/ms|s$/.test(document.getElementById('p99').textContent)", PATIENCE_SECONDS);
        page.await("document.getElementById('delivered').textContent.length > 2", PATIENCE_SECONDS);
        assertTrue(page.text("networks").contains("ecg-256x64.onnx for lab/+"), page.text("networks"));
        assertTrue(page.text("log").contains("online"), page.text("log"));
        assertTrue(page.number("p50") <= page.number("p99") || !page.text("p50").endsWith(" s"), page.text("p50"));
        assertEquals("0", page.text("gaps"));
        page.assertPainted(SENSORS + 2);
        page.assertNamed();
    }

    /** All in the same time: updates, redraws and processor time; a screen reader is told nothing of its own accord. */
    private static void assertQuickCheapAndQuiet(BrowserPage page, RunningGateway gateway) throws Exception {
        page.evaluate("import('/gateway.js').then((m) => { window.pulse = m.pulse; window.words = []; new "
                + "MutationObserver(() => words.push(document.getElementById('spoken').textContent)).observe("
                + "document.getElementById('spoken'), {childList: true}); return true; })");
        double signals = gateway.metric("reluctor_signals_delivered_total");
        JsonNode before = page.evaluate("pulse()");
        ThreadTimes begin = ThreadTimes.of(gateway.process().pid());
        long start = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(MEASURED_MILLIS);
        ThreadTimes used = ThreadTimes.of(gateway.process().pid()).since(begin);
        JsonNode after = page.evaluate("pulse()");
        double seconds = (System.nanoTime() - start) / 1e9;
        double updates = (after.get("heard").asDouble() - before.get("heard").asDouble()) / SENSORS / seconds;
        double redraws = (after.get("redraws").asDouble() - before.get("redraws").asDouble()) / seconds;
        double rate = (gateway.metric("reluctor_signals_delivered_total") - signals) / seconds;
        double share = used.nanosOf("reluctor-page", "reluctor-http") / used.nanos();
        System.out.printf("gateway page: %.0f signals/s; %.1f updates/s of each sensor, %.1f redraws/s; %.1f %% of the "
                + "gateway's %.3f processors%n", rate, updates, redraws, 100 * share, used.nanos() / 1e9 / seconds);
        assertTrue(updates >= 10, updates + " updates a second");
        assertTrue(redraws >= 5, redraws + " redraws a second");
        assertTrue(share < 0.05, used.toString());
        assertEquals(0, page.evaluate("words").size(), page.evaluate("words").toString());
    }

    private static Socket visitorThatNeverReads(RunningGateway gateway) throws Exception {
        return visitor(gateway, "?choose=" + PulseSensors.names(SENSORS).stream().collect(Collectors.joining(",")));
    }

    private static Socket visitor(RunningGateway gateway, String query) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.httpPort()));
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        socket.getOutputStream().write(("GET /events" + query + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + TOKEN + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void look(BrowserPage wide, BrowserPage narrow) throws Exception {
        wide.screenshot(SCREENSHOTS.resolve("gateway-1280x800.png"));
        wide.prefer("dark");
        wide.await("getComputedStyle(document.body).backgroundColor === 'rgb(14, 18, 20)'", PATIENCE_SECONDS);
        wide.screenshot(SCREENSHOTS.resolve("gateway-1280x800-dark.png"));
        narrow.show();
        narrow.screenshot(SCREENSHOTS.resolve("gateway-390x844.png"));
        narrow.screenshotOfAll(SCREENSHOTS.resolve("gateway-390-whole.png"));
        wide.show();
    }

    /** Pause, zoom and moving back without a pointer; a page that stands still is the same a moment later. */
    private static void assertKeysWork(BrowserPage page) throws Exception {
        String picture = "[...document.querySelectorAll('.strip canvas')].map((each) => each.toDataURL()).join()";
        page.evaluate("document.getElementById('strips').focus()");
        String live = page.evaluate(SPAN).asText();
        page.press("+");
        assertNotEquals(live, page.evaluate(SPAN).asText());
        page.press("p");
        assertEquals("true", page.evaluate(PAUSED).asText());
        page.evaluate("window.before = " + picture + "; true");
        TimeUnit.MILLISECONDS.sleep(300);
        assertTrue(page.evaluate("before === " + picture).asBoolean(), "it moves while paused");
        page.press("-");
        assertEquals(live, page.evaluate(SPAN).asText());
        page.screenshot(SCREENSHOTS.resolve("gateway-paused.png"));
        page.press("ArrowLeft");
        assertTrue(page.evaluate(SPAN).asText().contains("back"), page.evaluate(SPAN).asText());
        assertTrue(page.evaluate("before !== " + picture).asBoolean(), "it does not move back");
        JsonNode told = page.evaluate("document.querySelector('.strip canvas').ariaLabel");
        assertTrue(told.asText().matches("Curve of lab/pulse-1, between .* residual .*"), told.asText());
        page.press("p");
        assertEquals("false", page.evaluate(PAUSED).asText());
        page.await("before !== " + picture, PATIENCE_SECONDS);
        assertEquals("Live", page.text("spoken"));
    }
}
