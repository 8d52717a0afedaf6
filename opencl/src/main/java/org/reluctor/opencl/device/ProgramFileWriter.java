package org.reluctor.opencl.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.Sha256;

/** Puts built programs into a {@link ProgramFile}. */
public final class ProgramFileWriter {
    private final Device device;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<ProgramFileHeader.Entry> entries = new ArrayList<>();
    private final List<byte[]> binaries = new ArrayList<>();

    /**
     * A file without programs.
     *
     * @param device that they are for
     * @param notes  facts for {@link ProgramFile#facts}
     */
    public ProgramFileWriter(Device device, Map<String, String> notes) {
        this.device = device;
        facts.putAll(notes);
        facts.put(ProgramFileHeader.PLATFORM, device.platform());
        facts.put(ProgramFileHeader.DEVICE, device.name());
        facts.put(ProgramFileHeader.VERSION, device.version());
        facts.put(ProgramFileHeader.DRIVER, device.driver());
    }

    /**
     * Adds a program.
     *
     * @param name    for messages
     * @param sha256  of its source, 64 hexadecimal digits
     * @param options that it was built with
     * @param binary  the driver's
     */
    public ProgramFileWriter add(String name, String sha256, String options, byte[] binary) {
        entries.add(new ProgramFileHeader.Entry(name, sha256, options, 0, binary.length,
                Sha256.of(binary)));
        binaries.add(binary);
        return this;
    }

    /** {@link #add} of a program that was compiled here. */
    public ProgramFileWriter add(String name, RecordedProgram program) {
        return add(name, program.sha256(), program.options(), program.binary());
    }

    /**
     * Writes the file in one step: all of it appears, or nothing.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path path) throws IOException {
        byte[] header = new ProgramFileHeader(facts, entries).encode();
        List<byte[]> parts = new ArrayList<>(List.of(ProgramFile.prologue(header), header));
        parts.addAll(binaries);
        AtomicFile.write(path, parts.toArray(byte[][]::new));
    }
}
