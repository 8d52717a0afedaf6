package org.reluctor.devicetests.endurance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Whether a series of footprints stayed flat. The first fifth does not count, while code is compiled and pools fill;
 * of the rest, the least of the last third is compared with the most of the first third: what leaks stays and adds up,
 * while a file that is open for a moment, or the memory allocator's ups and downs, do not decide. What is counted must
 * not grow at all; memory of the process may, by what the JVM's own bookkeeping takes.
 */
final class Flatness {
    private static final long RESIDENT_ALLOWANCE = 4L << 20;

    private Flatness() {
    }

    /** One sentence for each figure that grew; at least six footprints, in equal steps of work. */
    static List<String> growth(List<Footprint> series) {
        if (series.size() < 6) {
            throw new IllegalArgumentException(series.size() + " footprints; 6 are the least");
        }
        List<Footprint> counted = series.subList(series.size() / 5, series.size());
        int third = counted.size() / 3;
        List<String> grown = new ArrayList<>();
        for (String figure : series.get(0).figures().keySet()) {
            long early = of(counted.subList(0, third), figure).max().orElseThrow();
            long late = of(counted.subList(counted.size() - third, counted.size()), figure).min().orElseThrow();
            if (late > early + (figure.equals("resident memory") ? RESIDENT_ALLOWANCE : 0)) {
                grown.add(String.format("%s grew from %,d to %,d", figure, early, late));
            }
        }
        return grown;
    }

    private static LongStream of(List<Footprint> series, String figure) {
        return series.stream().mapToLong(footprint -> footprint.figures().get(figure));
    }
}
