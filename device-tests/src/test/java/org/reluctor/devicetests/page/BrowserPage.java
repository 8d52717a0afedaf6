package org.reluctor.devicetests.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    /** Chromium's words for roles. */
    private static final Set<String> NAMED = Set.of("button", "image", "img", "checkbox", "textbox", "link", "group");

    private final Chromium browser;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile int expected;

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

    /** Goes away from the page. */
    void leave() throws IOException, InterruptedException {
        browser.call(session, "Page.navigate", Chromium.parameters().put("url", "about:blank"));
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
        if (complaint && !isExpected(details)) {
            complaints.add(method + " " + details);
        }
    }

    /** Answers of this status are no complaint: the test provokes them. */
    void expect(int status) {
        expected = status;
    }

    private boolean isExpected(JsonNode details) {
        return expected != 0 && details.path("entry").path("text").asText().contains("status of " + expected + " ");
    }

    /** Types where the focus is. */
    void type(String text) throws IOException, InterruptedException {
        browser.call(session, "Input.insertText", Chromium.parameters().put("text", text));
    }

    /** Presses and releases a key where the focus is: a character, Enter or an arrow by its name in JavaScript. */
    void press(String key) throws IOException, InterruptedException {
        String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : null;
        var down = Chromium.parameters().put("type", "keyDown").put("key", key);
        if (key.equals("Enter")) {
            down.put("windowsVirtualKeyCode", '\r');
        }
        if (text != null) {
            down.put("text", text);
        }
        browser.call(session, "Input.dispatchKeyEvent", down);
        browser.call(session, "Input.dispatchKeyEvent", Chromium.parameters().put("type", "keyUp").put("key", key));
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

    /** Every canvas that is drawn on has more than one colour, and there are so many. */
    void assertPainted(int canvases) throws IOException, InterruptedException {
        String colours = "[...document.querySelectorAll('canvas')].map((canvas) => new Set(new Uint32Array("
                + "canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size)";
        JsonNode counts = evaluate(colours);
        assertEquals(canvases, counts.size());
        for (JsonNode count : counts) {
            assertTrue(count.asInt() > 3, "colours of the canvases: " + counts);
        }
    }

    /** Nothing is wider than the window, and no text is cut off. */
    void assertFits() throws IOException, InterruptedException {
        JsonNode widths = evaluate("[document.documentElement.scrollWidth, innerWidth]");
        assertTrue(widths.get(0).asInt() <= widths.get(1).asInt(), "wider than the window: " + widths);
        JsonNode cut = evaluate("[...document.querySelectorAll('h1, h2, h3, p, dt, dd, li, figcaption')]"
                + ".filter((element) => getComputedStyle(element).overflowX !== 'visible' && "
                + "!element.classList.contains('unseen') && element.scrollWidth > element.clientWidth + 1)"
                + ".map((element) => element.textContent)");
        assertEquals(0, cut.size(), cut.toString());
    }

    /** Whatever a person can act on or look at has a name for a screen reader. */
    void assertNamed() throws IOException, InterruptedException {
        browser.call(session, "Accessibility.enable", Chromium.parameters());
        JsonNode nodes = browser.call(session, "Accessibility.getFullAXTree", Chromium.parameters()).get("nodes");
        int found = 0;
        for (JsonNode node : nodes) {
            String role = node.path("role").path("value").asText();
            if (!node.path("ignored").asBoolean() && NAMED.contains(role)) {
                assertFalse(node.path("name").path("value").asText().isBlank(), node.toString());
                found++;
            }
        }
        browser.call(session, "Accessibility.disable", Chromium.parameters());
        assertTrue(found > NAMED.size(), found + " elements");
    }
}
