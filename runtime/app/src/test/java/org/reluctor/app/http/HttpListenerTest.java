package org.reluctor.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that are slow, many, or speak something else, over plain sockets. */
@Timeout(60)
class HttpListenerTest {
    private static final String GOOD = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final byte[] LARGE = new byte[64 << 20];

    private final List<HttpFault> refused = new CopyOnWriteArrayList<>();
    private HttpListener listener;

    @BeforeEach
    void open() throws IOException {
        listener = HttpListener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "http-test",
                request -> request.path().equals("/large") ? HttpAnswer.of(200, "application/octet-stream", LARGE)
                        : HttpAnswer.text(200, request.method() + " " + request.path() + " "
                                + request.header("x-a").orElse("-")), (fault, from, detail) -> refused.add(fault));
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @ParameterizedTest
    @CsvSource({"GET /a?b=c HTTP/1.1, GET /a -", "GET / HTTP/1.0|X-A:  v |, GET / v",
        "PUT /a HTTP/1.1|x-a: 1|X-A: 2, PUT /a 1", "GET http://x/ HTTP/1.1, 400", "GET /a, 400",
        "GET  /a HTTP/1.1, 400", "GET /a HTTP/2.0, 400",
        "GET /a HTTP/1.1| folded: 1, 400", "GET /a HTTP/1.1|name : 1, 400",
        "GET /a HTTP/1.1|none, 400",
        "GET /a HTTP/1.1|host: a|Host: b, 400", "G(T /a HTTP/1.1, 400", "'', 400"})
    void request_ofEachForm_isReadOrRefused(String lines, String answer) throws IOException {
        String said = ask(lines.replace("|", "\r\n") + "\r\n\r\n");
        String lineEndsAlone = ask(lines.replace("|", "\n") + "\n\n");
        assertTrue(said.contains(answer), said);
        assertEquals(said.substring(0, 12), lineEndsAlone.substring(0, 12));
        assertEquals(answer.equals("400") ? List.of(HttpFault.MALFORMED, HttpFault.MALFORMED) : List.of(), refused);
    }

    @Test
    void request_overEachLimit_isRefusedAndOthersAreAnswered() throws IOException {
        assertTrue(ask("GET /" + "a".repeat(3000) + " HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 414 "));
        assertTrue(ask("GET /" + "a".repeat(1 << 20)).startsWith("HTTP/1.1 414 "));
        assertTrue(ask("GET / HTTP/1.1\r\nX: " + "a".repeat(1 << 20)).startsWith("HTTP/1.1 431 "));
        assertTrue(ask("GET / HTTP/1.1\r\n" + "X: 1\r\n".repeat(100) + "\r\n").startsWith("HTTP/1.1 431 "));
        assertEquals(List.of(HttpFault.LONG_PATH, HttpFault.LONG_PATH, HttpFault.LARGE_HEADER, HttpFault.LARGE_HEADER),
                refused);
        assertTrue(ask(GOOD).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void request_withABodyThatNobodyReads_getsItsAnswer() throws IOException {
        assertTrue(ask("POST /a HTTP/1.1\r\nContent-Length: 500000\r\n\r\n" + "b".repeat(500_000)).contains("POST /a"));
    }

    /** Three hundred clients that never end their requests, and send a byte now and then. */
    @Test
    void slowClients_howeverMany_keepNoQuickOneWaitingAndGetNoThread() throws Exception {
        int threads = Thread.activeCount();
        List<Socket> slow = new ArrayList<>();
        long longestMillis = 0;
        for (int i = 0; i < 300; i++) {
            Socket socket = connect();
            slow.add(socket);
            send(socket, "GET /livez HTTP/1.1\r\nX-");
            dribble(slow);
            if (i % 10 == 0) {
                long begin = System.nanoTime();
                assertTrue(ask(GOOD).startsWith("HTTP/1.1 200 "));
                longestMillis = Math.max(longestMillis, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            }
        }
        assertTrue(longestMillis < 1000, longestMillis + " ms");
        assertEquals(threads, Thread.activeCount());
        for (int i = 0; i < 100 && refused.size() < 300 - 64; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertTrue(refused.size() >= 300 - 64, refused.size() + " refused");
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void slowClient_halfARequest_isRefusedAfterFiveSeconds() throws Exception {
        try (Socket socket = connect()) {
            long begin = System.nanoTime();
            send(socket, "GET /livez HTTP/1.1\r\n");
            assertTrue(answerOf(socket).startsWith("HTTP/1.1 408 "));
            double seconds = (System.nanoTime() - begin) / 1e9;
            assertTrue(seconds > 4.5 && seconds < 7, seconds + " s");
            assertEquals(List.of(HttpFault.SLOW), refused);
        }
    }

    @Test
    void slowReader_ofALargeAnswer_isLeftAfterTenSecondsAndOthersAreAnswered() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "GET /large HTTP/1.1\r\n\r\n");
            for (int i = 0; i < 120 && refused.isEmpty(); i++) {
                assertTrue(ask(GOOD).startsWith("HTTP/1.1 200 "));
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertEquals(List.of(HttpFault.SLOW), refused);
        }
    }

    private static void dribble(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets.subList(Math.max(0, sockets.size() - 64), sockets.size())) {
            send(socket, "a");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Whoever was hung up on may find out while sending. */
    private static void send(Socket socket, String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException e) {
            socket.close();
        }
    }

    private String ask(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return answerOf(socket);
        }
    }

    private static String answerOf(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
