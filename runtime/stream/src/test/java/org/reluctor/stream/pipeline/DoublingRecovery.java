package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;
import org.reluctor.stream.Recovery;

/** x = 2y with m = n = 4; a first measurement of 666 comes out as NaN. */
final class DoublingRecovery implements Recovery {
    static final int SIZE = 4;
    int calls;
    RuntimeException failure;
    /** Of the Φ that it was made for. */
    long matrixId = 42;
    /** How long the first call takes, ms. */
    volatile long pauseMillis;

    @Override
    public int measurements() {
        return SIZE;
    }

    @Override
    public int samples() {
        return SIZE;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int maxBatch() {
        return 16;
    }

    @Override
    public long matrixId() {
        return matrixId;
    }

    @Override
    public long modelId() {
        return 43;
    }

    @Override
    public String unit() {
        return "";
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pauseMillis = 0;
    }

    @Override
    public void recover(float[] y, int frames, float[] x, float[] residual) {
        pause();
        calls++;
        if (failure != null) {
            throw failure;
        }
        for (int i = 0; i < frames * SIZE; i++) {
            x[i] = y[i] == 666 ? Float.NaN : 2 * y[i];
        }
        for (int f = 0; f < frames; f++) {
            residual[f] = y[f * SIZE] == 0 ? Float.NaN : 0.5f;
        }
    }
}
