package org.reluctor.learn.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.evaluation.RecoveredPicture;
import org.reluctor.plot.ChartLook;
import org.reluctor.plot.SvgSheet;

/** Pictures above what was recovered of them, on one SVG page. */
public final class PictureSheet {
    private static final int LARGEST = 240;
    private static final int SMALL = 96;
    private static final int GAP = 8;
    private static final int LINE = 16;
    private static final int COLUMNS = 5;

    private PictureSheet() {
    }

    /** Draws them row by row. */
    public static void write(Path file, List<RecoveredPicture> pictures) throws IOException {
        int side = pictures.get(0).truth().width() < SMALL ? SMALL : LARGEST;
        int cellWidth = side + GAP;
        int cellHeight = 2 * side + 2 * GAP + LINE;
        VectorGraphics2D page = new VectorGraphics2D();
        page.setColor(ChartLook.GREY);
        page.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, LINE - 5));
        for (int at = 0; at < pictures.size(); at++) {
            RecoveredPicture picture = pictures.get(at);
            int x = at % COLUMNS * cellWidth;
            int y = at / COLUMNS * cellHeight;
            int height = side * picture.truth().height() / Math.max(picture.truth().width(), picture.truth().height());
            int width = side * picture.truth().width() / Math.max(picture.truth().width(), picture.truth().height());
            page.drawImage(image(picture.truth()), x, y, width, height, null);
            page.drawImage(image(picture.recovered()), x, y + side + GAP, width, height, null);
            page.drawString(String.format(Locale.ROOT, "%s %.1f dB", picture.truth().name(),
                    picture.figures().psnr()), x, y + cellHeight - GAP);
        }
        int rows = (pictures.size() + COLUMNS - 1) / COLUMNS;
        SvgSheet.write(file, page, Math.min(COLUMNS, pictures.size()) * cellWidth, rows * cellHeight);
    }

    private static BufferedImage image(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int level = Math.round(255 * Math.min(1, Math.max(0, picture.at(x, y))));
                image.setRGB(x, y, level * 0x010101);
            }
        }
        return image;
    }
}
