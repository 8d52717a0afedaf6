package org.reluctor.stream.authentication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.Mac0Purpose;

/**
 * The keys of sensors: a folder in which the file {@code site/sensor.key} holds that sensor's key as 64 hexadecimal
 * digits. A key is read when its sensor is first heard, so a sensor is added by adding a file; and again when it does
 * not fit, so a key is changed by changing its file. Stateless; any thread.
 */
public final class SensorKeys {
    private static final String ENDING = ".key";
    private static final int DIGITS = 2 * FrameKey.BYTES;
    /** Digits, and the line's end that editors put behind them. */
    private static final int MOST_BYTES = DIGITS + 2;

    private final Path folder;

    /**
     * The keys in a folder.
     *
     * @throws IllegalArgumentException if it is no folder that can be read
     */
    public SensorKeys(Path folder) {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            throw new IllegalArgumentException(folder + " is no folder that can be read; must be one with files such "
                    + "as site/sensor" + ENDING);
        }
        this.folder = folder;
    }

    /** The key of a sensor for its frames; otherwise as {@link #find(String, Mac0Purpose)}. */
    public FrameKey find(String sensor) throws SensorKeyException {
        return find(sensor, Mac0Purpose.FRAME);
    }

    /**
     * The key of a sensor, or null where there is none.
     *
     * @param sensor "site/sensor", names as {@link org.reluctor.stream.Topics} has them, which lead out of no folder
     * @throws SensorKeyException if there is a file, but no key in it
     */
    public FrameKey find(String sensor, Mac0Purpose purpose) throws SensorKeyException {
        Path file = folder.resolve(sensor + ENDING);
        // Most of those without a key are invented: one look, and no exception with its trace of the stack.
        if (!file.toFile().exists()) {
            return null;
        }
        try {
            return read(file, purpose);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The key in a file, for frames; otherwise as {@link #read(Path, Mac0Purpose)}. */
    public static FrameKey read(Path file) throws SensorKeyException, NoSuchFileException {
        return read(file, Mac0Purpose.FRAME);
    }

    /**
     * The key in a file.
     *
     * @throws SensorKeyException  if there is none in it
     * @throws NoSuchFileException if there is no such file
     */
    public static FrameKey read(Path file, Mac0Purpose purpose) throws SensorKeyException, NoSuchFileException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new SensorKeyException(file + " has " + Files.size(file) + " bytes; must hold " + DIGITS
                        + " hexadecimal digits");
            }
            String digits = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return new FrameKey(HexFormat.of().parseHex(digits), purpose);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SensorKeyException(file + " holds no key; must hold " + DIGITS + " hexadecimal digits");
        } catch (IOException e) {
            throw new SensorKeyException(file + " cannot be read; must be readable for the gateway");
        }
    }
}
