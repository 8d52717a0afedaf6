package org.reluctor.devicetests.fuzz;

import java.util.Arrays;
import org.reluctor.engine.lowering.LoweredNetwork;
import org.reluctor.engine.lowering.Lowering;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.network.NetworkFormatException;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;

/** What {@code reluctor inspect} makes of a network file, short of the device; and the file written anew. */
final class NetworkTrip {
    private final ReaderPromise reading;
    private final ReaderPromise lowering;

    /**
     * @param fixedBytes that reading may allocate, and lowering too, whatever the input: results of constant folding
     * @param seconds    that each may take
     */
    NetworkTrip(long fixedBytes, int seconds) {
        reading = ReaderPromise.of(fixedBytes, 1 << 10, NetworkFormatException.class).within(seconds);
        lowering = ReaderPromise.of(fixedBytes, 1 << 10, LoweringException.class).within(seconds);
    }

    void check(byte[] file) throws Exception {
        RecoveryNetwork network = reading.read(file.length, () -> OnnxReader.read(file, "fuzz.onnx"));
        if (network == null) {
            return;
        }
        byte[] written = OnnxWriter.encode(network);
        RecoveryNetwork again = OnnxReader.read(written, "fuzz.onnx");
        if (!Arrays.equals(written, OnnxWriter.encode(again))) {
            throw new AssertionError("what was read and written is read as another network");
        }
        LoweredNetwork lowered = lowering.read(file.length, () -> Lowering.lower(network));
        if (lowered != null && lowered.outputs().size() != network.outputs().size()) {
            throw new AssertionError(lowered.outputs() + " of " + network.outputs());
        }
    }
}
