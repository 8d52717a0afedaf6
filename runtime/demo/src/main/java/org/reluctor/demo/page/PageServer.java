package org.reluctor.demo.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.reluctor.app.http.HttpAnswer;
import org.reluctor.app.http.HttpListener;
import org.reluctor.app.http.HttpRequest;

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
    /** Sec-Fetch-Site of requests that a browser's user or the page itself made. */
    private static final Set<String> SITES = Set.of("none", "same-origin");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                    + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");
    private static final long END_MS = 1000;

    private final HttpListener listener;
    private final EventHub events;
    private volatile Set<String> hosts = Set.of();

    /**
     * Starts serving.
     *
     * @param port   on 127.0.0.1; 0 for any free one
     * @param events what pages are told
     * @throws IOException if the port is taken
     */
    public PageServer(int port, EventHub events) throws IOException {
        this.events = events;
        listener = HttpListener.open(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), "demo-page",
                request -> answer(request).with(HEADERS), (fault, from, detail) -> { });
        hosts = Set.of("127.0.0.1:" + listener.port(), "localhost:" + listener.port());
    }

    /** The page's address. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.port() + "/");
    }

    private HttpAnswer answer(HttpRequest request) throws IOException {
        if (!hosts.contains(request.header("host").orElse(""))) {
            return HttpAnswer.text(421, "This server answers for " + hosts.stream().sorted().toList() + " only.");
        }
        if (!isOfThisSite(request)) {
            return HttpAnswer.text(403, "Requests of other sites are not answered.");
        }
        if (!request.method().equals("GET") && !request.isHead()) {
            return HttpAnswer.text(405, "Only GET and HEAD are served.").with("Allow", "GET, HEAD");
        }
        if (request.path().equals(EVENTS)) {
            return stream(request);
        }
        Asset asset = ASSETS.get(request.path());
        return asset == null ? HttpAnswer.text(404, "There is nothing here.")
                : HttpAnswer.of(200, asset.type(), asset.read());
    }

    /** Links of other sites may lead here; their scripts get nothing. */
    private static boolean isOfThisSite(HttpRequest request) {
        return SITES.contains(request.header("sec-fetch-site").orElse("none"))
                || request.header("sec-fetch-mode").orElse("").equals("navigate");
    }

    private HttpAnswer stream(HttpRequest request) {
        if (request.isHead()) {
            return HttpAnswer.of(200, "text/event-stream", new byte[0]);
        }
        EventHub.Listener opened = events.open();
        return opened != null ? HttpAnswer.stream(opened)
                : HttpAnswer.text(503, "Too many pages are open, or the demonstration has ended.").with("Retry-After",
                        "5");
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
        listener.close();
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
