package org.reluctor.app.inference;

import org.reluctor.app.device.OpenDevice;
import org.reluctor.engine.Engine;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;

/** A network on an OpenCL device. Closes the device with it. */
public final class DeviceInference implements Inference {
    private final OpenDevice device;
    private final Engine engine;
    private final NetworkMetadata metadata;
    private final float[] input;
    private final float[] result;
    private final int measurements;
    private final int samples;

    private DeviceInference(OpenDevice device, Engine engine) {
        this.device = device;
        this.engine = engine;
        this.metadata = engine.network().metadata();
        this.measurements = metadata.m() * metadata.channels();
        this.samples = metadata.n() * metadata.channels();
        this.input = new float[measurements * engine.maxBatch()];
        this.result = new float[samples * engine.maxBatch()];
    }

    /**
     * Brings a network onto a device.
     *
     * @param device   is closed with the inference, also where this fails
     * @param maxBatch most frames computed together
     */
    public static DeviceInference open(RecoveryNetwork network, OpenDevice device, int maxBatch) {
        try {
            return new DeviceInference(device, device.engine(network, maxBatch));
        } catch (RuntimeException exception) {
            device.close();
            throw exception;
        }
    }

    @Override
    public float[] recover(float[] y, int frames) {
        float[] x = new float[frames * samples];
        for (int done = 0; done < frames; done += engine.maxBatch()) {
            int count = Math.min(engine.maxBatch(), frames - done);
            scaleInput(y, done * measurements, count * measurements);
            engine.run(input, count, result);
            scaleOutput(x, done * samples, count * samples);
        }
        return x;
    }

    /** The engine, to be measured. */
    public Engine engine() {
        return engine;
    }

    @Override
    public String device() {
        return device.name();
    }

    @Override
    public String weights() {
        return device.weights();
    }

    @Override
    public void close() {
        try {
            engine.close();
        } finally {
            device.close();
        }
    }

    private void scaleInput(float[] y, int from, int count) {
        for (int i = 0; i < count; i++) {
            input[i] = (float) (y[from + i] / metadata.inputScale());
        }
    }

    private void scaleOutput(float[] x, int from, int count) {
        for (int i = 0; i < count; i++) {
            x[from + i] = (float) (result[i] * metadata.outputScale() + metadata.outputOffset());
        }
    }
}
