package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.network.Npy;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

/** One small file of every kind, written by other hands than the reader's. */
class ReadersTest {
    @TempDir
    private Path folder;

    @Test
    void csv_withNamesUnitsTimeAndLabels_givesChannelsAndRate() throws IOException {
        Files.writeString(folder.resolve("s07_01_sp.csv"), """
                x_acc [m/s2],"y_acc [m/s2]",timestamp,label
                -4.5,1,1657533977000,SEATED
                -4.25, 2e1,1657533977010,SEATED

                0,.5,1657533977020,TURNING
                """);
        DataFolder data = DataFolder.open(folder);
        assertEquals(DataKind.CSV, data.kind());
        Recording recording = data.recording("s07_01_sp");
        assertEquals("s07", recording.subject());
        assertEquals(100, recording.rateHz(), 1e-9);
        assertEquals(List.of("x_acc", "y_acc"), recording.channels().stream().map(Channel::name).toList());
        assertEquals("m/s2", recording.channel(1).unit());
        assertArrayEquals(new float[] {-4.5f, -4.25f, 0}, recording.channel(0).samples());
        assertArrayEquals(new float[] {1, 20, 0.5f}, recording.channel(1).samples());
    }

    @Test
    void csv_withoutNames_givesNumberedChannels() throws IOException {
        Files.writeString(folder.resolve("plain.csv"), "1;2\r\n3;4\r\n");
        Recording recording = DataFolder.open(folder).recording("plain");
        assertEquals("column 2", recording.channel(1).name());
        assertArrayEquals(new float[] {2, 4}, recording.channel(1).samples());
        assertTrue(Double.isNaN(recording.rateHz()));
    }

