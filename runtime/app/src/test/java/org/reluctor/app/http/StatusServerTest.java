package org.reluctor.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.http.StatusServer.Answer;

class StatusServerTest {
    private StatusServer server;

    @BeforeEach
    void open() {
        server = StatusServer.open("127.0.0.1", 0, Map.of("/readyz", () -> Answer.text(503, "starting"),
                "/broken", () -> {
                    throw new IllegalStateException("secret detail");
                }));
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

    @Test
    void get_failingPage_is500WithoutDetail() throws Exception {
        HttpResponse<String> response = send("GET", "/broken");
        assertEquals(500, response.statusCode());
        assertTrue(!response.body().contains("secret"), response.body());
        assertEquals(503, send("GET", "/readyz").statusCode(), "and goes on");
    }

    @Test
    void open_takenPort_isUnavailable() {
        Failure failure = assertThrows(Failure.class,
                () -> StatusServer.open("127.0.0.1", server.port(), Map.of()));
        assertEquals(ExitStatus.UNAVAILABLE, failure.status());
        assertTrue(failure.getMessage().contains(":" + server.port()), failure.getMessage());
    }

    @Test
    void open_unknownHost_isAConfigurationMistake() {
        Failure failure = assertThrows(Failure.class, () -> StatusServer.open("no.such.host.invalid", 0, Map.of()));
        assertEquals(ExitStatus.CONFIGURATION, failure.status());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody()).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
