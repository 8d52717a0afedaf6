package org.reluctor.opencl.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.opencl.file.Sha256;

/**
 * Built programs in one file, for devices and machines that cannot compile: 16 bytes by which it is known, the
 * format's version and the header's length (4 bytes each, big-endian), the header's SHA-256, the header (facts and one
 * entry a program), and the drivers' binaries one after the other, whose lengths and SHA-256 the header has.
 *
 * <p>Drivers do not check what they are given: a truncated binary can abort the process, a changed byte is executed. So
 * everything is checked when the file is opened, and a binary again when it is read. That finds damage and mix-ups; it
 * proves nothing about who made the file. Immutable; holds no binary in memory.
 */
public final class ProgramFile {
    private static final int FORMAT = 1;
    private static final byte[] MAGIC = "RELUCTOR-KERNEL\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PROLOGUE_BYTES = MAGIC.length + 2 * Integer.BYTES + Sha256.BYTES;
    private static final int MOST_HEADER_BYTES = 1 << 24;

    private final Path path;
    private final ProgramFileHeader header;
    private final long contentOffset;

    private ProgramFile(Path path, ProgramFileHeader header, long contentOffset) {
        this.path = path;
        this.header = header;
        this.contentOffset = contentOffset;
    }

    /**
     * Opens a file and checks all of it.
     *
     * @throws ProgramFileException if it is no such file, or not whole, or changed
     */
    public static ProgramFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new ProgramFileException(path, Files.exists(path) ? "is no file" : "no such file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] prologue = in.readNBytes(PROLOGUE_BYTES);
            ByteBuffer fields = ByteBuffer.wrap(prologue);
            require(path, prologue.length > 0, "is empty");
            int known = Math.min(prologue.length, MAGIC.length);
            require(path, Arrays.equals(prologue, 0, known, MAGIC, 0, known), "is no file of programs");
            require(path, prologue.length == PROLOGUE_BYTES, "was cut off: it ends inside its header");
            fields.position(MAGIC.length);
            int format = fields.getInt();
            require(path, format == FORMAT, "is of format " + format + "; this version reads format " + FORMAT);
            int length = fields.getInt();
            require(path, length >= 0 && length <= MOST_HEADER_BYTES, "its header does not match its checksum");
            byte[] bytes = in.readNBytes(length);
            require(path, bytes.length == length, "was cut off: it ends inside its header");
            require(path, Arrays.equals(Sha256.of(bytes), 0, Sha256.BYTES, prologue, fields.position(),
                    PROLOGUE_BYTES), "its header does not match its checksum");
            ProgramFileHeader header = ProgramFileHeader.decode(bytes);
            checkContent(path, in, header);
            return new ProgramFile(path, header, PROLOGUE_BYTES + (long) length);
        } catch (IOException e) {
            throw new ProgramFileException(path, "cannot be read (" + IoReason.of(e) + ")", e);
        }
    }

    private static void checkContent(Path path, InputStream in, ProgramFileHeader header) throws IOException {
        byte[] chunk = new byte[1 << 16];
        for (ProgramFileHeader.Entry program : header.programs()) {
            MessageDigest digest = Sha256.digest();
            for (long left = program.length(); left > 0;) {
                int read = in.readNBytes(chunk, 0, (int) Math.min(left, chunk.length));
                require(path, read > 0, "was cut off: it should hold " + header.contentBytes() + " bytes of programs");
                digest.update(chunk, 0, read);
                left -= read;
            }
            require(path, Arrays.equals(digest.digest(), program.hash()), altered(program));
        }
        require(path, in.read() < 0, "goes on after its end: bytes were appended, or it is two files in one");
    }

    private static String altered(ProgramFileHeader.Entry program) {
        return "its program " + program.name() + " does not match its checksum: the file was damaged or altered";
    }

    /** What whoever wrote the file noted in it, beside the device. */
    public Map<String, String> facts() {
        return Collections.unmodifiableMap(header.facts());
    }

    /** The file itself. */
    public Path path() {
        return path;
    }

    /** Name and platform of the device that it was made for. */
    public String device() {
        return header.fact(ProgramFileHeader.DEVICE) + " (" + header.fact(ProgramFileHeader.PLATFORM) + ")";
    }

    /** Names of its programs. */
    public List<String> programs() {
        return header.programs().stream().map(ProgramFileHeader.Entry::name).toList();
    }

    /**
     * Makes sure that the file was made for a device and the driver that it now has.
     *
     * @throws ProgramFileException naming both, if not
     */
    public void requireFor(Device device) {
        require(path, device().equals(device.toString()), "was made for the device " + device() + ", and this is "
                + device);
        String driver = header.fact(ProgramFileHeader.DRIVER);
        require(path, driver.equals(device.driver()), "was made with driver " + driver + ", and " + device
                + " now has driver " + device.driver());
        String version = header.fact(ProgramFileHeader.VERSION);
        require(path, version.equals(device.version()), "was made for \"" + version + "\", and " + device
                + " now is \"" + device.version() + "\"");
    }

    /**
     * The binary of a source, checked once more.
     *
     * @throws ProgramFileException if there is none, or the file was changed since it was opened
     */
    byte[] binary(String source, String options) {
        String sha256 = RecordedProgram.sha256(source);
        ProgramFileHeader.Entry program = header.programs().stream()
                .filter(entry -> entry.sha256().equals(sha256) && entry.options().equals(options)).findFirst()
                .orElseThrow(() -> new ProgramFileException(path, "lacks a program that is needed here (source "
                        + sha256.substring(0, 16) + "…, " + options + "): it was made from other kernels"));
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(contentOffset + program.offset());
            byte[] binary = in.readNBytes((int) program.length());
            require(path, Arrays.equals(Sha256.of(binary), program.hash()), altered(program));
            return binary;
        } catch (IOException e) {
            throw new ProgramFileException(path, "cannot be read (" + IoReason.of(e) + ")", e);
        }
    }

    /** What stands in front of the header. */
    static byte[] prologue(byte[] header) {
        return ByteBuffer.allocate(PROLOGUE_BYTES).put(MAGIC).putInt(FORMAT).putInt(header.length)
                .put(Sha256.of(header)).array();
    }

    private static void require(Path path, boolean condition, String otherwise) {
        if (!condition) {
            throw new ProgramFileException(path, otherwise);
        }
    }
}
