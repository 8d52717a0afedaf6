package org.reluctor.devicetests.sensor;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.devicetests.NativeBuild;
import org.reluctor.devicetests.ProjectFiles;

/** The encoder of {@code device-tests/sensor}, compiled, within a program that reads samples and writes frames. */
final class SensorProgram {
    private static final List<String> STRICT = List.of("-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror");

    private final Path folder;
    private final Path program;

    private SensorProgram(Path folder, Path program) {
        this.folder = folder;
        this.program = program;
    }

    /** For this machine. */
    static SensorProgram compile(Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve("sensor-frames");
        List<String> command = new ArrayList<>(List.of("gcc", "-O2"));
        command.addAll(STRICT);
        command.addAll(List.of("-I", encoder("").toString(), encoder("reluctor_sensor.c").toString(),
                NativeBuild.source("sensor-frames").toString(), "-lcrypto", "-o",
                program.toString()));
        NativeBuild.run(folder, command, null);
        return new SensorProgram(folder, program);
    }

    /** The encoder alone, for a processor without an operating system or library; returns the size of its code. */
    static long codeBytes(Path folder, String target, String... options) throws IOException, InterruptedException {
        Path object = folder.resolve("reluctor_sensor.o");
        List<String> command = new ArrayList<>(List.of("clang", "--target=" + target, "-ffreestanding", "-Wconversion",
                "-Os", "-c", encoder("reluctor_sensor.c").toString(), "-o", object.toString()));
        command.addAll(STRICT);
        command.addAll(List.of(options));
        NativeBuild.run(folder, command, null);
        return Files.size(object);
    }

    private static Path encoder(String file) {
        return ProjectFiles.resolve("device-tests/sensor").resolve(file);
    }

    /** The frames of samples, 16 bits each, least significant byte first. */
    List<byte[]> frames(byte[] samples, List<String> arguments) throws IOException, InterruptedException {
        Path input = Files.write(folder.resolve("samples"), samples);
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        List<byte[]> frames = new ArrayList<>();
        byte[] written = Files.readAllBytes(NativeBuild.run(folder, command, input));
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(written))) {
            while (in.available() > 0) {
                byte[] frame = new byte[Integer.reverseBytes(in.readInt())];
                in.readFully(frame);
                frames.add(frame);
            }
        } catch (EOFException cut) {
            throw new IOException("the last frame is cut off", cut);
        }
        return frames;
    }
}
