package org.reluctor.devicetests.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;

/** {@code reluctor demo} as a process, its page in a headless Chromium; screenshots stay below target/screenshots. */
class DemoPageIT {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(120);
    /** The test ends it sooner. */
    private static final int MOST_SECONDS = 120;
    private static final int RATE = 100;
    private static final int PATIENCE_SECONDS = 30;
    private static final int PHONE_WIDTH = 390;
    private static final int CANVASES = 4;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String[] KEYS = {"sent", "received", "lost", "duplicated", "rejected", "prd", "prdLinear",
        "latencyP50Us", "latencyP99Us"};

    @TempDir
    Path folder;

    @Test
    void page_inABrowser_showsTheRunningDemonstrationWithoutAComplaint() throws Exception {
        try (Chromium browser = Chromium.start(folder); ReluctorProcess demo = demo(MOST_SECONDS)) {
            String url = demo.awaitError("Page: (http://\\S+)", START).group(1);
            BrowserPage wide = browser.open(url, 1280, 800);
            BrowserPage narrow = browser.open(url, PHONE_WIDTH, 844);
            assertWholeByItself(URI.create(url));
            for (BrowserPage page : List.of(wide, narrow)) {
                page.show();
                assertLive(page);
                page.assertPainted(CANVASES);
                assertMoves(page);
                page.assertFits();
            }
            look(wide, narrow);
            assertPauses(wide);

            demo.terminate();
            CommandResult end = demo.await(LIMIT);
            for (BrowserPage page : List.of(wide, narrow)) {
                page.await("document.getElementById('lamp').dataset.state === 'ended'", PATIENCE_SECONDS);
                assertTrue(page.text("state").contains("Passed"), page.text("state"));
                assertEquals(List.of(), page.complaints());
            }
            wide.screenshot(SCREENSHOTS.resolve("demo-1280x800-ended.png"));
            assertPassed(end, RATE);
            assertEquals(end.json(KEYS).get("sent").asDouble(), wide.number("sent"), wide.text("sent"));
            assertEquals(end.json(KEYS).get("received").asDouble(), wide.number("received"));
        }
    }

    @Test
    void demo_overMosquitto_passesToo() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
                ReluctorProcess demo = demo(2, "--broker", broker.uri())) {
            assertPassed(demo.await(LIMIT), 2 * RATE);
        }
    }

    private static void look(BrowserPage wide, BrowserPage narrow) throws Exception {
        narrow.screenshot(SCREENSHOTS.resolve("demo-390x844.png"));
        narrow.screenshotOfAll(SCREENSHOTS.resolve("demo-390-whole.png"));
        wide.show();
        wide.screenshot(SCREENSHOTS.resolve("demo-1280x800.png"));
        wide.prefer("dark");
        wide.await("getComputedStyle(document.body).backgroundColor === 'rgb(14, 18, 20)'", PATIENCE_SECONDS);
        wide.screenshot(SCREENSHOTS.resolve("demo-1280x800-dark.png"));
    }

    private static void assertWholeByItself(URI page) throws Exception {
        String html = get(page, "text/html");
        Matcher references = Pattern.compile("(?:href|src)=\"([^\"#]+)\"").matcher(html);
        int count = 0;
        while (references.find()) {
            assertFalse(references.group(1).contains("//"), "comes from elsewhere: " + references.group(1));
            get(page.resolve(references.group(1)), "");
            count++;
        }
        assertTrue(count >= 5, html);
        for (String script : List.of("page.js", "traces.js", "charts.js", "feed.js")) {
            assertFalse(Pattern.compile("['\"`]https?://").matcher(get(page.resolve(script), "javascript")).find(),
                    script + " names another host");
        }
    }

    private ReluctorProcess demo(int seconds, String... further) throws IOException {
        List<String> command = new ArrayList<>(List.of("demo", "--json", "--seconds",
                Integer.toString(seconds), "--rate", Integer.toString(RATE), "--model",
                ProjectFiles.resolve("config/models/ecg-256x64.onnx").toString()));
        command.addAll(List.of(further));
        return ReluctorProcess.start(folder, Map.of(), command);
    }

    private static void assertPassed(CommandResult result, int planned) throws Exception {
        JsonNode figures = result.expect(0).json(KEYS);
        System.out.println("demo: " + figures);
        assertTrue(figures.get("sent").asInt() >= 0.5 * planned, figures.toString());
        assertEquals(figures.get("sent").asInt(), figures.get("received").asInt());
        assertEquals(0, figures.get("lost").asInt());
        assertEquals(0, figures.get("duplicated").asInt());
        assertEquals(0, figures.get("rejected").asInt());
        assertTrue(figures.get("prd").asDouble() < figures.get("prdLinear").asDouble(), figures.toString());
        assertTrue(figures.get("prd").asDouble() > 0, figures.toString());
        assertTrue(figures.get("latencyP50Us").asLong() <= figures.get("latencyP99Us").asLong(), figures.toString());
    }

    /** In ms; on a busy machine one of two latencies may be told in ms and the other in s. */
    private static double latency(BrowserPage page, String id) throws Exception {
        return page.number(id) * (page.text(id).endsWith("ms") ? 1 : 1000);
    }

    /** Numbers appear, agree with each other, and grow. */
    private static void assertLive(BrowserPage page) throws Exception {
        page.await("document.getElementById('lamp')?.dataset.state === 'live'", PATIENCE_SECONDS);
        page.await("document.getElementById('prd').textContent.includes('%')", PATIENCE_SECONDS);
        double received = page.number("received");
        assertTrue(received > 0, page.text("received"));
        page.await("Number(document.getElementById('received').textContent.replaceAll(',', '')) > " + received,
                PATIENCE_SECONDS);
        assertEquals(0, page.number("lost"));
        assertEquals(0, page.number("duplicated"));
        assertTrue(page.number("prd") < page.number("prd-linear"), page.text("prd") + " " + page.text("prd-linear"));
        assertTrue(latency(page, "p50") <= latency(page, "p99"), page.text("p50") + " " + page.text("p99"));
        assertTrue(page.text("sensor").contains("256 samples"), page.text("sensor"));
    }

    private static void assertMoves(BrowserPage page) throws Exception {
        String trace = "document.getElementById('trace').toDataURL()";
        page.evaluate("window.traceBefore = " + trace + "; true");
        page.await(trace + " !== window.traceBefore", PATIENCE_SECONDS);
    }

    /** The button stops the numbers, and starts them again. */
    private static void assertPauses(BrowserPage page) throws Exception {
        page.evaluate("document.getElementById('pause').click()");
        double still = page.number("received");
        TimeUnit.MILLISECONDS.sleep(700);
        assertEquals(still, page.number("received"));
        assertEquals("true", page.evaluate("document.getElementById('pause').ariaPressed").asText());
        page.evaluate("document.getElementById('pause').click()");
        page.await("Number(document.getElementById('received').textContent.replaceAll(',', '')) > " + still,
                PATIENCE_SECONDS);
    }

    private static String get(URI uri, String type) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(START).build();
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri).timeout(START).build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), uri.toString());
        String found = answer.headers().firstValue("Content-Type").orElse("");
        assertTrue(found.contains(type), uri + " is " + found);
        assertFalse(answer.body().isBlank(), uri.toString());
        return answer.body();
    }
}
