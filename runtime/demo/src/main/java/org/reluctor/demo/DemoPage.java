package org.reluctor.demo;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.reluctor.app.http.StatusServer;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.page.EventHub;
import org.reluctor.app.page.PageFiles;
import org.reluctor.app.page.Rounded;
import org.reluctor.demo.page.PageFeed;
import org.reluctor.demo.page.Scope;

/** The demonstration as its page shows it: gathers what the page needs and starts its server. Safe for any thread. */
final class DemoPage implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long END_MS = 1000;
    private static final int PAGES = 16;
    private static final int CLASSES_PER_DECADE = 10;

    private final Recording recording;
    private final Tally tally;
    private final EventHub events = new EventHub(PAGES);
    private final Scope scope;
    private final StatusServer server;
    private final long[] latencyEdgesUs = latencyEdges();
    private PageFeed feed;
    private volatile float[] newestFrame;
    private volatile long startedNs;
    private LongSupplier recoveredCount = () -> 0;

    /**
     * What runs, in words and numbers.
     *
     * @param sensor          site/sensor
     * @param broker          which broker, in words
     * @param model           name of the network
     * @param device          name of the OpenCL device
     * @param n               samples of a window
     * @param m               measurements of a window
     * @param framesPerSecond pace of the sensor
     * @param seconds         planned duration
     */
    record About(String sensor, String broker, String model, String device, int n, int m, double framesPerSecond,
            int seconds) {
    }

    /**
     * Starts the server; pages wait until {@link #start}.
     *
     * @param shown samples of the recording that the curves go through
     * @throws org.reluctor.app.Failure if the port is taken
     */
    DemoPage(int port, Recording recording, int shown, Tally tally) {
        this.recording = recording;
        this.tally = tally;
        scope = new Scope(Arrays.copyOf(millivolts(recording), shown));
        server = StatusServer.open(HOST, port, Optional.empty(),
                Map.of("/events", request -> PageFiles.guarded(events.answer(request))), files(),
                (fault, from, detail) -> { });
    }

    URI uri() {
        return URI.create("http://" + HOST + ":" + server.port() + "/");
    }

    private static Map<String, StatusServer.Page> files() {
        Map<String, StatusServer.Page> files = new HashMap<>(PageFiles.shared());
        files.putAll(PageFiles.of(PageFeed.class, Map.of("/", "index.html", "/page.js", "page.js",
                "/traces.js", "traces.js", "/style.css", "style.css")));
        return files;
    }

    /**
     * The sensor begins.
     *
     * @param recoveredByGateway the gateway's own count of signals
     */
    void start(About about, LongSupplier recoveredByGateway) {
        startedNs = System.nanoTime();
        recoveredCount = recoveredByGateway;
        double rate = recording.sampleRateHz();
        double samplesPerSecond = Math.min(rate, about.framesPerSecond * about.n);
        feed = new PageFeed(events, scope, samplesPerSecond, this::totals, () -> newestFrame);
        feed.start(describe(about, samplesPerSecond));
    }

    /** A signal was compared: its window in millivolts, its residual, and the measurements it was recovered from. */
    void recovered(int offset, float[] millivolts, float residual, float[] measurements) {
        scope.recovered(offset, millivolts, residual);
        newestFrame = measurements.clone();
    }

    /** The demonstration is over. */
    void end(boolean passed, String words) {
        feed.end(passed, words);
    }

    private Map<String, Object> describe(About about, double samplesPerSecond) {
        float low = 0;
        float high = 0;
        for (float value : millivolts(recording)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return JsonText.map("sensor", about.sensor, "broker", about.broker, "model", about.model,
                "device", about.device, "samples", about.n, "measurements", about.m,
                "rate", recording.sampleRateHz(), "samplesPerSecond", samplesPerSecond,
                "timesFaster", timesFaster(about), "seconds", about.seconds,
                // Half a millivolt of air, on the lines of the paper.
                "low", Math.floor(low * 2) / 2 - 0.5, "high", Math.ceil(high * 2) / 2,
                "latencyEdgesUs", LongStream.of(latencyEdgesUs).boxed().toList());
    }

    private double timesFaster(About about) {
        double times = about.framesPerSecond * about.n / recording.sampleRateHz();
        return times < 10 ? Math.rint(times * 10) / 10 : Math.rint(times);
    }

    private Map<String, Object> totals() {
        Figures figures = tally.figures();
        return JsonText.map("seconds", (System.nanoTime() - startedNs) / 1e9,
                "sent", figures.sent(), "recovered", recoveredCount.getAsLong(), "received", figures.received(),
                "lost", figures.lost(), "duplicated", figures.duplicated(), "rejected", figures.rejected(),
                "prd", Rounded.of(figures.prd(), 3), "prdLinear", Rounded.of(figures.prdLinear(), 3),
                "latencyP50Us", figures.latencyP50Us(), "latencyP99Us", figures.latencyP99Us(),
                "latencyCounts", LongStream.of(tally.latencyCounts(latencyEdgesUs)).boxed().toList());
    }

    private static float[] millivolts(Recording recording) {
        float[] values = new float[recording.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) recording.step(i) / recording.stepsPerMillivolt();
        }
        return values;
    }

    /** From 100 µs to 10 s, equally wide in logarithm. */
    private static long[] latencyEdges() {
        long[] edges = new long[5 * CLASSES_PER_DECADE + 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = Math.round(100 * Math.pow(10, (double) i / CLASSES_PER_DECADE));
        }
        return edges;
    }

    private void letPagesTakeTheEnd() {
        events.close();
        try {
            events.awaitEnd(END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        letPagesTakeTheEnd();
        server.close();
    }
}
