package org.reluctor.devicetests.fuzz;

import java.util.stream.IntStream;
import org.reluctor.stream.codec.ArrayType;
import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.codec.FrameReader;
import org.reluctor.stream.codec.FrameWriter;

/** A frame that was read is written with its measurements as float32, read again, and must be the same. */
final class FrameTrip {
    static final FrameLimits LIMITS = new FrameLimits(1 << 16, 4096, 1024, 16);

    private final FrameReader reader = new FrameReader(LIMITS);
    private final FrameWriter writer = new FrameWriter();
    private final Frame again = new Frame();

    void check(Frame frame) {
        float[] y = new float[frame.m() * frame.channels()];
        frame.measurements(y, 0);
        float[] heldOut = new float[frame.heldOutCount()];
        frame.heldOut(heldOut, 0);
        FrameFields fields = new FrameFields(frame.sensor(), frame.boot(), frame.seq(), frame.hasT0(), frame.t0(),
                frame.rateNumerator(), frame.rateDenominator(), frame.matrixId(), frame.n(), frame.m(),
                frame.channels(), 1, 0, frame.heldOutSeed());
        byte[] written = writer.write(fields, ArrayType.FLOAT32, y, heldOut);
        FrameFault fault = reader.read(written, frame.sensor(), again);
        if (fault != null) {
            throw new AssertionError("what was read and written is refused: " + reader.faultDetail());
        }
        float[] yAgain = new float[y.length];
        again.measurements(yAgain, 0);
        float[] heldOutAgain = new float[again.heldOutCount()];
        again.heldOut(heldOutAgain, 0);
        boolean same = equal(y, yAgain) && equal(heldOut, heldOutAgain)
                && again.hasT0() == frame.hasT0() && again.t0() == frame.t0() && again.boot() == frame.boot()
                && again.seq() == frame.seq() && again.matrixId() == frame.matrixId() && again.n() == frame.n()
                && again.rateNumerator() == frame.rateNumerator()
                && again.rateDenominator() == frame.rateDenominator() && again.heldOutSeed() == frame.heldOutSeed();
        if (!same) {
            throw new AssertionError("what was read and written is read as another frame");
        }
    }

    /** A zero may lose its sign: an offset of 0 is added to it. */
    private static boolean equal(float[] values, float[] again) {
        return values.length == again.length
                && IntStream.range(0, values.length).allMatch(i -> values[i] == again[i]);
    }
}
