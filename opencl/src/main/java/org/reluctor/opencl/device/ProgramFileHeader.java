package org.reluctor.opencl.device;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.file.Sha256;

/**
 * What a {@link ProgramFile} says of itself, between its prologue and its binaries: facts as pairs of texts, then one
 * entry a program. Texts as {@link DataOutputStream#writeUTF} writes them, numbers big-endian.
 *
 * @param facts    key to value, in order
 * @param programs in the order of their binaries
 */
record ProgramFileHeader(Map<String, String> facts, List<Entry> programs) {
    /** Facts by which a device is told from another, and its driver from another version. */
    static final String PLATFORM = "platform";
    static final String DEVICE = "device";
    static final String VERSION = "version";
    static final String DRIVER = "driver";

    /**
     * A program's binary.
     *
     * @param name    for messages
     * @param sha256  of its source, hexadecimal
     * @param options that it was built with
     * @param offset  of the binary, behind the header
     * @param length  of the binary
     * @param hash    SHA-256 of the binary
     */
    record Entry(String name, String sha256, String options, long offset, long length, byte[] hash) {
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(facts.size());
            for (Map.Entry<String, String> fact : facts.entrySet()) {
                out.writeUTF(fact.getKey());
                out.writeUTF(fact.getValue());
            }
            out.writeInt(programs.size());
            for (Entry program : programs) {
                out.writeUTF(program.name());
                out.writeUTF(program.sha256());
                out.writeUTF(program.options());
                out.writeLong(program.length());
                out.write(program.hash());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The header of those bytes, which have passed their checksum; an {@link IOException} where they make none. */
    static ProgramFileHeader decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        Map<String, String> facts = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            facts.put(in.readUTF(), in.readUTF());
        }
        List<Entry> programs = new ArrayList<>();
        long offset = 0;
        for (int left = in.readInt(); left > 0; left--) {
            Entry program = new Entry(in.readUTF(), in.readUTF(), in.readUTF(), offset, in.readLong(),
                    in.readNBytes(Sha256.BYTES));
            if (program.length() < 0 || program.length() > Integer.MAX_VALUE) {
                throw new IOException("a program of " + program.length() + " bytes");
            }
            programs.add(program);
            offset += program.length();
        }
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes after its last entry");
        }
        return new ProgramFileHeader(facts, programs);
    }

    /** Bytes of all binaries together. */
    long contentBytes() {
        return programs.stream().mapToLong(Entry::length).sum();
    }

    String fact(String key) {
        return facts.getOrDefault(key, "");
    }
}
