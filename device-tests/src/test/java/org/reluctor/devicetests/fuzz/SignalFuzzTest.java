package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFields;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;
import org.reluctor.stream.codec.SignalWriter;

/** Payloads that a subscriber receives. What was read is written, and must be read as the same. */
class SignalFuzzTest {
    /** Samples of one byte become floats, texts of one byte characters of two. */
    private static final ReaderPromise PROMISE = ReaderPromise.of(16 << 10, 16, SignalFormatException.class);
    private static final int MOST_BYTES = 1 << 16;

    private final SignalReader reader = new SignalReader(MOST_BYTES);
    private final SignalReader again = new SignalReader(4 * MOST_BYTES);
    private final SignalWriter writer = new SignalWriter();

    static Stream<byte[]> seeds() {
        return Seeds.vectors("signal-");
    }

    @MethodSource("seeds")
    @FuzzTest
    void signal(byte[] payload) throws Exception {
        Signal signal = PROMISE.read(payload.length, () -> reader.read(payload));
        if (signal != null) {
            Signal second = again.read(writer.write(fields(signal), signal.x(), 0));
            if (!same(signal, second)) {
                throw new AssertionError("what was read and written is read as another signal: " + signal + ", "
                        + second);
            }
        }
    }

    private static SignalFields fields(Signal s) {
        SignalFields fields = new SignalFields().identity(s.sensor(), s.boot(), s.seq())
                .rate(s.rateNumerator(), s.rateDenominator()).shape(s.channels(), s.n()).model(s.modelId())
                .unit(s.unit()).residual(s.residual()).errorBound(s.errorBound()).latencyMicros(s.latencyMicros())
                .flags(s.flags());
        return s.hasT0() ? fields.t0(s.t0()) : fields;
    }

    private static boolean same(Signal a, Signal b) {
        Signal shared = new Signal(b.sensor(), b.boot(), b.seq(), b.hasT0(), b.t0(), b.rateNumerator(),
                b.rateDenominator(), b.n(), b.channels(), a.x(), b.modelId(), b.unit(), b.residual(), b.errorBound(),
                b.latencyMicros(), b.flags());
        return a.equals(shared) && Arrays.equals(a.x(), b.x());
    }
}
