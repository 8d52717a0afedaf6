package org.reluctor.devicetests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Soaks of an hour that were never run: what is certain about them is how they were made. */
class SoakVerdictTest {
    private static final SoakRecord.Deliveries ALL = new SoakRecord.Deliveries(360_000, 0, 0, 12, 0);

    private final Random random = new Random(6);
    private final SoakPlan plan = SoakPlan.of(Duration.ofHours(1), 100);

    /** Resident memory with noise of 200 kB, in faults of 3 MB, and what starts up; growing by so much an hour. */
    private List<Sample> samples(double residentAnHour, double threadsAnHour) {
        List<Sample> samples = new ArrayList<>();
        for (int second = 0; second < 3600; second += 3) {
            boolean quiet = second % 60 > 30;
            double hours = second / 3600.0;
            Map<Figure, Double> values = new EnumMap<>(Figure.class);
            double starting = Math.min(0, second - 300) / 10.0;
            values.put(Figure.RESIDENT, 180 + residentAnHour * hours + (quiet ? 0 : 3) + starting
                    + 0.2 * random.nextGaussian());
            values.put(Figure.THREADS, Math.floor(31 + threadsAnHour * hours) + (quiet ? 0 : -2));
            values.put(Figure.HANDLES, 130.0 + (second % 21 == 0 ? 1 : 0));
            if (second % 60 == 48) {
                values.put(Figure.HEAP, 6.5 + 0.01 * random.nextGaussian());
            }
            samples.add(new Sample(second, quiet, values));
        }
        return samples;
    }

    private Latencies latencies(double slower) {
        Latencies latencies = new Latencies(60);
        for (int i = 0; i < 36_000; i++) {
            double worse = i > 30_000 ? slower : 1;
            latencies.add(i / 10.0, (long) (worse * (2000 + 1000 * Math.abs(random.nextGaussian()))));
        }
        return latencies;
    }

    private SoakVerdict verdict(List<Sample> samples, Latencies latencies, SoakRecord.Deliveries deliveries) {
        return SoakVerdict.of(new SoakRecord(plan, 3600, "made up", samples, List.of(), latencies, deliveries));
    }

    private static List<String> broken(SoakVerdict verdict) {
        return verdict.findings().stream().filter(finding -> !finding.kept()).map(SoakVerdict.Finding::what).toList();
    }

    @Test
    void of_noLeak_passesWhateverTheNoise() {
        int passed = 0;
        for (int i = 0; i < 40; i++) {
            passed += verdict(samples(0, 0), latencies(1), ALL).passed() ? 1 : 0;
        }
        // An interval of 95 % leaves zero out now and then: 38 are expected.
        assertTrue(passed >= 34, passed + " of 40");
    }

    @Test
    void of_twoMegabytesAnHour_failsEveryTime() {
        for (int i = 0; i < 40; i++) {
            SoakVerdict verdict = verdict(samples(2, 0), latencies(1), ALL);
            assertTrue(broken(verdict).contains("resident memory"), () -> verdict.findings().toString());
            assertEquals(2, verdict.slopes().get(Figure.RESIDENT).slope(), 0.5);
        }
    }

    @Test
    void of_threeThreadsAnHour_fails() {
        assertTrue(broken(verdict(samples(0, 3), latencies(1), ALL)).contains("threads"));
    }

    @Test
    void of_noiseThatHidesALeak_failsForItsUpperEnd() {
        List<Sample> samples = new ArrayList<>();
        for (Sample sample : samples(0, 0)) {
            Map<Figure, Double> values = new EnumMap<>(sample.values());
            values.merge(Figure.RESIDENT, 20 * random.nextGaussian(), Double::sum);
            samples.add(new Sample(sample.seconds(), sample.quiet(), values));
        }
        SoakVerdict verdict = verdict(samples, latencies(1), ALL);
        assertTrue(verdict.slopes().get(Figure.RESIDENT).high() > 1);
        assertTrue(broken(verdict).contains("resident memory"));
    }

    @Test
    void of_slowerAtTheEnd_failsAboveOnePointTwo() {
        assertTrue(broken(verdict(samples(0, 0), latencies(1.3), ALL)).contains("p99 latency"));
        assertFalse(broken(verdict(samples(0, 0), latencies(1.1), ALL)).contains("p99 latency"));
    }

    @Test
    void of_oneFrameLostOrDisordered_fails() {
        SoakRecord.Deliveries lost = new SoakRecord.Deliveries(360_000, 1, 0, 0, 0);
        SoakRecord.Deliveries disordered = new SoakRecord.Deliveries(360_000, 0, 1, 0, 0);
        assertTrue(broken(verdict(samples(0, 0), latencies(1), lost)).contains("lost"));
        assertTrue(broken(verdict(samples(0, 0), latencies(1), disordered)).contains("disordered"));
    }

    @Test
    void of_everyOtherRoundUnseen_fails() {
        List<Sample> half = samples(0, 0).stream().filter(sample -> sample.seconds() % 120 < 60).toList();
        assertTrue(broken(verdict(half, latencies(1), ALL)).containsAll(List.of("live heap", "handles")));
    }

    @Test
    void of_cutShortInTheWarmUp_failsForWantOfPoints() {
        List<Sample> few = samples(0, 0).stream().filter(sample -> sample.seconds() < 500).toList();
        SoakVerdict verdict = SoakVerdict.of(new SoakRecord(plan, 500, "made up", few, List.of(), new Latencies(60),
                ALL));
        assertEquals(List.of("live heap", "resident memory", "handles", "threads", "p99 latency"), broken(verdict));
    }
}
