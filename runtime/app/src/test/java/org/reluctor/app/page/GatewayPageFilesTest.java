package org.reluctor.app.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.app.http.StatusServer;

/** Speaks HTTP over a plain socket, so that any Host and any path can be sent. */
@Timeout(20)
class GatewayPageFilesTest {
    private final EventHub events = new EventHub(2);
    private StatusServer server;

    @BeforeEach
    void start() {
        server = StatusServer.open("127.0.0.1", 0, Optional.empty(), Map.of("/events", events::answer),
                GatewayPage.files(), (fault, from, detail) -> { });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/base.css", "/gateway.css", "/gateway.js", "/strips.js", "/charts.js", "/feed.js",
        "/chart.umd.js", "/icon.svg"})
    void get_eachAsset_isServedWithStrictHeaders(String path) throws IOException {
        String answer = ask("GET", path, host());
        String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(java.util.Locale.ROOT);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), head);
        assertTrue(head.contains("content-security-policy: default-src 'none'; script-src 'self';"), head);
        assertTrue(head.contains("x-content-type-options: nosniff"), head);
        assertTrue(head.contains("cross-origin-resource-policy: same-origin"), head);
        assertTrue(answer.length() > head.length() + 100, "an empty file");
    }

    @Test
    void page_namesOnlyFilesThatAreServed() throws IOException {
        Matcher references = Pattern.compile("(?:src|href)=\"([^\"]+\\.[a-z]+)\"").matcher(ask("GET", "/", host()));
        int found = 0;
        while (references.find()) {
            assertTrue(ask("GET", "/" + references.group(1), host()).startsWith("HTTP/1.1 200 "), references.group(1));
            found++;
        }
        assertTrue(found >= 4, found + " references");
    }

    @Test
    void page_everyIdThatTheScriptAsksFor_isThere() throws IOException {
        String page = ask("GET", "/", host());
        Matcher ids = Pattern.compile("(?:\\$|text)\\('([a-z0-9-]+)'").matcher(ask("GET", "/gateway.js", host()));
        int found = 0;
        while (ids.find()) {
            assertTrue(page.contains("id=\"" + ids.group(1) + "\""), ids.group(1));
            found++;
        }
        assertTrue(found > 20, found + " ids");
    }

    @Test
    void page_underItsOwnPolicy_hasNoInlineScriptOrStyle() throws IOException {
        String page = ask("GET", "/", host());
        assertFalse(Pattern.compile("<script(?![^>]*src=)|<style|style=\"|\\son[a-z]+=\"").matcher(page).find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", ""})
    void get_underAnotherHost_isRefused(String host) throws IOException {
        assertFalse(ask("GET", "/", host).startsWith("HTTP/1.1 200 "));
        assertFalse(ask("GET", "/events", host).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void get_underTheNameLocalhost_isServed() throws IOException {
        assertTrue(ask("GET", "/", "localhost:" + server.port()).startsWith("HTTP/1.1 200 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/../gateway.js", "/%2e%2e/version.txt", "/..%2fversion.txt",
        "/./gateway.js", "//gateway.js", "/gateway.js/", "/GatewayPage.class", "/META-INF/MANIFEST.MF",
        "/gateway.js%00"})
    void get_anythingElse_isNotFound(String path) throws IOException {
        assertFalse(ask("GET", path, host()).startsWith("HTTP/1.1 200 "), path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void otherMethods_areRefused(String method) throws IOException {
        String answer = ask(method, "/", host());
        assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
        assertTrue(answer.contains("Allow: GET, HEAD"), answer);
    }

    @Test
    void head_ofThePage_hasNoBody() throws IOException {
        String answer = ask("HEAD", "/", host());
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void events_toALatePage_beginWithWhatWasKept() throws IOException {
        events.publishAndKeep("about", "{\"n\":1}");
        events.publish("trace", "gone");
        events.publishAndKeep("about", "{\"n\":2}");
        try (Socket socket = open("GET", "/events", host()); BufferedReader lines = reader(socket)) {
            skipTo(lines, "event: about");
            assertEquals("data: {\"n\":2}", lines.readLine());
            events.publish("trace", "{}");
            skipTo(lines, "event: trace");
            assertEquals("data: {}", lines.readLine());
        }
    }

    @Test
    void events_afterClose_endOnceWrittenAndNoneFollow() throws IOException {
        try (Socket socket = open("GET", "/events", host()); BufferedReader lines = reader(socket)) {
            skipTo(lines, "");
            events.publish("end", "{\"passed\":true}");
            events.close();
            skipTo(lines, "event: end");
            assertEquals(List.of("data: {\"passed\":true}", ""), lines.lines().toList());
        }
        assertTrue(ask("GET", "/events", host()).startsWith("HTTP/1.1 503 "));
    }

    @Test
    void events_forMorePagesThanAllowed_areRefused() throws IOException {
        try (Socket one = open("GET", "/events", host()); Socket two = open("GET", "/events", host())) {
            skipTo(reader(one), "");
            skipTo(reader(two), "");
            assertTrue(ask("GET", "/events", host()).startsWith("HTTP/1.1 503 "));
        }
    }

    private String host() {
        return "127.0.0.1:" + server.port();
    }

    private Socket open(String method, String path, String host) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port());
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private String ask(String method, String path, String host) throws IOException {
        try (Socket socket = open(method, path, host)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void skipTo(BufferedReader lines, String wanted) throws IOException {
        for (String line = lines.readLine(); !wanted.equals(line); line = lines.readLine()) {
            assertTrue(line != null, "the stream ended before \"" + wanted + "\"");
        }
    }
}
