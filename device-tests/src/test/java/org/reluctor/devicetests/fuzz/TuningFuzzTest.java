package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.device.TuningFolder;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;
import org.reluctor.opencl.tuning.TunedDevice;

/** Files of launch parameters. One that cannot be used is told in a remark, and never stops the start. */
class TuningFuzzTest {
    static final Device DEVICE = new Device("cpu", "Portable Computing Language", "vendor", "OpenCL 3.0", "3.1",
            DeviceKind.CPU, 2, 1L << 30, 1L << 28, 1 << 16, 256, true, null, null);
    /** Each document becomes a map, and a dozen bytes are a document. */
    private static final int BYTES_A_BYTE = 128;
    private static final ReaderPromise PROMISE = ReaderPromise.of(256 << 10, BYTES_A_BYTE);
    private static final ReaderPromise PARSED = ReaderPromise.of(256 << 10, BYTES_A_BYTE,
            IllegalArgumentException.class);

    static Stream<byte[]> seeds() {
        String text = TunedDevice.of(DEVICE, LaunchParameters.of(DEVICE)).text();
        return Stream.of(text, text.replace("cpu", "gpu"), text.replace("3.1", "4"))
                .map(file -> file.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void tuning(byte[] input) throws Exception {
        TuningFolder folder = new TuningFolder(Scratch.folder());
        Path file = folder.file(DEVICE);
        Files.write(file, input);
        TuningFolder.Found found = PROMISE.read(input.length, () -> folder.find(DEVICE, WeightFormat.FLOAT32));
        found.remark().ifPresent(ReaderPromise::checkSentence);
        String text = new String(input, StandardCharsets.UTF_8);
        TunedDevice tuned = PARSED.read(input.length, () -> TunedDevice.parse(text));
        if (tuned != null && !tuned.equals(TunedDevice.parse(tuned.text()))) {
            throw new AssertionError("what was read and written is read as another: " + tuned);
        }
    }
}
