package org.reluctor.devicetests.stream;

import java.util.concurrent.TimeUnit;
import org.reluctor.stream.Recovery;
import org.reluctor.stream.RecoveryException;

/**
 * A recovery in plain Java, small enough that a test sees at a glance what must come out: x[i] = y[i mod m]·(i + 1).
 */
final class LinearRecovery implements Recovery {
    static final int M = 8;
    static final int N = 32;
    static final long MATRIX = 0x1122334455667788L;
    static final long MODEL = 0x0102030405060708L;
    /** First measurement of a frame that comes out as NaN. */
    static final float POISON = 12345;

    volatile int failures;
    volatile long delayMicros;
    volatile int maxSeen;

    @Override
    public int measurements() {
        return M;
    }

    @Override
    public int samples() {
        return N;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int maxBatch() {
        return 64;
    }

    @Override
    public long matrixId() {
        return MATRIX;
    }

    @Override
    public long modelId() {
        return MODEL;
    }

    @Override
    public String unit() {
        return "mV";
    }

    @Override
    public void recover(float[] y, int frames, float[] x, float[] residual) {
        if (failures > 0) {
            failures--;
            throw new RecoveryException("injected", null);
        }
        maxSeen = Math.max(maxSeen, frames);
        for (int f = 0; f < frames; f++) {
            for (int i = 0; i < N; i++) {
                x[f * N + i] = expected(y[f * M + i % M], i);
            }
            residual[f] = 0.25f;
        }
        pause(frames);
    }

    private void pause(int frames) {
        try {
            TimeUnit.MICROSECONDS.sleep(delayMicros * frames);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static float expected(float y, int i) {
        return y == POISON ? Float.NaN : y * (i + 1);
    }
}
