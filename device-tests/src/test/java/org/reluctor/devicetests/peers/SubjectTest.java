package org.reluctor.devicetests.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

class SubjectTest {
    private static final int FRAMES = 8;

    @Test
    void lista_sparse_activityIsAsSetOnOtherFrames() {
        RecoveryNetwork network = ListaNetwork.build(256, 64, 4, ListaNetwork.SPARSE).network();
        double[] x = run(network, FRAMES * 4);
        double active = Arrays.stream(x).filter(value -> value != 0).count() / (double) x.length;
        assertEquals(ListaNetwork.SPARSE, active, 0.03);
        assertTrue(Arrays.stream(x).map(Math::abs).max().orElse(0) < 5, "no frame runs away");
    }

    @Test
    void lista_dense_activationsAreDense() {
        double[] x = run(ListaNetwork.build(64, 16, 4, 1).network(), FRAMES);
        assertTrue(Arrays.stream(x).filter(value -> value != 0).count() > 0.99 * x.length);
    }

    @Test
    void lista_work_countsBothProductsOfEveryIteration() {
        Work work = ListaNetwork.build(64, 16, 4, 1).work();
        assertEquals(2 * 5 * 16 * 64, work.denseOperations());
        assertEquals(2 * 4 * 64 * 64, work.sparseOperations());
        assertEquals(4 * 5 * 16 * 64, work.denseBytes());
        assertEquals(4 * 4 * 64 * 64, work.sparseBytes());
    }

    @Test
    void lista_builtTwice_isTheSameFile() {
        assertArrayEquals(OnnxWriter.encode(ListaNetwork.build(32, 8, 2, 0.12).network()),
                OnnxWriter.encode(ListaNetwork.build(32, 8, 2, 0.12).network()));
    }

    @Test
    void ecg_sizes_areThoseOfItsDescription() {
        Subject ecg = EcgNetwork.build();
        double[] x = run(ecg.network(), FRAMES);
        assertEquals(256 * FRAMES, x.length);
        assertBounded(x);
        assertEquals(4.6e6, ecg.work().operations(1) / 2, 0.1e6);
        assertTrue(ecg.network().nodes().size() >= 70, "nodes: " + ecg.network().nodes().size());
        long learned = ecg.network().nodes().stream().flatMap(node -> node.inputs().stream()).distinct()
                .filter(value -> value.isConstant() && value.floats() != null && !value.name().equals("W")
                        && !value.name().equals("PhiT")).mapToLong(value -> value.floats().length).sum();
        assertEquals(140_928, learned);
    }

    @Test
    void ista_work_isSixConvolutionsAPhase() {
        Work work = IstaNetPlusNetwork.build().work();
        double convolutions = 9 * 1089.0 * 9 * (4 * 32 * 32 + 2 * 32);
        double products = 9 * 1089.0 * 1089 + 2 * 272.0 * 1089;
        assertEquals(2 * (convolutions + products), work.operations(1), 0.001 * work.operations(1));
    }

    @Test
    void opine_smallImage_staysBounded() {
        Subject opine = OpineNetPlusNetwork.build(32);
        double[] x = run(opine.network(), 1);
        assertEquals(32 * 32, x.length);
        assertBounded(x);
    }

    @Test
    void error_ofTheReferenceItself_isRounding() {
        RecoveryNetwork network = ListaNetwork.build(32, 8, 2, 1).network();
        float[] y = new RandomWeights(1).uniform(1, FRAMES * 8);
        double[] exact = new ReferenceExecutor(network).run(y, FRAMES).get(0);
        float[] x = new float[exact.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) exact[i];
        }
        RelativeError error = RelativeError.against(network, y, FRAMES, 1);
        assertTrue(error.of(x) < 1e-7, "rounded to float32: " + error.of(x));
        x[x.length - 1] = Float.NaN;
        assertTrue(Double.isNaN(error.of(x)), "the last frame is compared");
    }

    @Test
    void work_sharedWeights_areReadOnce() {
        NetworkBuilder builder = new NetworkBuilder("twice");
        var y = builder.input("y", 4);
        var w = builder.constant("W", new float[16], 4, 4);
        builder.output(builder.matMul(builder.relu(builder.matMul(y, w)), w), "x");
        Work work = Subject.dense(builder.build()).work();
        assertEquals(64, work.denseBytes());
        assertEquals(64, work.denseOperations());
    }

    private static void assertBounded(double[] x) {
        double energy = Arrays.stream(x).map(value -> value * value).average().orElse(0);
        assertTrue(energy > 1e-4 && energy < 1e4, "mean square " + energy);
    }

    private static double[] run(RecoveryNetwork network, int frames) {
        int inputs = (int) network.input().shape().frameElements();
        return new ReferenceExecutor(network).run(new RandomWeights(77).uniform(1, frames * inputs), frames)
                .get(0);
    }
}
