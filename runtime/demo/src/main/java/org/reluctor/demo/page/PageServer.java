package org.reluctor.demo.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the demonstration's page and its events on 127.0.0.1, and nothing else: a fixed list of files from the jar,
 * GET and HEAD only. A request that names another host is refused, so that no foreign web page can reach in by a name
 * that resolves to this machine (DNS rebinding).
 */
public final class PageServer implements AutoCloseable {
    private static final String CHART = "/META-INF/resources/webjars/chart.js/4.4.3/dist/chart.umd.js";
    private static final Map<String, Asset> ASSETS = Map.of(
            "/", new Asset("index.html", "text/html; charset=utf-8"),
            "/style.css", new Asset("style.css", "text/css; charset=utf-8"),
            "/page.js", new Asset("page.js", "text/javascript; charset=utf-8"),
            "/charts.js", new Asset("charts.js", "text/javascript; charset=utf-8"),
            "/icon.svg", new Asset("icon.svg", "image/svg+xml"),
            "/chart.umd.js", new Asset(CHART, "text/javascript; charset=utf-8"));
    private static final String EVENTS = "/events";
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                    + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");
    private static final long KEEP_ALIVE_MS = 10_000;
    private static final long POLL_MS = 250;
    private static final long END_MS = 1000;
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads;
    private final EventHub events;
    private final Set<String> hosts;

    /**
     * Starts serving.
     *
     * @param port   on 127.0.0.1; 0 for any free one
     * @param events what pages are told
     * @throws IOException if the port is taken
     */
    public PageServer(int port, EventHub events) throws IOException {
        this.events = events;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        int actual = server.getAddress().getPort();
        hosts = Set.of("127.0.0.1:" + actual, "localhost:" + actual);
        threads = Executors.newCachedThreadPool(PageServer::thread);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "demo-page");
        thread.setDaemon(true);
        return thread;
    }

    /** The page's address. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            HEADERS.forEach(headers::set);
            String host = exchange.getRequestHeaders().getFirst("Host");
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            if (host == null || !hosts.contains(host)) {
                refuse(exchange, 421, "This server answers for " + hosts.stream().sorted().toList() + " only.");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                headers.set("Allow", "GET, HEAD");
                refuse(exchange, 405, "Only GET and HEAD are served.");
            } else if (EVENTS.equals(path)) {
                stream(exchange);
            } else if (ASSETS.containsKey(path)) {
                file(exchange, ASSETS.get(path));
            } else {
                refuse(exchange, 404, "There is nothing here.");
            }
        }
    }

    private static void refuse(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        send(exchange, status, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void file(HttpExchange exchange, Asset asset) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", asset.type());
        send(exchange, 200, asset.read());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        EventHub.Listener listener = events.open();
        if (listener == null) {
            exchange.getResponseHeaders().set("Retry-After", "5");
            refuse(exchange, 503, "Too many pages are open, or the demonstration has ended.");
            return;
        }
        try (listener) {
            exchange.sendResponseHeaders(200, 0);
            write(listener, exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(EventHub.Listener listener, OutputStream out) throws IOException, InterruptedException {
        long quietMs = 0;
        out.flush();
        while (true) {
            boolean ended = listener.isEnded();
            byte[] event = listener.poll(ended ? 0 : POLL_MS);
            if (event == null && ended) {
                return;
            }
            quietMs = event == null ? quietMs + POLL_MS : 0;
            if (event != null || quietMs >= KEEP_ALIVE_MS) {
                // The comment finds out whether the page is still there.
                out.write(event != null ? event : COMMENT);
                out.flush();
                quietMs = 0;
            }
        }
    }

    /** Lets open pages take what is waiting for them, at most a second, and stops. */
    @Override
    public void close() {
        events.close();
        try {
            events.awaitEnd(END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private record Asset(String name, String type) {
        byte[] read() throws IOException {
            try (InputStream stream = PageServer.class.getResourceAsStream(name)) {
                if (stream == null) {
                    throw new IOException(name + " is missing from the demonstration's jar");
                }
                return stream.readAllBytes();
            }
        }
    }
}
