package org.reluctor.app.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;

/**
 * Answers {@code GET} on a few fixed paths, on one thread of its own, so that a slow reader costs the stream nothing.
 */
public final class StatusServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor;
    private final Map<String, Page> pages;
    private final Visitors visitors;

    /** Makes the answer to a request of one path. */
    @FunctionalInterface
    public interface Page {
        /** Called on the server's thread; what it throws is answered with status 500. */
        Answer answer() throws IOException;
    }

    /**
     * An answer.
     *
     * @param status      of HTTP
     * @param contentType with its charset
     * @param body        may be empty
     */
    public record Answer(int status, String contentType, byte[] body) {
        /** A line of plain text. */
        public static Answer text(int status, String line) {
            return new Answer(status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private StatusServer(HttpServer server, Map<String, Page> pages, Visitors visitors) {
        this.server = server;
        this.visitors = visitors;
        this.pages = Map.copyOf(pages);
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "reluctor-http");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens the port and answers from then on.
     *
     * @param port  0 for any free one
     * @param token that requests must bring, asked at each; empty for none
     * @param pages by path, such as {@code /metrics}
     * @throws Failure if the port cannot be opened
     */
    public static StatusServer open(String host, int port, Optional<Supplier<char[]>> token,
            Map<String, Page> pages) {
        try {
            // Without these a client that sends half a request would hold the thread for ever.
            System.setProperty("sun.net.httpserver.maxReqTime", "10");
            System.setProperty("sun.net.httpserver.maxRspTime", "10");
            InetAddress address = InetAddress.getByName(host);
            HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 16);
            StatusServer opened = new StatusServer(server, pages, new Visitors(address.isLoopbackAddress(), token));
            server.setExecutor(opened.executor);
            server.createContext("/", opened::handle);
            server.start();
            return opened;
        } catch (UnknownHostException exception) {
            throw new Failure(ExitStatus.CONFIGURATION, "http.host: \"" + host + "\" is not known; must be a name or an"
                    + " address of this machine", exception);
        } catch (BindException exception) {
            throw new Failure(ExitStatus.UNAVAILABLE, "http.port: " + host + ":" + port + " cannot be opened ("
                    + exception.getMessage() + "); end the program that uses it, or set another port", exception);
        } catch (IOException exception) {
            throw new Failure(ExitStatus.UNAVAILABLE, "http.port: " + host + ":" + port + " cannot be opened: "
                    + exception.getMessage(), exception);
        }
    }

    /** The port that is open. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answerTo(exchange);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), head || answer.body().length == 0 ? -1
                    : answer.body().length);
            if (!head) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private Answer answerTo(HttpExchange exchange) {
        Optional<Answer> refusal = visitors.refusal(exchange.getRequestHeaders());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Page page = pages.get(exchange.getRequestURI().getPath());
        String method = exchange.getRequestMethod();
        if (page == null) {
            return Answer.text(404, "not here; here are: " + String.join(" ", pages.keySet().stream().sorted()
                    .toList()));
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.text(405, "only GET");
        }
        try {
            return page.answer();
        } catch (IOException | RuntimeException exception) {
            return Answer.text(500, "internal error: " + exception.getClass().getSimpleName());
        }
    }

    /** Collects what a writer gives into an answer of status 200. */
    public static Answer collect(String contentType, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 << 10);
        body.write(bytes);
        return new Answer(200, contentType, bytes.toByteArray());
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Body {
        /** Writes all of it and leaves the stream open. */
        void write(OutputStream stream) throws IOException;
    }
}
