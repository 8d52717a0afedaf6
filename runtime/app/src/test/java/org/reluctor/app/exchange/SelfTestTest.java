package org.reluctor.app.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.app.TestNetworks;
import org.reluctor.app.recovery.ResidualOutput;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.operation.WeightFormat;

/** A device that computes as float64 does passes; one that is off, anywhere, does not. */
class SelfTestTest {
    private static final RecoveryNetwork NETWORK = TestNetworks.transposed();

    private static float[][] reference(float[] y, int frames) {
        double[] wide = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            wide[i] = y[i];
        }
        List<double[]> exact = new ReferenceExecutor(ResidualOutput.computed(NETWORK)).run(wide, frames);
        float[][] found = new float[exact.size()][];
        for (int output = 0; output < found.length; output++) {
            found[output] = new float[exact.get(output).length];
            for (int i = 0; i < found[output].length; i++) {
                found[output][i] = (float) exact.get(output)[i];
            }
        }
        return found;
    }

    @Test
    void run_deviceOfTheReference_passesAlsoBehindAPipe() throws Exception {
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        SelfTest.of(NETWORK, 64).write(new DataOutputStream(pipe));
        SelfTest test = SelfTest.read(new DataInputStream(new ByteArrayInputStream(pipe.toByteArray())));
        assertEquals(8, test.frames());
        double error = test.run(SelfTestTest::reference, WeightFormat.FLOAT32);
        assertTrue(error > 0 && error < 1e-6, Double.toString(error));
        assertEquals(2, SelfTest.of(NETWORK, 2).frames());
    }

    @Test
    void run_lastFrameOrOutputOff_isRefused() {
        SelfTest test = SelfTest.of(NETWORK, 64);
        for (float value : new float[] {1e-3f, Float.NaN, Float.POSITIVE_INFINITY}) {
            for (int output = 0; output < 2; output++) {
                int off = output;
                ExchangeRefusal refusal = assertThrows(ExchangeRefusal.class, () -> test.run((y, frames) -> {
                    float[][] found = reference(y, frames);
                    found[off][found[off].length - 1] += frames > 1 ? 10 * value : 0;
                    return found;
                }, WeightFormat.FLOAT32));
                assertEquals("self-test", refusal.reason());
            }
        }
    }
}
