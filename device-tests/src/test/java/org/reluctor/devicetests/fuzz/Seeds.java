package org.reluctor.devicetests.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.reluctor.devicetests.ProjectFiles;

/** Inputs that the fuzzer begins with: files of the project. */
final class Seeds {
    /** The sensor of config/vectors. */
    static final String SENSOR = "ward3/ecg-7";

    private Seeds() {
    }

    /** The payload in a file of config/vectors. */
    static byte[] vector(String name) {
        return HexFormat.of().parseHex(text("config/vectors/" + name + ".hex").strip());
    }

    /** All payloads in config/vectors whose names begin so. */
    static Stream<byte[]> vectors(String beginning) {
        String[] files = ProjectFiles.resolve("config/vectors").toFile().list();
        return Arrays.stream(files).filter(name -> name.startsWith(beginning) && name.endsWith(".hex")).sorted()
                .map(name -> vector(name.substring(0, name.length() - ".hex".length())));
    }

    static byte[] bytes(String file) {
        return text(file).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Characters are bytes. */
    static String text(String file) {
        try {
            return Files.readString(ProjectFiles.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Several files as one input: each but the last behind its length in two bytes.
     *
     * @see #parts
     */
    static byte[] joined(byte[]... files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(files).subList(0, files.length - 1).forEach(file -> {
            all.write(file.length >> 8);
            all.write(file.length);
            all.writeBytes(file);
        });
        all.writeBytes(files[files.length - 1]);
        return all.toByteArray();
    }

    /** The files of such an input; what any input holds, good or not, is dealt out. */
    static byte[][] parts(byte[] input, int count) {
        byte[][] parts = new byte[count][];
        int at = 0;
        for (int part = 0; part < count - 1; part++) {
            int length = input.length - at < 2 ? 0 : (input[at] & 0xff) << 8 | input[at + 1] & 0xff;
            int from = Math.min(input.length, at + 2);
            at = Math.min(input.length, from + length);
            parts[part] = Arrays.copyOfRange(input, from, at);
        }
        parts[count - 1] = Arrays.copyOfRange(input, at, input.length);
        return parts;
    }
}
