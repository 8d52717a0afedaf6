package org.reluctor.app.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.logging.RecentLines;
import org.reluctor.stream.Route;
import org.reluctor.stream.codec.Signal;
import org.tinylog.Logger;

/**
 * Tells the open pages what happens, at the pace of an eye whatever that of the frames: curves twelve times a second,
 * figures once. Where nobody looks it does next to nothing. Events and their JSON are an agreement with gateway.js.
 */
final class GatewayFeed implements AutoCloseable {
    private static final long CURVES_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
    private static final long UNHEARD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_MILLIS = 1000;

    private final Subject subject;
    private final EventHub events;
    private final SignalTap tap;
    private final LiveFigures figures;
    private final Map<String, SignalPlayer> players = new HashMap<>();
    private final Map<String, String> told = new HashMap<>();
    private final Thread thread = new Thread(this::run, "reluctor-page");
    private long toldLines;
    private volatile boolean closed;

    GatewayFeed(Subject subject, EventHub events, SignalTap tap, LiveFigures figures) {
        this.subject = subject;
        this.events = events;
        this.tap = tap;
        this.figures = figures;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long before = System.nanoTime();
        long nextSecond = before;
        try {
            while (!closed) {
                long now = System.nanoTime();
                boolean heard = events.listeners() > 0;
                curves(events.chosen(), (now - before) / 1e9);
                before = now;
                if (now - nextSecond >= 0) {
                    nextSecond = now + SECOND_NANOS;
                    figures.second(now);
                    second(heard);
                }
                long rest = now + (heard ? CURVES_NANOS : UNHEARD_NANOS) - System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(Math.max(0, rest));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            Logger.error("the page is told nothing any more: {}; the stream goes on", e.toString());
        }
    }

    private void curves(Set<String> sensors, double seconds) {
        if (!sensors.equals(players.keySet())) {
            tap.lookAt(sensors);
            players.keySet().retainAll(sensors);
        }
        for (String sensor : sensors) {
            SignalPlayer player = players.computeIfAbsent(sensor, name -> new SignalPlayer());
            for (SignalPlayer.Stretch stretch : player.advance(seconds, () -> tap.take(sensor))) {
                events.publishAbout(sensor, "curve", json(stretch));
            }
        }
    }

    /** Points are whole numbers of a step, because these are written far quicker than fractions. */
    private static String json(SignalPlayer.Stretch stretch) {
        int decimals = Rounded.decimalsOfCurve(stretch.points());
        double unit = Math.pow(10, decimals);
        StringBuilder text = new StringBuilder(64 + 8 * stretch.points().length)
                .append("{\"sensor\":\"").append(stretch.signal().sensor()).append("\",\"joined\":")
                .append(stretch.joined()).append(",\"at\":").append(stretch.seconds()).append(",\"step\":")
                .append(stretch.step()).append(",\"decimals\":").append(decimals).append(",\"points\":");
        char separator = '[';
        for (float point : stretch.points()) {
            text.append(separator).append(Math.round(point * unit));
            separator = ',';
        }
        return text.append(']').append(stretch.begins() ? ",\"signal\":" + json(stretch.signal(), stretch.speed()) : "")
                .append('}').toString();
    }

    /** What is told once of each signal. */
    private static String json(Signal signal, double speed) {
        return JsonText.of("residual", signal.residual(), "bound", boundOfASample(signal), "unit", signal.unit(),
                "flags", signal.flags(), "channels", signal.channels(), "speed", speed);
    }

    /** The root mean square over all samples that a bound of the l2 error leaves room for. */
    private static double boundOfASample(Signal signal) {
        return signal.errorBound() / Math.sqrt((double) signal.n() * signal.channels());
    }

    private void second(boolean heard) {
        if (!heard) {
            return;
        }
        tellNews("sensors", JsonText.of("names", tap.sensors()));
        tellNews("networks", JsonText.of("networks", networks()));
        long lines = RecentLines.count();
        if (lines != toldLines) {
            toldLines = lines;
            tellLog();
        }
        events.publish("figures", JsonText.of(figures()));
    }

    private void tellLog() {
        tellNews("log", JsonText.of("lines", RecentLines.all().stream().map(line -> JsonText.map("time",
                line.time().toString(), "level", line.level(), "text", line.text())).toList()));
    }

    /** Tells what has changed, and to those who come later. */
    private void tellNews(String event, String line) {
        if (!line.equals(told.put(event, line))) {
            events.publishAndKeep(event, line);
        }
    }

    private List<Map<String, Object>> networks() {
        List<Map<String, Object>> networks = new ArrayList<>();
        List<Route> routes = subject.routes().get();
        for (int i = 0; i < routes.size(); i++) {
            var recovery = routes.get(i).recovery();
            networks.add(JsonText.map("file", subject.file(i), "sensors", routes.get(i).sensorFilter(),
                    "model", hex(recovery.modelId()), "samples", recovery.samples(),
                    "measurements", recovery.measurements(), "channels", recovery.channels(),
                    "unit", recovery.unit()));
        }
        return networks;
    }

    private Map<String, Object> figures() {
        Map<String, Object> all = subject.figures();
        all.putAll(JsonText.map("framesPerSecond", Rounded.of(figures.framesPerSecond(), 1),
                "framesPerBatch", Rounded.of(figures.framesPerBatch(), 1), "load", figures.loadPercent(),
                "latencyCounts", Arrays.stream(figures.latencyCounts()).boxed().toList(),
                "latencyP50Us", figures.latencyUs(0.5), "latencyP99Us", figures.latencyUs(0.99),
                "notShown", tap.leftOut(), "visitors", events.listeners()));
        return all;
    }

    private static String hex(long id) {
        return String.format("%016x", id);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
