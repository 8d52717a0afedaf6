package org.reluctor.devicetests.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** One page in a {@link Chromium}: its document, its complaints, its looks. */
final class BrowserPage {
    private static final Set<String> COMPLAINTS = Set.of("error", "warning", "assert");

    private final Chromium browser;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    BrowserPage(Chromium browser, String session) {
        this.browser = browser;
        this.session = session;
    }

    void load(String url, int width, int height) throws IOException, InterruptedException {
        for (String domain : List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable")) {
            browser.call(session, domain, Chromium.parameters());
        }
        browser.call(session, "Emulation.setDeviceMetricsOverride", Chromium.parameters().put("width", width)
                .put("height", height).put("deviceScaleFactor", 1).put("mobile", width < 600));
        browser.call(session, "Page.navigate", Chromium.parameters().put("url", url));
    }

    /** Brings the page to the front: one behind others is not painted. */
    void show() throws IOException, InterruptedException {
        browser.call(session, "Page.bringToFront", Chromium.parameters());
    }

    /** Shows the page as a person who prefers dark colours, or light ones, sees it. */
    void prefer(String scheme) throws IOException, InterruptedException {
        var media = Chromium.parameters();
        media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
        browser.call(session, "Emulation.setEmulatedMedia", media);
    }

    /** Called for whatever the browser tells, on its thread. */
    void happened(JsonNode event) {
        if (!session.equals(event.path("sessionId").asText())) {
            return;
        }
        JsonNode details = event.path("params");
        String method = event.path("method").asText();
        boolean complaint = switch (method) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" -> COMPLAINTS.contains(details.path("type").asText());
            case "Log.entryAdded" -> COMPLAINTS.contains(details.path("entry").path("level").asText());
            case "Network.loadingFailed" -> !details.path("canceled").asBoolean();
            default -> false;
        };
        if (complaint) {
            complaints.add(method + " " + details);
        }
    }

    /** Errors and warnings of the console, uncaught exceptions, and files that could not be loaded. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The value of a JavaScript expression. */
    JsonNode evaluate(String expression) throws IOException, InterruptedException {
        JsonNode answer = browser.call(session, "Runtime.evaluate", Chromium.parameters()
                .put("expression", expression).put("returnByValue", true).put("awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** The text of the element of that id. */
    String text(String id) throws IOException, InterruptedException {
        return evaluate("document.getElementById('" + id + "')?.textContent ?? ''").asText();
    }

    /** The number at the beginning of the text of the element of that id; NaN where there is none. */
    double number(String id) throws IOException, InterruptedException {
        String digits = text(id).replace(",", "").replaceAll("^\\D*(\\d+(\\.\\d+)?).*$", "$1");
        return digits.matches("[\\d.]+") ? Double.parseDouble(digits) : Double.NaN;
    }

    /** Waits until a JavaScript expression is true; fails with the page's state otherwise. */
    void await(String expression, long seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!evaluate("Boolean(" + expression + ")").asBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + seconds + " s: " + expression + "; the page says: "
                        + evaluate("document.body?.innerText") + complaints);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Writes what is seen as PNG. */
    void screenshot(Path file) throws IOException, InterruptedException {
        JsonNode image = browser.call(session, "Page.captureScreenshot", Chromium.parameters().put("format", "png"));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(image.get("data").asText()));
    }

    /** As {@link #screenshot}, of the whole document, beyond the window. */
    void screenshotOfAll(Path file) throws IOException, InterruptedException {
        JsonNode image = browser.call(session, "Page.captureScreenshot", Chromium.parameters().put("format", "png")
                .put("captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(image.get("data").asText()));
    }
}
