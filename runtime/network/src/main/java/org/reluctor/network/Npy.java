package org.reluctor.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Arrays in NumPy's .npy format (versions 1 to 3). Reads float32, float64 and small integers, little-endian, in C
 * order, as float32; writes float32. Sizes are checked against the file's length before anything is allocated.
 */
public final class Npy {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final long MOST_ELEMENTS = 1L << 28;

    private Npy() {
    }

    /** An array: its dimensions, outermost first, and its elements, row-major. */
    public record FloatArray(int[] shape, float[] data) {
    }

    /**
     * Reads a file. float64 and int32 are rounded to the nearest float32.
     *
     * @throws NetworkFormatException if it cannot be read, is no such array, or holds a number beyond float32
     */
    public static FloatArray read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            NpyHeader header = NpyHeader.read(channel);
            long elements = header.elements();
            long expected = header.dataOffset() + elements * header.element().bytes();
            if (elements > MOST_ELEMENTS) {
                throw new IllegalArgumentException("the array has " + elements + " elements; at most " + MOST_ELEMENTS
                        + " are read");
            }
            if (channel.size() != expected) {
                throw new IllegalArgumentException("the file has " + channel.size() + " bytes, but its header says "
                        + expected + (channel.size() < expected ? "; it is cut off" : ""));
            }
            return new FloatArray(header.shape(), data(channel, header.element(), (int) elements));
        } catch (IllegalArgumentException unfit) {
            throw new NetworkFormatException(file + ": " + unfit.getMessage(), unfit);
        } catch (IOException unreadable) {
            throw FileFailure.of(file, unreadable);
        }
    }

    private static float[] data(FileChannel channel, NpyElement element, int elements) throws IOException {
        float[] data = new float[elements];
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < elements) {
            int count = Math.min(elements - at, CHUNK_BYTES / element.bytes());
            chunk.clear().limit(count * element.bytes());
            NpyHeader.fill(channel, chunk);
            for (int end = at + count; at < end; at++) {
                data[at] = element.next(chunk, at);
            }
        }
        return data;
    }

    /**
     * Writes float32, C order, version 1, replacing the file at once.
     *
     * @throws IllegalArgumentException if the shape does not have as many elements as the data
     */
    public static void write(Path file, FloatArray array) throws IOException {
        long elements = ReshapeRule.product(array.shape(), 0, array.shape().length);
        if (elements != array.data().length || elements * Float.BYTES > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(array.data().length + " elements for a shape of " + elements);
        }
        ByteBuffer body = ByteBuffer.allocate(array.data().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        body.asFloatBuffer().put(array.data());
        AtomicFile.write(file, ByteBuffer.wrap(NpyHeader.encode(array.shape())), body);
    }

    /** Writes float32 elements of the given dimensions; see {@link #write(Path, FloatArray)}. */
    public static void write(Path file, float[] data, int... shape) throws IOException {
        write(file, new FloatArray(shape, data));
    }
}
