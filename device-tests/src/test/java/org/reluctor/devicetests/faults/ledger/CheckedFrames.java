package org.reluctor.devicetests.faults.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.Value;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Mac0Writer;
import org.reluctor.stream.codec.Signal;

/**
 * Frames whose signals are known to the last bit, different for every sensor and number, so that a signal under a wrong
 * name is noticed: the network gives x = Φᵀy + Φᵀy − Φᵀy, sums of whole numbers, and NaN where Φᵀy overflows.
 */
public final class CheckedFrames implements FrameSource {
    private static final int DIFFERENT = 4999;
    private static final MeasurementMatrix MATRIX = SmallNetworks.matrix();

    private final List<String> sensors;
    private final long boot;
    /** Null where frames go without envelopes. */
    private final FrameKey key;
    private final FrameWriter frames = new FrameWriter();
    private final Mac0Writer envelopes = new Mac0Writer();

    /**
     * @param key of all sensors; null where frames go without envelopes
     */
    public CheckedFrames(List<String> sensors, long boot, FrameKey key) {
        this.sensors = List.copyOf(sensors);
        this.boot = boot;
        this.key = key;
    }

    /** Writes the network's file. */
    public static Path network(Path file) throws IOException {
        int m = MATRIX.rows();
        int n = SmallNetworks.N;
        NetworkBuilder builder = new NetworkBuilder("twice-less-once");
        Value y = builder.input("y", m);
        Value z = builder.matMul(y, builder.constant(SmallNetworks.PHI, MATRIX.toArray(), m, n));
        builder.output(builder.sub(builder.add(z, z), z), "x");
        NetworkMetadata metadata = NetworkMetadata.of(n, m, 1).withMatrix(SmallNetworks.PHI, MATRIX.id())
                .withSignal(360, "mV");
        OnnxWriter.write(builder.build(metadata, MATRIX), file);
        return file;
    }

    @Override
    public List<String> sensors() {
        return sensors;
    }

    @Override
    public byte[] frame(String sensor, long seq) {
        return write(sensor, seq, measurements(sensors.indexOf(sensor), seq));
    }

    @Override
    public byte[] poison(String sensor, long seq) {
        float[] y = new float[MATRIX.rows()];
        Arrays.fill(y, Float.MAX_VALUE);
        return write(sensor, seq, y);
    }

    private byte[] write(String sensor, long seq, float[] y) {
        byte[] frame = frames.write(FrameFields.of(sensor, 360, 1, MATRIX.idBits(), SmallNetworks.N, y.length)
                .at(boot, seq), y);
        return key == null ? frame : envelopes.write(frame, sensor, key);
    }

    private static float[] measurements(int sensor, long seq) {
        float[] y = new float[MATRIX.rows()];
        for (int i = 0; i < y.length; i++) {
            y[i] = 10_000 * (sensor + 1) + (seq * 31 + i * i) % DIFFERENT;
        }
        return y;
    }

    /** Whether a signal is what its frame must give. */
    public boolean isRight(Signal signal) {
        float[] y = measurements(sensors.indexOf(signal.sensor()), signal.seq());
        return Arrays.equals(SmallNetworks.transposed(y), signal.x());
    }
}
