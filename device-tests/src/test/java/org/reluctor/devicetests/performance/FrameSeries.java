package org.reluctor.devicetests.performance;

import java.nio.file.Path;
import java.util.Random;
import org.reluctor.devicetests.RandomPulse;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.SignalFields;
import org.reluctor.stream.codec.SignalWriter;

/** Frames of one sensor for a network, as a sensor sends them: random pulses measured by its Φ, as 16-bit integers. */
final class FrameSeries {
    static final String SENSOR = "bench/load-1";
    private static final float SCALE = 0.002f;

    private final short[][] measured;
    private final FrameWriter writer = new FrameWriter();
    private final FrameFields fields;
    private final long boot = System.currentTimeMillis();
    private final int signalBytes;

    /** @param distinct different frames, used over and over */
    FrameSeries(Path networkFile, int distinct) {
        RecoveryNetwork network = OnnxReader.read(networkFile);
        NetworkMetadata shape = network.metadata();
        MeasurementMatrix matrix = network.matrix().orElseThrow();
        this.fields = FrameFields.of(SENSOR, 360, 1, matrix.idBits(), shape.n(), shape.m()).scaled(SCALE, 0);
        this.measured = new short[distinct][];
        Random random = new Random(1);
        for (int i = 0; i < distinct; i++) {
            measured[i] = measure(matrix, RandomPulse.next(shape.n(), random));
        }
        this.signalBytes = signalBytes(shape);
    }

    // A few bytes more or less, as its numbers are longer or shorter.
    private int signalBytes(NetworkMetadata shape) {
        SignalFields typical = new SignalFields().identity(SENSOR, boot, 1000).rate(360, 1).shape(1, shape.n())
                .unit(shape.unit()).residual(0.1f).latencyMicros(1000);
        return new SignalWriter().write(typical, new float[shape.n()], 0).length;
    }

    private static short[] measure(MeasurementMatrix matrix, float[] x) {
        float[] y = new float[matrix.rows()];
        matrix.measure(x, 0, y, 0);
        short[] raw = new short[y.length];
        for (int i = 0; i < y.length; i++) {
            raw[i] = (short) Math.round(y[i] / SCALE);
        }
        return raw;
    }

    /** Of all frames of this series. */
    long boot() {
        return boot;
    }

    byte[] next(long seq) {
        return writer.write(fields.at(boot, seq), measured[(int) (seq % measured.length)]);
    }

    /** About the size of the signal that answers a frame. */
    int signalBytes() {
        return signalBytes;
    }
}
