package org.reluctor.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.geom.AffineTransform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Charts of one size side by side on one SVG page. */
public final class SvgSheet {
    private final int columns;

    /** @param columns charts beside each other, at least 1 */
    public SvgSheet(int columns) {
        this.columns = columns;
    }

    /** Draws the charts row by row. */
    public void write(Path file, List<XYChart> charts) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out, charts);
        }
    }

    /** The document of the charts, row by row. */
    public String text(List<XYChart> charts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out, charts);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void write(OutputStream out, List<XYChart> charts) throws IOException {
        int width = charts.get(0).getWidth();
        int height = charts.get(0).getHeight();
        VectorGraphics2D page = new VectorGraphics2D();
        AffineTransform origin = page.getTransform();
        for (int at = 0; at < charts.size(); at++) {
            page.setTransform(origin);
            page.translate(at % columns * width, at / columns * height);
            charts.get(at).paint(page, width, height);
        }
        int rows = (charts.size() + columns - 1) / columns;
        write(out, page, Math.min(columns, charts.size()) * width, rows * height);
    }

    /** Writes what was drawn. */
    public static void write(Path file, VectorGraphics2D page, int width, int height) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out, page, width, height);
        }
    }

    private static void write(OutputStream out, VectorGraphics2D page, int width, int height) throws IOException {
        new SVGProcessor().getDocument(page.getCommands(), new PageSize(0, 0, width, height)).writeTo(out);
    }
}
