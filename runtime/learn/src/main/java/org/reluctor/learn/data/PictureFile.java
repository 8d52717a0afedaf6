package org.reluctor.learn.data;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.reluctor.network.Quote;

/**
 * The luminance of a PNG, JPEG or TIFF file: grey levels as they are stored, colours by ITU-R BT.601 from their gamma
 * encoded components, Y = 0.299 R + 0.587 G + 0.114 B, full range. Transparency is ignored.
 */
final class PictureFile {
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;
    /** Decoders take what a header says for granted; no photograph comes near it. */
    private static final long MOST_PIXELS = 1L << 27;

    static {
        // No file of the user's is worth a temporary one.
        ImageIO.setUseCache(false);
    }

    private PictureFile() {
    }

    /**
     * Reads a picture.
     *
     * @throws DataFormatException if it cannot be read or is damaged
     */
    static Picture read(Path file) {
        String name = DataKind.PICTURES.stem(file.getFileName().toString());
        BufferedImage image = decode(file);
        boolean asStored = image.getRaster().getNumBands() <= 2 && !(image.getColorModel() instanceof IndexColorModel);
        return new Picture(name, image.getWidth(), image.getHeight(), asStored ? grey(file, image) : colours(image));
    }

    private static BufferedImage decode(Path file) {
        if (!Files.isReadable(file)) {
            throw new DataFormatException(file + ": no picture that can be read is there");
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new DataFormatException(file + ": its content is no PNG, JPEG or TIFF picture, whatever its name"
                        + " says");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return checked(file, reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new DataFormatException(file + ": the picture is damaged or of an unknown form ("
                    + Quote.bare(String.valueOf(damaged.getMessage())) + "); save it again as PNG", damaged);
        }
    }

    private static BufferedImage checked(Path file, ImageReader reader) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new DataFormatException(file + ": " + reader.getWidth(0) + "×" + reader.getHeight(0)
                    + " pixels are too many; at most " + MOST_PIXELS + " are read");
        }
        return reader.read(0);
    }

    /** The first band as it is stored: Java's own conversion would take grey levels for linear light. */
    private static float[] grey(Path file, BufferedImage image) {
        Raster raster = image.getRaster();
        int type = raster.getDataBuffer().getDataType();
        int bits = image.getColorModel().getComponentSize(0);
        if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
            throw new DataFormatException(file + ": its grey levels are no whole numbers of 8 or 16 bits; save it again"
                    + " as PNG");
        }
        float[] luminance = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (float[]) null);
        float white = (1 << bits) - 1;
        for (int at = 0; at < luminance.length; at++) {
            luminance[at] /= white;
        }
        return luminance;
    }

    private static float[] colours(BufferedImage image) {
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        float[] luminance = new float[pixels.length];
        for (int at = 0; at < pixels.length; at++) {
            int rgb = pixels[at];
            luminance[at] = (RED * (rgb >> 16 & 0xFF) + GREEN * (rgb >> 8 & 0xFF) + BLUE * (rgb & 0xFF)) / 255f;
        }
        return luminance;
    }
}
