package org.reluctor.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;

class StatusServerTest {
    private static final HttpListener.Refusals NOBODY = (fault, from, detail) -> { };

    private final List<String> refused = new CopyOnWriteArrayList<>();
    private StatusServer server;

    @BeforeEach
    void open() {
        server = StatusServer.open("127.0.0.1", 0, Optional.empty(), Map.of(
                "/readyz", request -> HttpAnswer.text(503, "starting"), "/broken", request -> {
                    throw new IllegalStateException("secret detail");
                }), Map.of("/", request -> HttpAnswer.text(200, "a file")), (fault, from, detail) ->
                        refused.add(fault + " " + from + " " + detail));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void get_knownPath_givesStatusAndText() throws Exception {
        HttpResponse<String> response = send("GET", "/readyz");
        assertEquals(503, response.statusCode());
        assertEquals("starting\n", response.body());
        assertEquals("text/plain; charset=utf-8", response.headers().firstValue("content-type").orElse(""));
    }

    @Test
    void get_unknownPath_is404AndTellsWhatIsThere() throws Exception {
        HttpResponse<String> response = send("GET", "/admin");
        assertEquals(404, response.statusCode());
        assertTrue(response.body().contains("/broken /readyz"), response.body());
    }

    @Test
    void post_knownPath_is405() throws Exception {
        assertEquals(405, send("POST", "/readyz").statusCode());
    }

    /** The operator, who gets no more than a 500 at the page, finds the reason in log and metrics. */
    @Test
    void get_failingPage_isToldToTheOperator() throws Exception {
        send("GET", "/broken");
        assertEquals(List.of("FAILED 127.0.0.1 \"/broken\" could not be answered: IllegalStateException: secret"
                + " detail"), refused);
    }

    @Test
    void get_tokenThatCannotBeRead_is500AndToldToTheOperator() throws Exception {
        server.close();
        server = StatusServer.open("127.0.0.1", 0, Optional.of(() -> {
            throw new Failure(ExitStatus.CREDENTIALS, "token does not exist;\nmust be a file");
        }), Map.of(), Map.of(), (fault, from, detail) -> refused.add(detail));
        assertEquals(500, raw("GET /readyz HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer token\r\n\r\n"));
        assertEquals(List.of("\"/readyz\" could not be answered: Failure: token does not exist; must be a file"),
                refused);
    }

    /** Debian resolves a machine's own name to 127.0.1.1. */
    @ParameterizedTest
    @CsvSource({"127.0.0.2, 503", "127.0.0.2:9464, 503", "localhost, 503", "127.0.0.3, 421", "evil.example, 421"})
    void get_atAnotherLoopbackAddress_isAnsweredUnderItsOwnName(String host, int status) throws IOException {
        server.close();
        server = StatusServer.open("127.0.0.2", 0, Optional.empty(),
                Map.of("/readyz", request -> HttpAnswer.text(503, "starting")), Map.of(), NOBODY);
        try (Socket socket = new Socket("127.0.0.2", server.port())) {
            assertEquals(status, statusOf(socket, "GET /readyz HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
        }
    }

    @Test
    void get_failingPage_is500WithoutDetail() throws Exception {
        HttpResponse<String> response = send("GET", "/broken");
        assertEquals(500, response.statusCode());
        assertTrue(!response.body().contains("secret"), response.body());
        assertEquals(503, send("GET", "/readyz").statusCode(), "and goes on");
    }

    /** What a browser would send for a page of somebody else, and what gets around the name. */
    @ParameterizedTest
    @CsvSource({"Host: localhost:1, 503", "Host: evil.example, 421", "Host: 127.0.0.1.evil.example:80, 421",
        "Origin: http://evil.example, 403", "Sec-Fetch-Site: cross-site, 403", "Sec-Fetch-Site: same-origin, 503",
        "Sec-Fetch-Site: none, 503"})
    void get_fromAnotherSite_isRefused(String header, int status) throws IOException {
        String host = header.startsWith("Host") ? "" : "Host: 127.0.0.1\r\n";
        assertEquals(status, raw("GET /readyz HTTP/1.1\r\n" + host + header + "\r\nConnection: close\r\n\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"'', 401", "Authorization: Bearer wrong, 401", "Authorization: Bearer tok, 401",
        "Authorization: Basic token, 401", "Authorization: Bearer token, 503", "Authorization: Bearer tokens, 401"})
    void get_withToken_isAnswered(String header, int status) throws IOException {
        server.close();
        server = StatusServer.open("127.0.0.1", 0, Optional.of("token"::toCharArray),
                Map.of("/readyz", request -> HttpAnswer.text(503, "starting")),
                Map.of("/", request -> HttpAnswer.text(200, "a file")), (fault, from, detail) -> refused.add(detail));
        assertEquals(status, raw("GET /readyz HTTP/1.1\r\nHost: localhost\r\n" + (header.isEmpty() ? ""
                : header + "\r\n") + "Connection: close\r\n\r\n"));
    }

    /** Files tell nothing: a browser, which sends no token of its own accord, gets them, and by a link, too. */
    @ParameterizedTest
    @CsvSource({"'', 200", "Origin: http://localhost, 200", "Sec-Fetch-Site: cross-site, 403", "Host: evil.example, 421",
        "'Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate', 200", "Origin: http://evil.example, 403"})
    void get_file_needsNoTokenButNoOtherSiteReadsIt(String headers, int status) throws IOException {
        get_withToken_isAnswered("", 401);
        String host = headers.startsWith("Host") ? "" : "Host: localhost\r\n";
        assertEquals(status, raw("GET / HTTP/1.1\r\n" + host + headers.replace("|", "\r\n") + "\r\n\r\n"));
    }

    @Test
    void get_pathOutOfTheFolderOrHugeHeader_isRefusedAndOthersAreAnswered() throws Exception {
        assertEquals(404, raw("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertEquals(404, raw("GET /%2e%2e/readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertEquals(431, raw("GET /readyz HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(1 << 18) + "\r\n\r\n"));
        assertEquals(503, send("GET", "/readyz").statusCode());
    }

    @Test
    void refusal_namesPlaceAndWhatWouldBeRightButNoToken() throws Exception {
        raw("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertEquals(List.of("PATH 127.0.0.1 there is no \"/../../etc/passwd\"; here are: / /broken /readyz"), refused);
        get_withToken_isAnswered("Authorization: Bearer guessed", 401);
        assertEquals("a wrong token; Authorization: Bearer TOKEN is right, with the first line of http.tokenFile",
                refused.get(1));
    }

    /** The status of what the server says to these bytes; 0 where it hangs up. */
    private int raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            return statusOf(socket, request);
        } catch (SocketException e) {
            return 0;
        }
    }

    private static int statusOf(Socket socket, String request) throws IOException {
        socket.setSoTimeout(5000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                StandardCharsets.US_ASCII)).readLine();
        return line == null ? 0 : Integer.parseInt(line.split(" ")[1]);
    }

    @Test
    void open_takenPort_isUnavailable() {
        Failure failure = assertThrows(Failure.class,
                () -> StatusServer.open("127.0.0.1", server.port(), Optional.empty(), Map.of(), Map.of(), NOBODY));
        assertEquals(ExitStatus.UNAVAILABLE, failure.status());
        assertTrue(failure.getMessage().contains(":" + server.port()), failure.getMessage());
    }

    @Test
    void open_unknownHost_isAConfigurationMistake() {
        Failure failure = assertThrows(Failure.class,
                () -> StatusServer.open("no.such.host.invalid", 0, Optional.empty(), Map.of(), Map.of(), NOBODY));
        assertEquals(ExitStatus.CONFIGURATION, failure.status());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody()).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
