package org.reluctor.demo.page;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.page.EventHub;
import org.reluctor.app.page.Rounded;

/**
 * Tells the open pages what happens, at the pace of an eye: curves ten times a second, a frame and the books twice a
 * second, whatever the pace of the frames. Events and their JSON are an agreement with page.js.
 */
public final class PageFeed implements AutoCloseable {
    private static final int PERIOD_MS = 100;
    private static final int PERIODS_PER_TOTALS = 5;

    private final EventHub events;
    private final Scope scope;
    private final double samplesPerSecond;
    private final Supplier<Map<String, Object>> totals;
    private final Supplier<float[]> newestFrame;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(PageFeed::thread);
    private double owedSamples;
    private long periods;

    /**
     * @param events           receives the events
     * @param scope            source of the curves
     * @param samplesPerSecond pace of the curves
     * @param totals           figures so far, as page.js takes them
     * @param newestFrame      measurements of the newest frame that was answered; null before the first
     */
    public PageFeed(EventHub events, Scope scope, double samplesPerSecond, Supplier<Map<String, Object>> totals,
            Supplier<float[]> newestFrame) {
        this.events = events;
        this.scope = scope;
        this.samplesPerSecond = samplesPerSecond;
        this.totals = totals;
        this.newestFrame = newestFrame;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "demo-page-feed");
        thread.setDaemon(true);
        return thread;
    }

    /** Tells every page, now and later, what runs here; then the events begin. */
    public void start(Map<String, Object> about) {
        events.publishAndKeep("about", JsonText.of(about));
        clock.scheduleAtFixedRate(this::tick, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /** The last event: final figures, and whether the demonstration showed what it promises, in words. */
    public void end(boolean passed, String words) {
        close();
        events.publishAndKeep("totals", JsonText.of(totals.get()));
        events.publishAndKeep("end", JsonText.of("passed", passed, "words", words));
    }

    private void tick() {
        if (scope.isReady()) {
            owedSamples += samplesPerSecond * PERIOD_MS / 1000;
            while (owedSamples >= 1) {
                Scope.Stretch stretch = scope.advance((int) owedSamples);
                owedSamples -= stretch.truth().length;
                events.publish("trace", json(stretch));
            }
        }
        if (periods++ % PERIODS_PER_TOTALS == 0) {
            events.publishAndKeep("totals", JsonText.of(totals.get()));
            float[] frame = newestFrame.get();
            if (frame != null) {
                events.publish("frame", JsonText.of("measurements", Rounded.of(frame, 2)));
            }
        }
    }

    private static String json(Scope.Stretch stretch) {
        return JsonText.of("at", stretch.at(), "newRound", stretch.newRound(), "truth", Rounded.of(stretch.truth(), 3),
                "recovered", Rounded.of(stretch.recovered(), 3), "residual", Rounded.of(100 * stretch.residual(), 3));
    }

    /** Stops telling; the event hub stays open. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
