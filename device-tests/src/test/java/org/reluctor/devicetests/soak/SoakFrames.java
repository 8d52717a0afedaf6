package org.reluctor.devicetests.soak;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLongArray;
import org.reluctor.app.inference.ReferenceInference;
import org.reluctor.devicetests.RandomPulse;
import org.reluctor.devicetests.faults.ledger.FrameSource;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Signal;

/**
 * Frames of the shipped network, as several sensors send them: random pulses measured by its Φ. It is known from the
 * float64 reference what must come of them, and when each was made. One thread makes frames, another checks signals.
 */
final class SoakFrames implements FrameSource {
    private static final int SENSORS = 4;
    private static final int DIFFERENT = 61;
    private static final int MOST_UNDER_WAY = 1 << 16;
    private static final double MOST_ERROR = 1e-3;

    private final List<String> sensors;
    private final long boot;
    private final FrameWriter writer = new FrameWriter();
    private final MeasurementMatrix matrix;
    private final int n;
    private final float[][] measured = new float[DIFFERENT][];
    private final double[][] expected = new double[DIFFERENT][];
    private final AtomicLongArray madeNanos = new AtomicLongArray(SENSORS * MOST_UNDER_WAY);

    SoakFrames(Path networkFile, String site, long boot) {
        this.boot = boot;
        this.sensors = List.of(site + "/ecg-1", site + "/ecg-2", site + "/ecg-3", site + "/ecg-4");
        RecoveryNetwork network = OnnxReader.read(networkFile);
        this.matrix = network.matrix().orElseThrow();
        this.n = network.metadata().n();
        Random random = new Random(1);
        ReferenceInference reference = new ReferenceInference(network);
        for (int i = 0; i < DIFFERENT; i++) {
            measured[i] = new float[matrix.rows()];
            matrix.measure(RandomPulse.next(n, random), 0, measured[i], 0);
            expected[i] = reference.recoverExact(measured[i], 1);
        }
    }

    @Override
    public List<String> sensors() {
        return sensors;
    }

    @Override
    public byte[] frame(String sensor, long seq) {
        int which = sensors.indexOf(sensor);
        madeNanos.set(place(which, seq), System.nanoTime());
        FrameFields fields = FrameFields.of(sensor, 360, 1, matrix.idBits(), n, matrix.rows());
        return writer.write(fields.at(boot, seq), measured[content(which, seq)]);
    }

    @Override
    public byte[] poison(String sensor, long seq) {
        throw new UnsupportedOperationException("no fault of a soak asks for it");
    }

    /** When the frame of a signal that is under way was made, as of {@link System#nanoTime}. */
    long madeNanos(Signal signal) {
        return madeNanos.get(place(sensors.indexOf(signal.sensor()), signal.seq()));
    }

    /** Whether a signal is what its frame must give. */
    boolean isRight(Signal signal) {
        double[] right = expected[content(sensors.indexOf(signal.sensor()), signal.seq())];
        double worst = 0;
        for (int i = 0; i < right.length; i++) {
            worst = Math.max(worst, Math.abs(signal.x()[i] - right[i]));
        }
        return worst <= MOST_ERROR;
    }

    private static int place(int sensor, long seq) {
        return sensor * MOST_UNDER_WAY + (int) (seq % MOST_UNDER_WAY);
    }

    // Different for sensors and neighbours, so that a signal under another's name is noticed.
    private static int content(int sensor, long seq) {
        return (int) ((seq * SENSORS + sensor) % DIFFERENT);
    }
}
