package org.reluctor.app.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.reluctor.app.http.HttpAnswer;
import org.reluctor.app.http.StatusServer;

/**
 * Files of pages, from the jars, and the headers under which a browser takes nothing from elsewhere. What every page
 * shares lies here once: look, charts, the reader of events, and the chart library.
 */
public final class PageFiles {
    private static final String CHART = "/META-INF/resources/webjars/chart.js/4.4.3/dist/chart.umd.js";
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                    + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private PageFiles() {
    }

    /** What every page shares, by path. */
    public static Map<String, StatusServer.Page> shared() {
        Map<String, StatusServer.Page> files = new HashMap<>(of(PageFiles.class, Map.of("/base.css", "base.css",
                "/charts.js", "charts.js", "/feed.js", "feed.js", "/icon.svg", "icon.svg")));
        files.putAll(of(PageFiles.class, Map.of("/chart.umd.js", CHART)));
        return files;
    }

    /**
     * Files of one page.
     *
     * @param beside    the class beside which they lie
     * @param namesByPath such as {@code page.js} by {@code /page.js}
     */
    public static Map<String, StatusServer.Page> of(Class<?> beside, Map<String, String> namesByPath) {
        Map<String, StatusServer.Page> files = new HashMap<>();
        namesByPath.forEach((path, name) -> files.put(path, request -> guarded(read(beside, name))));
        return files;
    }

    /** An answer with the headers of a page. */
    public static HttpAnswer guarded(HttpAnswer answer) {
        return answer.with(HEADERS);
    }

    private static HttpAnswer read(Class<?> beside, String name) throws IOException {
        try (InputStream stream = beside.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException(name + " is missing from the jar");
            }
            return HttpAnswer.of(200, TYPES.get(name.substring(name.lastIndexOf('.') + 1)), stream.readAllBytes());
        }
    }
}
