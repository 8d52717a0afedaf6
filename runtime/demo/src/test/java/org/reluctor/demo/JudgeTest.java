package org.reluctor.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;
import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.codec.FrameReader;
import org.reluctor.stream.codec.SignalFields;
import org.reluctor.stream.codec.SignalWriter;

class JudgeTest {
    private static final long BOOT = 7;
    private static final int M = 8;
    private static final int N = 16;

    private final Acquisition acquisition = new Acquisition(Recording.mitBih208(),
            MeasurementMatrix.sparseBinary(M, N, 2, 3), 1.0 / 200);
    private final Tally tally = new Tally();
    private final List<Integer> seen = new ArrayList<>();
    private Judge judge;

    @BeforeEach
    void start() {
        judge = new Judge(acquisition, LinearStart.of(zeroStart()), BOOT, tally, (seq, signal, y) -> seen.add(seq));
    }

    @Test
    void arrived_withTheTruthItself_hasNoErrorWhileTheZeroStartHasAll() throws InterruptedException {
        send(3);
        for (int seq = 0; seq < 3; seq++) {
            judge.arrived(signal(BOOT, seq, truth(seq, 1)));
        }
        judge.finish();
        assertEquals(3, tally.figures().received());
        assertEquals(0, tally.figures().prd());
        assertEquals(100, tally.figures().prdLinear(), 1e-9);
        assertEquals(List.of(0, 1, 2), seen);
    }

    @Test
    void arrived_withATenthMissing_hasAPrdOfTen() throws InterruptedException {
        send(2);
        judge.arrived(signal(BOOT, 0, truth(0, 0.9f)));
        judge.arrived(signal(BOOT, 1, truth(1, 0.9f)));
        judge.finish();
        assertEquals(10, tally.figures().prd(), 1e-4);
    }

    @Test
    void arrived_twice_isComparedOnce() throws InterruptedException {
        send(1);
        judge.arrived(signal(BOOT, 0, truth(0, 1)));
        judge.arrived(signal(BOOT, 0, truth(0, 1)));
        judge.finish();
        assertEquals(1, tally.figures().compared());
        assertEquals(1, tally.figures().duplicated());
    }

    @Test
    void arrived_ofAnotherStart_isPassedOver() throws InterruptedException {
        send(1);
        judge.arrived(signal(BOOT - 1, 0, truth(0, 1)));
        judge.finish();
        assertEquals(0, tally.figures().received());
        assertEquals(0, tally.figures().duplicated());
    }

    @Test
    void arrived_withWhatIsNoSignal_isAFaultAndTheNextIsJudged() throws InterruptedException {
        send(1);
        judge.arrived(new byte[] {1, 2, 3});
        judge.arrived(signal(BOOT, 0, new float[N + 1]));
        judge.arrived(signal(BOOT, 0, truth(0, 1)));
        judge.finish();
        assertTrue(judge.fault().isPresent());
        assertEquals(1, tally.figures().received());
    }

    @Test
    void sensor_run_publishesFramesThatTheCodecReadsBackAsMeasured() throws InterruptedException {
        List<byte[]> frames = new ArrayList<>();
        new SimulatedSensor(acquisition, "demo/ecg-208", 360, BOOT, tally, frames::add).run(1000, 0.02);
        FrameReader reader = new FrameReader(new FrameLimits(4096, N, M, 1));
        Frame frame = new Frame();
        float[] expected = new float[M];
        float[] y = new float[M];
        for (int seq = 0; seq < frames.size(); seq++) {
            assertNull(reader.read(frames.get(seq), "demo/ecg-208", frame), "frame " + seq);
            acquisition.measurements(seq, expected);
            frame.measurements(y, 0);
            assertEquals(BOOT, frame.boot());
            assertEquals(seq, frame.seq());
            assertEquals(acquisition.matrix().idBits(), frame.matrixId());
            assertArrayEquals(expected, y, "frame " + seq);
        }
        assertEquals(20, frames.size());
        assertEquals(20, tally.figures().sent());
        judge.finish();
    }

    private void send(int frames) {
        for (int seq = 0; seq < frames; seq++) {
            tally.sent(seq, System.nanoTime());
        }
    }

    private float[] truth(int seq, float factor) {
        float[] x = new float[N];
        acquisition.truth(seq, x);
        for (int i = 0; i < N; i++) {
            x[i] *= factor;
        }
        return x;
    }

    private static byte[] signal(long boot, long seq, float[] x) {
        SignalFields fields = new SignalFields().identity("demo/ecg-208", boot, seq).shape(1, x.length);
        return new SignalWriter().write(fields, x, 0);
    }

    /** A network whose linear start is zero whatever is measured. */
    private static RecoveryNetwork zeroStart() {
        NetworkBuilder builder = new NetworkBuilder("zero");
        Value y = builder.input("y", M);
        builder.output(builder.matMul(y, builder.constant("w", new float[M * N], M, N)), "x");
        return builder.build(NetworkMetadata.of(N, M, 1), null);
    }
}
