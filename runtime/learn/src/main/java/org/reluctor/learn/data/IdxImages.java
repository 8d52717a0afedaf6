package org.reluctor.learn.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A file of equally large grey pictures in the IDX format of the MNIST database, as it is or compressed by gzip: magic
 * number 0x00000803, count, rows, columns, all big-endian, then a byte a pixel, 0 black to 255 white.
 */
final class IdxImages {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;
    private static final int LARGEST_SIDE = 4096;
    private static final int GZIP_MAGIC = 0x1F8B;

    private IdxImages() {
    }

    /**
     * All pictures, named by the set, a hyphen and their number from 0.
     *
     * @throws DataFormatException if the file is cut off, or holds no images
     */
    static List<Picture> read(Path file) {
        String set = DataKind.IDX.stem(file.getFileName().toString());
        int[] read = {0};
        try (DataInputStream in = new DataInputStream(opened(file))) {
            int count = header(file, in);
            int rows = side(file, "rows", in.readInt());
            int columns = side(file, "columns", in.readInt());
            List<Picture> pictures = new ArrayList<>();
            while (pictures.size() < count) {
                read[0] = pictures.size();
                // Grows with what is there, not with what the header promises.
                byte[] bytes = in.readNBytes(rows * columns);
                if (bytes.length < rows * columns) {
                    throw new EOFException();
                }
                pictures.add(picture(set + "-" + pictures.size(), columns, rows, bytes));
            }
            return pictures;
        } catch (EOFException cut) {
            throw new DataFormatException(file + ": ends after " + read[0] + " whole images; its header promises more:"
                    + " the file is cut off", cut);
        } catch (IOException failed) {
            throw new DataFormatException(file + ": cannot be read: " + failed.getMessage(), failed);
        }
    }

    private static InputStream opened(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        int magic = in.read() << Byte.SIZE | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(in)) : in;
    }

    private static int header(Path file, DataInputStream in) throws IOException {
        int magic = in.readInt();
        if (magic == LABELS) {
            throw new DataFormatException(file + ": a file of labels (magic number 2049); the images are needed, such"
                    + " as t10k-images-idx3-ubyte.gz (magic number 2051)");
        }
        if (magic != IMAGES) {
            throw new DataFormatException(file + ": the magic number is " + magic + "; a file of images begins with "
                    + IMAGES);
        }
        int count = in.readInt();
        if (count < 1) {
            throw new DataFormatException(file + ": the number of images is " + count + "; it must be 1 or more");
        }
        return count;
    }

    private static int side(Path file, String what, int value) {
        if (value < 1 || value > LARGEST_SIDE) {
            throw new DataFormatException(file + ": the number of " + what + " is " + value + "; right is from 1 to "
                    + LARGEST_SIDE);
        }
        return value;
    }

    private static Picture picture(String name, int width, int height, byte[] bytes) {
        float[] luminance = new float[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            luminance[at] = (bytes[at] & 0xFF) / 255f;
        }
        return new Picture(name, width, height, luminance);
    }
}
