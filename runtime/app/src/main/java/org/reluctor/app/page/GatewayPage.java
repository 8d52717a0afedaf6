package org.reluctor.app.page;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.app.command.Version;
import org.reluctor.app.http.StatusServer;
import org.reluctor.app.json.JsonText;
import org.reluctor.stream.StreamEvents;

/** A gateway's page: its files, its events, and who has to tell it what happens. Safe for several threads. */
public final class GatewayPage implements AutoCloseable {
    private static final int VISITORS = 8;

    private final EventHub events = new EventHub(VISITORS);
    private final SignalTap tap = new SignalTap();
    private final LiveFigures figures = new LiveFigures();
    private final GatewayFeed feed;

    /** A page that tells nothing yet. */
    public GatewayPage(Subject subject) {
        events.publishAndKeep("about", JsonText.of("instance", subject.configuration().instance(),
                "site", subject.configuration().site(), "version", Version.number(),
                "latencyEdgesUs", Arrays.stream(LiveFigures.edgesUs()).boxed().toList()));
        feed = new GatewayFeed(subject, events, tap, figures);
    }

    /** Begins to tell. */
    public void start() {
        feed.start();
    }

    /** To be told what happens in the stream. */
    public List<StreamEvents> listeners() {
        return List.of(tap, figures);
    }

    /** What is the same for everybody, by path. */
    public static Map<String, StatusServer.Page> files() {
        Map<String, StatusServer.Page> files = new HashMap<>(PageFiles.shared());
        files.putAll(PageFiles.of(GatewayPage.class, Map.of("/", "index.html", "/gateway.js", "gateway.js",
                "/strips.js", "strips.js", "/gateway.css", "gateway.css")));
        return files;
    }

    /** What tells of the gateway, by path. */
    public Map<String, StatusServer.Page> pages() {
        return Map.of("/events", request -> PageFiles.guarded(events.answer(request)));
    }

    /** Pages that are open. */
    public int visitors() {
        return events.listeners();
    }

    /** Events that pages were too slow for. */
    public long leftOut() {
        return events.leftOut();
    }

    /** Stops telling. */
    @Override
    public void close() {
        feed.close();
        events.close();
    }
}
