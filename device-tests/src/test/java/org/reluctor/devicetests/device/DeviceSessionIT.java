package org.reluctor.devicetests.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.engine.Engine;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.LiveObjects;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.device.Program;
import org.reluctor.opencl.device.ProgramFile;
import org.reluctor.opencl.device.ProgramFileException;
import org.reluctor.opencl.device.ProgramFileWriter;
import org.reluctor.opencl.device.ProgramRecorder;
import org.reluctor.opencl.device.RecordedProgram;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;

/** What a session gives back and says where the driver refuses something. */
class DeviceSessionIT {
    private static final String GOOD = "__kernel void k(__global float *a) { a[0] = 1; }\n";
    private static final int MISTAKES = 100;
    /** A cached program: magic, version and key, then length and SHA-256 of what follows. */
    private static final int UP_TO_LENGTH = 16 + 4 + 32;
    private static final int HEADER = UP_TO_LENGTH + 4 + 32;

    @TempDir
    Path folder;
    private long objects;
    private long bytes;

    @BeforeEach
    void count() {
        objects = LiveObjects.count();
        bytes = LiveObjects.bufferBytes();
    }

    private void assertNothingLeft() {
        assertEquals(objects, LiveObjects.count(), "OpenCL objects");
        assertEquals(bytes, LiveObjects.bufferBytes(), "bytes of buffers");
    }

    /** As where a lost device is released beside the one that takes its place. The fault ended the JVM. */
    @Test
    void open_besideOthersThatClose_leavesTheirsAlone() throws Exception {
        Device device;
        try (DeviceSession first = TestDevice.open(folder)) {
            device = first.device();
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            all.add(threads.submit(() -> {
                for (int times = 0; times < 500; times++) {
                    DeviceSession.open(device, new ProgramRecorder()).close();
                }
            }));
        }
        for (Future<?> one : all) {
            one.get(2, TimeUnit.MINUTES);
        }
        threads.shutdown();
        assertNothingLeft();
    }

    @Test
    void program_manyMistakes_messageIsBoundedAndNothingIsLeft() {
        StringBuilder source = new StringBuilder("__kernel void k(__global float *a)\n{\n");
        for (int i = 0; i < MISTAKES; i++) {
            source.append("  a[0] = undeclared").append(i).append(";\n");
        }
        try (DeviceSession session = TestDevice.open(folder)) {
            long before = LiveObjects.count();
            OpenClException thrown = assertThrows(OpenClException.class,
                    () -> session.program(source.append("}\n").toString()));
            assertEquals(before, LiveObjects.count(), "programs");
            assertTrue(thrown.getMessage().lines().count() <= 22, thrown.getMessage());
            assertTrue(thrown.getMessage().startsWith("clBuildProgram: CL_BUILD_PROGRAM_FAILURE\n"));
            assertTrue(thrown.getMessage().contains("more lines)"), thrown.getMessage());
            assertTrue(thrown.detail().lines().count() > 22, thrown.detail());
        }
        assertNothingLeft();
    }

    @Test
    void program_cachedBinaryThatTheDriverRefuses_isBuiltAnewAndNothingIsLeft() throws Exception {
        try (DeviceSession session = TestDevice.open(folder); Program first = session.program(GOOD)) {
            first.kernel("k").close();
        }
        Path kept;
        try (var files = Files.list(folder)) {
            kept = files.findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(kept);
        byte[] none = new byte[5000];
        byte[] refused = ByteBuffer.allocate(HEADER + none.length).put(whole, 0, UP_TO_LENGTH).putInt(none.length)
                .put(MessageDigest.getInstance("SHA-256").digest(none)).put(none).array();
        Files.write(kept, refused);
        try (DeviceSession session = TestDevice.open(folder); Program again = session.program(GOOD)) {
            again.kernel("k").close();
        }
        assertArrayEquals(Arrays.copyOf(whole, UP_TO_LENGTH), Arrays.copyOf(Files.readAllBytes(kept), UP_TO_LENGTH));
        assertTrue(Files.size(kept) > refused.length, "it was not built anew");
        assertNothingLeft();
    }

    @Test
    void program_fileOfBytesThatTheDriverRefuses_isOneLineAndNothingIsLeft() throws Exception {
        Path path = folder.resolve("x.clbin");
        try (DeviceSession session = TestDevice.open(folder)) {
            new ProgramFileWriter(session.device(), Map.of()).add("k0",
                    new RecordedProgram(GOOD, "-cl-std=CL1.2", List.of("k"), new byte[5000])).write(path);
            long before = LiveObjects.count();
            try (DeviceSession filed = DeviceSession.open(session.device(), ProgramFile.open(path))) {
                ProgramFileException thrown = assertThrows(ProgramFileException.class, () -> filed.program(GOOD));
                assertEquals(1, thrown.getMessage().lines().count(), thrown.getMessage());
            }
            assertEquals(before, LiveObjects.count(), "programs");
        }
        assertNothingLeft();
    }

    /** The first program is missing, or the second, and so on: each time something else has been made before. */
    @Test
    void engine_oneProgramMissing_failsAndLeavesNothing() throws Exception {
        RecoveryNetwork network = OnnxReader.read(SmallNetworks.ista(folder.resolve("n.onnx")));
        Device device = Platforms.discover().select(System.getProperty("reluctor.device", Platforms.AUTO));
        LaunchParameters parameters = new LaunchParameters(LaunchParameters.of(device).form(), 2, 0, true,
                WeightFormat.FLOAT32);
        ProgramRecorder recorder = new ProgramRecorder();
        try (DeviceSession session = DeviceSession.open(device, recorder);
                Engine engine = Engine.create(network, session, parameters, 4)) {
            engine.rehearse();
            recorder.collect();
        }
        assertNothingLeft();
        List<RecordedProgram> programs = recorder.programs();
        assertTrue(programs.size() >= 2, programs.size() + " programs");
        for (RecordedProgram missing : programs) {
            ProgramFileWriter writer = new ProgramFileWriter(device, Map.of());
            programs.stream().filter(program -> program != missing).forEach(program -> writer.add("k", program));
            Path path = folder.resolve("lacking.clbin");
            writer.write(path);
            try (DeviceSession session = DeviceSession.open(device, ProgramFile.open(path))) {
                assertThrows(ProgramFileException.class, () -> Engine.create(network, session, parameters, 4));
            }
            assertNothingLeft();
        }
    }

    @Test
    void close_twice_doesNothingMore() {
        DeviceSession session = TestDevice.open(folder);
        session.close();
        session.close();
        assertNothingLeft();
    }
}
