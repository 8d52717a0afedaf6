package org.reluctor.devicetests.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.ProgramFile;
import org.reluctor.opencl.device.ProgramFileWriter;

/**
 * Files of programs that must not reach a driver: one good file, altered in every way that a field or a bad disk knows.
 * Files that are whole but made for something else hold bytes that no driver would survive being asked to run.
 */
final class AlteredPrograms {
    /** Behind magic, format and the header's length; where the header's checksum lies. */
    private static final int HEADER_HASH = 24;
    private static final int HEADER_LENGTH = 20;
    private static final int HEADER = 56;
    private static final String NO_BINARY = "no binary of any driver";

    private final Path folder;
    private final byte[] good;
    private final Map<String, String> facts;
    private final Device device;
    private final List<AlteredProgram> rows = new ArrayList<>();

    private AlteredPrograms(Path folder, Path good, Device device) throws IOException {
        this.folder = folder;
        this.good = Files.readAllBytes(good);
        this.facts = ProgramFile.open(good).facts();
        this.device = device;
    }

    /**
     * A bad file.
     *
     * @param kind   for people
     * @param file   that is given
     * @param status that the command must end with
     * @param words  that the message must have beside the file's name
     */
    record AlteredProgram(String kind, Path file, int status, List<String> words) {
        @Override
        public String toString() {
            return kind;
        }
    }

    /** All kinds, made in that folder from a good file for that device. */
    static List<AlteredProgram> all(Path folder, Path good, Device device) throws IOException {
        AlteredPrograms programs = new AlteredPrograms(folder, good, device);
        programs.damaged();
        programs.forSomethingElse();
        programs.noFile();
        return programs.rows;
    }

    private void damaged() throws IOException {
        int header = ByteBuffer.wrap(good).getInt(HEADER_LENGTH);
        bytes("empty", new byte[0], "is empty");
        bytes("garbage", "#!/bin/sh\necho no programs at all, but text of some length\n"
                .getBytes(StandardCharsets.US_ASCII), "is no file of programs");
        bytes("a driver's binary without our container", Arrays.copyOfRange(good, HEADER + header, good.length),
                "is no file of programs");
        bytes("cut in the header", Arrays.copyOf(good, HEADER + header / 2), "cut off");
        bytes("cut in the programs", Arrays.copyOf(good, HEADER + header + (good.length - HEADER - header) / 2),
                "cut off");
        bytes("cut by one byte", Arrays.copyOf(good, good.length - 1), "cut off");
        bytes("byte flipped in the programs", flipped(HEADER + header + (good.length - HEADER - header) / 2),
                "its program k", "checksum");
        bytes("byte flipped at the end", flipped(good.length - 1), "checksum");
        bytes("byte flipped in the header", flipped(HEADER + header / 2), "header", "checksum");
        bytes("byte flipped in the header's checksum", flipped(HEADER_HASH), "header", "checksum");
        bytes("byte flipped in the header's length", flipped(HEADER_LENGTH), "header");
        bytes("byte flipped in the format", flipped(HEADER_LENGTH - 1), "format");
        byte[] longer = Arrays.copyOf(good, good.length + 16);
        bytes("bytes appended", longer, "after its end");
        bytes("brought as text", new String(good, StandardCharsets.ISO_8859_1).replace("\n", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1), "is no file of programs");
    }

    private void forSomethingElse() throws IOException {
        made("other device", new Device("Mali-G610", "ARM Platform", device.vendor(), device.version(), device.driver(),
                device.kind(), 4, 1, 1, 1, 1, true, null, null), Map.of(), "Mali-G610", device.name());
        made("other driver", new Device(device.name(), device.platform(), device.vendor(), device.version(), "0.1-old",
                device.kind(), 4, 1, 1, 1, 1, true, null, null), Map.of(), "0.1-old", device.driver());
        made("other version of Reluctor", device, Map.of("reluctor", "0.0.9"), "0.0.9");
        made("other network", device, Map.of("networks", "f".repeat(64)), "ffffffffffff", "network");
        made("other weights", device, Map.of("weights", "bfloat16"), "bfloat16", "float32");
        made("smaller batches", device, Map.of("maxBatch", "2"), "at most 2");
        made("other launch parameters", device, Map.of("launchParameters", "none"), "launch parameters");
        made("other source", device, Map.of(), "lacks a program", "other kernels");
    }

    private void noFile() throws IOException {
        rows.add(new AlteredProgram("folder", Files.createDirectories(folder.resolve("folder.clbin")),
                ExitStatus.NO_INPUT, List.of("is no file")));
        rows.add(new AlteredProgram("absent", folder.resolve("absent.clbin"), ExitStatus.NO_INPUT,
                List.of("no such file")));
    }

    private byte[] flipped(int at) {
        byte[] bytes = good.clone();
        bytes[at] ^= 0x10;
        return bytes;
    }

    private void bytes(String kind, byte[] content, String... words) throws IOException {
        Path file = folder.resolve(kind.replace(' ', '-') + ".clbin");
        rows.add(new AlteredProgram(kind, Files.write(file, content), ExitStatus.DATA, List.of(words)));
    }

    private void made(String kind, Device target, Map<String, String> otherFacts, String... words)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.putAll(otherFacts);
        Path file = folder.resolve(kind.replace(' ', '-') + ".clbin");
        new ProgramFileWriter(target, all).add("k0", "0".repeat(64), "-cl-std=CL1.2",
                NO_BINARY.getBytes(StandardCharsets.US_ASCII)).write(file);
        rows.add(new AlteredProgram(kind, file, ExitStatus.DATA, List.of(words)));
    }
}
