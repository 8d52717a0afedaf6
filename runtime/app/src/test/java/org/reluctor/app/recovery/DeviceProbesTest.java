package org.reluctor.app.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reluctor.app.TestNetworks;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.app.certificate.CertifiedLimits.Intervals;
import org.reluctor.app.certificate.CertifiedLimits.Probe;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

/** Probes of x = 3·relu(Φᵀ(y/2)) + 1, answered by plain Java; a weight that changes is one of its network. */
class DeviceProbesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int PROBES = 5;

    private final RecoveryNetwork network = TestNetworks.transposed();
    private final float[] weights = network.nodes().get(0).inputs().get(1).floats();
    private final List<Integer> batches = new ArrayList<>();

    /** Each probe's interval is a hair around what is right. */
    private CertifiedLimits limits() {
        List<Probe> probes = IntStream.range(0, PROBES).mapToObj(number -> {
            float[] y = {1 + number, 2, -3, 4};
            double[] right = new ReferenceExecutor(network).run(new float[] {y[0] / 2, y[1] / 2, y[2] / 2, y[3] / 2}, 1)
                    .get(0);
            return new Probe(y, new Intervals(IntStream.range(0, right.length).mapToDouble(at ->
                    3 * right[at] + 1 - 1e-4).toArray(), IntStream.range(0, right.length).mapToDouble(at ->
                    3 * right[at] + 1 + 1e-4).toArray()));
        }).toList();
        return new CertifiedLimits(Optional.empty(), Optional.empty(), Optional.empty(), probes);
    }

    private void compute(float[] y, int frames, float[]... results) {
        batches.add(frames);
        double[] x = new ReferenceExecutor(network).run(Arrays.copyOf(y, frames * TestNetworks.M), frames)
                .get(0);
        for (int at = 0; at < x.length; at++) {
            results[0][at] = (float) x[at];
        }
    }

    private DeviceProbes probes(int maxBatch) {
        return new DeviceProbes(limits(), network.metadata(), 2, maxBatch);
    }

    @Test
    void ask_ofADeviceThatComputesRightly_findsNothingInBatchesOfTheStream() {
        for (int[] sizes : new int[][] {{1, 64, 1}, {3, 64, 3}, {64, 2, 2}, {64, 64, PROBES}}) {
            batches.clear();
            DeviceProbes probes = probes(sizes[1]);
            assertEquals(Optional.empty(), probes.ask(this::compute, sizes[0], 0));
            assertFalse(probes.fails());
            assertEquals(PROBES, batches.stream().mapToInt(Integer::intValue).sum(), "each is asked once");
            assertEquals(sizes[2], batches.get(0), "a batch is no larger than the stream's, nor than is allowed");
        }
    }

    @Test
    void ask_whereAWeightIsAnother_namesTheSampleAndWhatIsProven() {
        DeviceProbes probes = probes(2);
        weights[TestNetworks.N + 3] += 1;
        String wrong = probes.ask(this::compute, 2, 0).orElseThrow();
        assertTrue(wrong.matches("sample 3 of probe 0 is -?[0-9.]+, proven are -?[0-9.]+ to -?[0-9.]+"), wrong);
        assertTrue(probes.fails());
        assertEquals(1, batches.size(), "the first wrong answer is enough");
        weights[TestNetworks.N + 3] -= 1;
        assertEquals(Optional.empty(), probes.ask(this::compute, 2, SECOND));
        assertFalse(probes.fails(), "an answer that is right again counts");
    }

    @Test
    void ask_ofAnAnswerThatIsNoNumber_isWrong() {
        assertTrue(probes(8).ask((y, frames, results) -> Arrays.fill(results[0], Float.NaN), 8, 0)
                .isPresent());
    }

    @Test
    void isDue_atFirstThenEveryTenSecondsAndAfterALoad() {
        DeviceProbes probes = probes(8);
        long start = Long.MAX_VALUE - SECOND;
        assertTrue(probes.isDue(start));
        probes.ask(this::compute, 1, start);
        assertFalse(probes.isDue(start + 10 * SECOND - 1), "the clock may run over");
        assertTrue(probes.isDue(start + 10 * SECOND));
        probes.loadedAnew();
        assertTrue(probes.isDue(start + 1));
    }

    @Test
    void isDue_withoutProbes_never() {
        assertFalse(new DeviceProbes(null, network.metadata(), 1, 8).isDue(0));
        CertifiedLimits none = new CertifiedLimits(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        assertFalse(new DeviceProbes(none, network.metadata(), 1, 8).isDue(0));
    }
}