    @Test
    void idx_gzippedImages_areFromBlackToWhite() throws IOException {
        byte[] plain = ByteBuffer.allocate(16 + 12).putInt(0x0803).putInt(2).putInt(2).putInt(3)
                .put(new byte[] {0, (byte) 255, 51, 0, 0, 0, 1, 2, 3, 4, 5, 102}).array();
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(
                folder.resolve("t10k-images-idx3-ubyte.gz")))) {
            out.write(plain);
        }
        List<Picture> pictures = DataFolder.open(folder).pictures("t10k");
        assertEquals(2, pictures.size());
        assertEquals("t10k-1", pictures.get(1).name());
        assertEquals(3, pictures.get(0).width());
        assertEquals(2, pictures.get(0).height());
        assertArrayEquals(new float[] {0, 1, 0.2f, 0, 0, 0}, pictures.get(0).luminance());
        assertEquals(0.4f, pictures.get(1).at(2, 1));
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), java.util.Arrays.copyOf(plain, 25));
        assertTrue(assertThrows(DataFormatException.class, () -> DataFolder.open(folder).pictures("t10k"))
                .getMessage().contains("ends after 1 whole images"));
    }

    @Test
    void picture_greyLevels_areAsStored() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 51);
        grey.getRaster().setSample(1, 0, 0, 255);
        BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 13_107);
        ImageIO.write(grey, "png", folder.resolve("grey.png").toFile());
        ImageIO.write(deep, "tiff", folder.resolve("deep.TIF").toFile());
        DataFolder data = DataFolder.open(folder);
        assertEquals(List.of("deep", "grey"), data.names());
        assertArrayEquals(new float[] {0.2f, 1}, data.pictures("grey").get(0).luminance());
        assertArrayEquals(new float[] {0.2f, 0}, data.pictures("deep").get(0).luminance());
    }

    @Test
    void picture_colours_areWeightedByBt601() throws IOException {
        BufferedImage colours = new BufferedImage(4, 1, BufferedImage.TYPE_INT_RGB);
        int[] pixels = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF};
        colours.setRGB(0, 0, 4, 1, pixels, 0, 4);
        ImageIO.write(colours, "png", folder.resolve("colours.png").toFile());
        assertArrayEquals(new float[] {0.299f, 0.587f, 0.114f, 1},
                DataFolder.open(folder).pictures("colours").get(0).luminance(), 1e-6f);
    }

    @Test
    void picture_jpeg_isNearWhatWasStored() throws IOException {
        BufferedImage flat = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        flat.createGraphics().fillRect(0, 0, 16, 16);
        ImageIO.write(flat, "jpg", folder.resolve("flat.jpeg").toFile());
        Picture picture = DataFolder.open(folder).pictures("flat").get(0);
        assertEquals(1, picture.at(7, 7), 0.01);
        assertEquals(16, picture.height());
    }

    @Test
    void npy_rows_followOneAnother() throws IOException {
        Npy.write(folder.resolve("windows.npy"), new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Recording recording = DataFolder.open(folder).recording("windows");
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, recording.channel(0).samples());
        Npy.write(folder.resolve("windows.npy"), new float[] {1, Float.POSITIVE_INFINITY}, 2);
        assertTrue(assertThrows(DataFormatException.class, () -> DataFolder.open(folder).recording("windows"))
                .getMessage().contains("windows.npy: element 1 is Infinity"));
    }

    @Test
    void mat_matrix_isReadRowByRow() throws IOException {
        Matrix matrix = Mat5.newMatrix(2, 3);
        for (int at = 0; at < 6; at++) {
            matrix.setDouble(at / 3, at % 3, at + 1);
        }
        Path file = folder.resolve("signal.mat");
        Mat5.writeToFile(Mat5.newMatFile().addArray("x", matrix).addArray("label", Mat5.newString("walk")),
                file.toFile());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6},
                DataFolder.open(folder).recording("signal").channel(0).samples());
        assertEquals(6, MatFile.read(file).matrix("x").at(1, 2));
        assertTrue(assertThrows(DataFormatException.class, () -> MatFile.read(file).matrix("y")).getMessage()
                .contains("no real matrix 'y' in it; here are 'x'"));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 40));
        assertTrue(assertThrows(DataFormatException.class, () -> MatFile.read(file)).getMessage()
                .contains("signal.mat: no MATLAB file of format 5, or damaged"));
    }

    @Test
    void wav_twoChannelsOf16Bits_areInPartsOfFullScale() throws IOException {
        ByteBuffer samples = ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN).putShort((short) 16_384)
                .putShort((short) -32_768).putShort((short) -8_192).putShort((short) 1);
        AudioFormat format = new AudioFormat(8_000, 16, 2, true, false);
        AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(samples.array()), format, 2),
                AudioFileFormat.Type.WAVE, folder.resolve("tone.wav").toFile());
        Recording recording = DataFolder.open(folder).recording("tone");
        assertEquals(8_000, recording.rateHz());
        assertEquals(0.5, recording.channel(0).value(0));
        assertEquals(-0.25, recording.channel(0).value(1));
        assertEquals(-1, recording.channel(1).value(0));
    }

    @Test
    void wav_of8And24Bits_isReadAtItsOwnScale() throws IOException {
        AudioFormat eight = new AudioFormat(100, 8, 1, false, false);
        AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(new byte[] {(byte) 192, 0}), eight, 2),
                AudioFileFormat.Type.WAVE, folder.resolve("eight.wav").toFile());
        AudioFormat deep = new AudioFormat(100, 24, 1, true, false);
        AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(new byte[] {0, 0, 0x40, 0, 0, (byte) 0x80}),
                deep, 2), AudioFileFormat.Type.WAVE, folder.resolve("deep.wav").toFile());
        Channel low = DataFolder.open(folder).recording("eight").channel(0);
        assertEquals(0.5, low.value(0));
        assertEquals(-1, low.value(1));
        Channel high = DataFolder.open(folder).recording("deep").channel(0);
        assertEquals(0.5, high.value(0));
        assertEquals(-1, high.value(1));
    }

    @Test
    void open_severalKinds_asksWhich() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        WfdbFiles.record16(Files.createDirectories(folder.resolve("b")), "r", 1, 2);
        Files.writeString(folder.resolve("a/x.csv"), "1\n2\n");
        String message = assertThrows(DataFormatException.class, () -> DataFolder.open(folder)).getMessage();
        assertTrue(message.contains("holds several kinds of data: wfdb (") && message.contains("csv ("), message);
        assertEquals(List.of("r"), DataFolder.open(folder, DataKind.WFDB).names());
        assertEquals(DataKind.WFDB, DataFolder.open(folder, List.of("r")).kind(), "only that kind has the name");
        assertThrows(DataFormatException.class, () -> DataFolder.open(folder, List.of("r", "x")));
        assertEquals(2, DataFolder.open(folder.resolve("a/x.csv")).recording("x").length());
        String missing = assertThrows(DataFormatException.class, () -> DataFolder.open(folder, DataKind.WAV))
                .getMessage();
        assertTrue(missing.contains("no file of the kind wav"), missing);
        Files.writeString(folder.resolve("b/x.csv"), "1\n2\n");
        assertTrue(assertThrows(DataFormatException.class, () -> DataFolder.open(folder, DataKind.CSV)).getMessage()
                .contains("x.csv: bears the same name as"));
    }
}
