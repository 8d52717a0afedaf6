package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Twelve kinds of unfit data: each ends in one message that names the place, the value and what would be right. */
class BadDataTest {
    @TempDir
    private Path folder;

    /** What is laid into an empty folder, and how it is then used. */
    private interface Damage {
        void make(Path folder) throws IOException;
    }

    private interface Use {
        void of(Path folder);
    }

    private static Arguments kind(String name, Damage damage, Use use, String... words) {
        return Arguments.of(name, damage, use, List.of(words));
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind("truncated .dat", at -> {
                    WfdbFiles.record16(at, "r", 1, 2, 3, 4);
                    WfdbFiles.bytes(at, "r.dat", 1, 0, 2, 0, 3);
                }, readAll(), "r.dat: 5 bytes of samples", "1 signals of 4 samples in format 16 need 8", "cut off"),
                kind(".hea promising more channels", at ->
                        WfdbFiles.header(at, "r", "r 3 360 4", "r.dat 16", "r.dat 16"),
                        readAll(), "r.hea:1: the header promises 3 signals but describes 2", "one line for each"),
                kind("unknown WFDB format", at -> WfdbFiles.header(at, "r", "r 1 360 4", "r.dat 310"),
                        readAll(), "r.hea:2: the format is 310", "known are 16, 212"),
                kind(".hea without .dat", at -> WfdbFiles.header(at, "r", "r 1 360 4", "r.dat 212"),
                        readAll(), "r.dat: the signal file that the header names is not there", "put it beside"),
                kind("NaN in CSV", at -> Files.writeString(at.resolve("s1_walk.csv"), "x,y\n1,2\n3,4\n5,NaN\n"),
                        readAll(), "s1_walk.csv:4: column 'y' holds 'NaN'", "must be a finite number"),
                kind("ragged CSV", at -> Files.writeString(at.resolve("s1_walk.csv"), "x,y\n1,2\n3\n"),
                        readAll(), "s1_walk.csv:3: the line has 1 columns, the first line has 2", "equally many"),
                kind("image too small", at -> ImageIO.write(new BufferedImage(20, 15, BufferedImage.TYPE_BYTE_GRAY),
                        "png", at.resolve("small.png").toFile()),
                        at -> Tiling.of(DataFolder.open(at).pictures("small").get(0), 16),
                        "picture small is 20×15 pixels", "a block needs 16×16"),
                kind("corrupt PNG", BadDataTest::corruptPng, readAll(), "photo.png: the picture is damaged",
                        "save it again as PNG"),
                kind("empty folder", at -> { }, readAll(), ": nothing to read in it", "right is a folder",
                        "wfdb (*.hea)"),
                kind("label file for image file", at -> Files.write(at.resolve("t10k-images-idx3-ubyte"),
                        ByteBuffer.allocate(12).putInt(0x0801).putInt(4).array()), readAll(),
                        "t10k-images-idx3-ubyte: a file of labels (magic number 2049)", "the images are needed"),
                kind(".npy of objects", BadDataTest::objects, readAll(), "o.npy: the elements are '|O'",
                        "Python objects, which are never loaded", "numpy.save(file, array.astype('<f4'))"),
                kind("records too few for the split", at -> {
                    WfdbFiles.record16(at, "201", 1, 2, 3, 4);
                    WfdbFiles.record16(at, "202", 1, 2, 3, 4);
                }, BadDataTest::split, "2 records of 1 subjects are too few for a split", "at least 2 subjects"));
    }

    private static Use readAll() {
        return at -> {
            DataFolder data = DataFolder.open(at);
            for (String name : data.names()) {
                Object read = data.kind().holdsPictures() ? data.pictures(name) : data.recording(name);
                assertFalse(read.toString().isEmpty());
            }
        };
    }

    private static void split(Path at) {
        DataFolder data = DataFolder.open(at);
        RecordSplit.drawn(RecordSplit.subjects(data.names().stream().map(data::recording).toList()), 0.5, 1);
    }

    private static void corruptPng(Path at) throws IOException {
        Path file = at.resolve("photo.png");
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 64 * 64; pixel++) {
            image.setRGB(pixel % 64, pixel / 64, pixel * 2_654_435);
        }
        ImageIO.write(image, "png", file.toFile());
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 3, bytes.length / 2, (byte) 0xA5);
        Files.write(file, bytes);
    }

    private static void objects(Path at) throws IOException {
        String header = String.format("%-117s\n", "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }");
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        Files.write(at.resolve("o.npy"), ByteBuffer.allocate(10 + text.length)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0}).put(text).array());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void read_unfitData_saysPlaceValueAndWhatIsRight(String name, Damage damage, Use use, List<String> words)
            throws IOException {
        damage.make(folder);
        String message = assertThrows(DataFormatException.class, () -> use.of(folder)).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), () -> "'" + word + "' is missing in: " + message);
        }
        assertEquals(1, message.lines().count(), message);
        assertFalse(message.contains("Exception"), message);
    }
}
