package org.reluctor.learn.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** Twelve kinds of data that cannot be used, and what is to be said about each. */
public enum UnfitData {
    TRUNCATED_SAMPLES("r.dat: 5 bytes of samples", "1 signals of 4 samples in format 16 need 8", "cut off") {
        @Override
        public void make(Path folder) throws IOException {
            WfdbFiles.record16(folder, "r", 1, 2, 3, 4);
            WfdbFiles.bytes(folder, "r.dat", 1, 0, 2, 0, 3);
        }
    },
    MORE_CHANNELS_PROMISED("r.hea:1: the header promises 3 signals but describes 2", "one line for each") {
        @Override
        public void make(Path folder) throws IOException {
            WfdbFiles.header(folder, "r", "r 3 360 4", "r.dat 16", "r.dat 16");
        }
    },
    UNKNOWN_WFDB_FORMAT("r.hea:2: the format is 310", "known are 16, 212") {
        @Override
        public void make(Path folder) throws IOException {
            WfdbFiles.header(folder, "r", "r 1 360 4", "r.dat 310");
        }
    },
    NO_SAMPLES("r.dat: the signal file that the header names is not there", "put it beside") {
        @Override
        public void make(Path folder) throws IOException {
            WfdbFiles.header(folder, "r", "r 1 360 4", "r.dat 212");
        }
    },
    NAN_IN_CSV("s1_walk.csv:4: column 'y' holds 'NaN'", "must be a finite number") {
        @Override
        public void make(Path folder) throws IOException {
            Files.writeString(folder.resolve("s1_walk.csv"), "x,y\n1,2\n3,4\n5,NaN\n");
        }
    },
    RAGGED_CSV("s1_walk.csv:3: the line has 1 columns, the first line has 2", "equally many") {
        @Override
        public void make(Path folder) throws IOException {
            Files.writeString(folder.resolve("s1_walk.csv"), "x,y\n1,2\n3\n");
        }
    },
    IMAGE_TOO_SMALL("picture small is 20×15 pixels", "a block needs 16×16") {
        @Override
        public void make(Path folder) throws IOException {
            ImageIO.write(new BufferedImage(20, 15, BufferedImage.TYPE_BYTE_GRAY), "png",
                    folder.resolve("small.png").toFile());
        }
    },
    CORRUPT_PNG("photo.png: the picture is damaged", "save it again as PNG") {
        @Override
        public void make(Path folder) throws IOException {
            Path file = folder.resolve("photo.png");
            BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 64 * 64; pixel++) {
                image.setRGB(pixel % 64, pixel / 64, pixel * 2_654_435);
            }
            ImageIO.write(image, "png", file.toFile());
            byte[] bytes = Files.readAllBytes(file);
            Arrays.fill(bytes, bytes.length / 3, bytes.length / 2, (byte) 0xA5);
            Files.write(file, bytes);
        }
    },
    EMPTY_FOLDER(": nothing to read in it", "right is a folder", "wfdb (*.hea)") {
        @Override
        public void make(Path folder) {
            // That is it.
        }
    },
    LABELS_FOR_IMAGES("t10k-images-idx3-ubyte: a file of labels (magic number 2049)", "the images are needed") {
        @Override
        public void make(Path folder) throws IOException {
            Files.write(folder.resolve("t10k-images-idx3-ubyte"),
                    ByteBuffer.allocate(12).putInt(0x0801).putInt(4).array());
        }
    },
    ARRAY_OF_OBJECTS("o.npy: the elements are '|O'", "Python objects, which are never loaded",
            "numpy.save(file, array.astype('<f4'))") {
        @Override
        public void make(Path folder) throws IOException {
            String header = String.format("%-117s\n", "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }");
            byte[] text = header.getBytes(StandardCharsets.US_ASCII);
            Files.write(folder.resolve("o.npy"), ByteBuffer.allocate(10 + text.length)
                    .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0}).put(text)
                    .array());
        }
    },
    TOO_FEW_FOR_THE_SPLIT("2 records of 1 subjects are too few for a split", "at least 2 subjects") {
        @Override
        public void make(Path folder) throws IOException {
            WfdbFiles.record16(folder, "201", 1, 2, 3, 4);
            WfdbFiles.record16(folder, "202", 1, 2, 3, 4);
        }
    };

    private final List<String> words;

    UnfitData(String... words) {
        this.words = List.of(words);
    }

    /** Lays it into an empty folder. */
    public abstract void make(Path folder) throws IOException;

    /** What the one message holds: place, value, what would be right. */
    public List<String> words() {
        return words;
    }
}
