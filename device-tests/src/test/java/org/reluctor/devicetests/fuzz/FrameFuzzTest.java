package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameReader;

/** Payloads from anyone who may publish. The reader refuses by a fault, never by an exception. */
class FrameFuzzTest {
    /** A sentence about the fault; nothing for what the payload claims. */
    private static final ReaderPromise PROMISE = ReaderPromise.of(8 << 10, 0);

    private final FrameReader reader = new FrameReader(FrameTrip.LIMITS);
    private final FrameTrip trip = new FrameTrip();
    private final Frame frame = new Frame();

    static Stream<byte[]> seeds() {
        return Seeds.vectors("frame-");
    }

    @MethodSource("seeds")
    @FuzzTest
    void frame(byte[] payload) throws Exception {
        FrameFault fault = PROMISE.read(payload.length, () -> reader.read(payload, Seeds.SENSOR, frame));
        if (fault == null) {
            trip.check(frame);
        } else {
            ReaderPromise.checkSentence(reader.faultField() + ": " + reader.faultDetail());
        }
    }
}
