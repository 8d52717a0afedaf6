package org.reluctor.learn.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Charts of one size side by side on one SVG page. */
final class SvgSheet {
    private final int columns;

    SvgSheet(int columns) {
        this.columns = columns;
    }

    /** Draws the charts row by row. */
    void write(Path file, List<XYChart> charts) throws IOException {
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
        write(file, page, Math.min(columns, charts.size()) * width, rows * height);
    }

    /** Writes what was drawn. */
    static void write(Path file, VectorGraphics2D page, int width, int height) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            new SVGProcessor().getDocument(page.getCommands(), new PageSize(0, 0, width, height)).writeTo(out);
        }
    }
}
