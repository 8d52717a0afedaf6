package org.reluctor.learn.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes WFDB records for the tests, byte by byte as the format's description says. */
public final class WfdbFiles {
    private WfdbFiles() {
    }

    /** A header of those lines beside which signal files may lie. */
    public static Path header(Path folder, String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name + ".hea"), String.join("\n", lines) + "\n",
                StandardCharsets.US_ASCII);
    }

    /** A signal file of those bytes, given as 0 to 255. */
    public static void bytes(Path folder, String name, int... values) throws IOException {
        byte[] bytes = new byte[values.length];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) values[at];
        }
        Files.write(folder.resolve(name), bytes);
    }

    /** A record of one signal in format 16, with ADC zero 1024 and gain 200. */
    public static void record16(Path folder, String name, int... samples) throws IOException {
        int[] bytes = new int[2 * samples.length];
        int sum = 0;
        for (int at = 0; at < samples.length; at++) {
            bytes[2 * at] = samples[at] & 0xFF;
            bytes[2 * at + 1] = samples[at] >> 8 & 0xFF;
            sum += samples[at];
        }
        bytes(folder, name + ".dat", bytes);
        header(folder, name, name + " 1 360 " + samples.length,
                name + ".dat 16 200 11 1024 " + samples[0] + " " + (short) sum + " 0 MLII");
    }
}
