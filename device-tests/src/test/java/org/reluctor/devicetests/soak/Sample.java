package org.reluctor.devicetests.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the gateway's process held at one moment.
 *
 * @param seconds since the soak began
 * @param quiet   no fault was under way, and the last one was overcome
 * @param values  in units of the figure; not all figures are taken every time
 */
record Sample(double seconds, boolean quiet, Map<Figure, Double> values) {
    /**
     * One point for each stretch of time, such as a minute, from its quiet samples: their median, which neither an open
     * file of a moment nor the allocator's ups and downs move, and which depends less on its neighbour than samples
     * do. A stretch without a quiet sample has no point.
     *
     * @param stretchSeconds length of a stretch
     * @return hours since the soak began, and the values
     */
    static Points medians(List<Sample> samples, Figure figure, double fromSeconds, double stretchSeconds) {
        TreeMap<Integer, List<Double>> stretches = new TreeMap<>();
        for (Sample sample : samples) {
            Double value = sample.values().get(figure);
            if (sample.quiet() && sample.seconds() >= fromSeconds && value != null) {
                stretches.computeIfAbsent((int) (sample.seconds() / stretchSeconds), any -> new ArrayList<>())
                        .add(value);
            }
        }
        double[] hours = new double[stretches.size()];
        double[] values = new double[stretches.size()];
        int at = 0;
        for (Map.Entry<Integer, List<Double>> stretch : stretches.entrySet()) {
            hours[at] = (stretch.getKey() + 0.5) * stretchSeconds / 3600;
            values[at++] = median(stretch.getValue());
        }
        return new Points(hours, values);
    }

    /** Every value of the figure. */
    static Points all(List<Sample> samples, Figure figure) {
        List<Sample> taken = samples.stream().filter(sample -> sample.values().containsKey(figure)).toList();
        return new Points(taken.stream().mapToDouble(sample -> sample.seconds() / 3600).toArray(),
                taken.stream().mapToDouble(sample -> sample.values().get(figure)).toArray());
    }

    /**
     * A series in the order of its time.
     *
     * @param hours  since the soak began
     * @param values as many
     */
    record Points(double[] hours, double[] values) {
        int count() {
            return values.length;
        }
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        int half = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(half) : (values.get(half - 1) + values.get(half)) / 2;
    }
}
