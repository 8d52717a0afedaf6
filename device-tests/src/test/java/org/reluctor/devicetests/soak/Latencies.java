package org.reluctor.devicetests.soak;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long frames took from the sensor to the subscriber while no fault was under way, in µs, by stretches of the time
 * they were sent at. What a fault delays says how long the fault was; what is asked here is whether the gateway grows
 * slower. Safe for several threads.
 */
final class Latencies {
    private static final long MOST_MICROS = 600_000_000;

    private final double stretchSeconds;
    private final List<Histogram> stretches = new ArrayList<>();

    /** @param stretchSeconds length of a stretch */
    Latencies(double stretchSeconds) {
        this.stretchSeconds = stretchSeconds;
    }

    /** A frame that was sent so long after the soak began. */
    synchronized void add(double sentSeconds, long micros) {
        int stretch = (int) (sentSeconds / stretchSeconds);
        while (stretches.size() <= stretch) {
            stretches.add(new Histogram(1, MOST_MICROS, 3));
        }
        stretches.get(stretch).recordValue(Math.max(1, Math.min(MOST_MICROS, micros)));
    }

    /** Of the frames that were sent between the two times, rounded to stretches; empty where there are none. */
    synchronized Histogram between(double fromSeconds, double toSeconds) {
        Histogram all = new Histogram(1, MOST_MICROS, 3);
        int first = (int) Math.max(0, Math.round(fromSeconds / stretchSeconds));
        int end = (int) Math.min(stretches.size(), Math.round(toSeconds / stretchSeconds));
        for (int i = first; i < end; i++) {
            all.add(stretches.get(i));
        }
        return all;
    }

    /** One point a stretch that has frames. */
    synchronized Sample.Points percentiles(double percentile) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            if (stretches.get(i).getTotalCount() > 0) {
                points.add(new double[] {(i + 0.5) * stretchSeconds / 3600,
                    stretches.get(i).getValueAtPercentile(percentile)});
            }
        }
        return new Sample.Points(points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray());
    }
}
