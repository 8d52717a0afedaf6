package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Requests to the page of metrics and health, over plain sockets. */
final class PageAttacks {
    private static final String AUTHORIZED = "Authorization: Bearer " + Fortress.TOKEN + "\r\n";
    private static final String LOCAL = "Host: localhost\r\n";
    private static final int SLOW = 200;

    private PageAttacks() {
    }

    static List<Attack> all() {
        return List.of(
                request("no token", "no-token", 401, "GET /metrics HTTP/1.1\r\n" + LOCAL),
                request("wrong token", "wrong-token", 401,
                        "GET /metrics HTTP/1.1\r\n" + LOCAL + "Authorization: Bearer guessed\r\n"),
                request("other host header", "host", 421,
                        "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n" + AUTHORIZED),
                request("cross-site request", "cross-site", 403,
                        "GET /metrics HTTP/1.1\r\n" + LOCAL + AUTHORIZED + "Origin: https://evil.example\r\n"),
                request("path escape", "path", 404, "GET /%2e%2e/../token HTTP/1.1\r\n" + LOCAL + AUTHORIZED),
                new Attack("page", "slow client", PageAttacks::slowClients),
                request("huge header", "large-header", 431,
                        "GET /metrics HTTP/1.1\r\n" + LOCAL + "X: " + "x".repeat(200_000) + "\r\n"));
    }

    private static String counter(String reason) {
        return "reluctor_http_refused_total{reason=\"" + reason + "\"}";
    }

    private static Attack request(String name, String reason, int status, String head) {
        return new Attack("page", name, fortress -> fortress.refused("gateway", counter(reason), 1,
                "refused, " + reason + ": ", () -> {
                    String answer = ask(fortress, head + "\r\n");
                    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
                    assertTrue(!answer.contains("reluctor_") && !answer.contains(Fortress.TOKEN), answer);
                }));
    }

    /** Clients that never end their requests, a byte at a time; a quick one is answered within a second meanwhile. */
    private static Attack.Evidence slowClients(Fortress fortress) throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            return fortress.refused("gateway", counter("slow"), 10, "refused, slow: ", () -> {
                for (int i = 0; i < SLOW; i++) {
                    slow.add(connect(fortress));
                    send(slow.get(i), "GET /livez HTTP/1.1\r\nX-");
                }
                for (int i = 0; i < 14; i++) {
                    slow.forEach(socket -> send(socket, "a"));
                    long begin = System.nanoTime();
                    String answer = ask(fortress, "GET /livez HTTP/1.1\r\n" + LOCAL + AUTHORIZED + "\r\n");
                    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                    assertTrue(answer.endsWith("alive\n"), answer);
                    assertTrue(millis < 1000, millis + " ms");
                    TimeUnit.MILLISECONDS.sleep(500);
                }
                assertEquals(1, threadsOf(fortress));
            });
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Threads of the page's server; slow clients get none of their own. */
    private static long threadsOf(Fortress fortress) throws IOException {
        return fortress.gateway.threads("reluctor-http");
    }

    private static Socket connect(Fortress fortress) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), fortress.gateway.httpPort());
        socket.setSoTimeout(5000);
        return socket;
    }

    private static boolean send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException e) {
            // Hung up on already.
            return false;
        }
    }

    private static String ask(Fortress fortress, String request) throws IOException {
        try (Socket socket = connect(fortress)) {
            send(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
