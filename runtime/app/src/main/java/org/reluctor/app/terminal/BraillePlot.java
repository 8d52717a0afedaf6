package org.reluctor.app.terminal;

/**
 * Draws a curve with Unicode braille patterns: 2×4 dots a character, so that 72 columns show 144 points. Stateless.
 */
public final class BraillePlot {
    private static final int BLANK = 0x2800;
    /** Bits of a character's dots by column and row, after Unicode's chart of U+2800. */
    private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

    private BraillePlot() {
    }

    /**
     * The curve as {@code rows} lines of {@code columns} characters, the largest value at the top. Each dot column
     * shows the range of the samples that fall to it, so that a spike between two dots is not lost. What is not finite
     * is left out; a constant curve lies in the middle.
     *
     * @param columns at least 1
     * @param rows    at least 1
     */
    public static String[] draw(float[] samples, int offset, int length, int columns, int rows) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + length; i++) {
            if (Float.isFinite(samples[i])) {
                least = Math.min(least, samples[i]);
                most = Math.max(most, samples[i]);
            }
        }
        int[][] cells = new int[rows][columns];
        if (least <= most) {
            fill(cells, samples, offset, length, least, most);
        }
        String[] lines = new String[rows];
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (int cell : cells[row]) {
                line.append((char) (BLANK + cell));
            }
            lines[row] = line.toString();
        }
        return lines;
    }

    private static void fill(int[][] cells, float[] samples, int offset, int length, double least, double most) {
        int width = cells[0].length * 2;
        int height = cells.length * 4;
        int before = -1;
        for (int x = 0; x < width; x++) {
            int from = offset + (int) ((long) x * length / width);
            int to = Math.max(from + 1, offset + (int) ((long) (x + 1) * length / width));
            int top = height;
            int bottom = -1;
            for (int i = from; i < Math.min(to, offset + length); i++) {
                int y = rowOf(samples[i], least, most, height);
                top = y < 0 ? top : Math.min(top, y);
                bottom = Math.max(bottom, y);
            }
            if (bottom >= 0) {
                dots(cells, x, top, bottom);
                join(cells, x, before, top, bottom);
                before = (top + bottom) / 2;
            } else {
                before = -1;
            }
        }
    }

    /** Closes the vertical gap to the column before, so that a steep flank reads as a line. */
    private static void join(int[][] cells, int x, int before, int top, int bottom) {
        if (before < 0) {
            return;
        }
        if (before < top) {
            dots(cells, x, before + 1, top);
        } else if (before > bottom) {
            dots(cells, x, bottom, before - 1);
        }
    }

    private static void dots(int[][] cells, int x, int top, int bottom) {
        for (int y = top; y <= bottom; y++) {
            cells[y / 4][x / 2] |= DOTS[x % 2][y % 4];
        }
    }

    /** Dot row of a value, 0 the top; negative where it is not finite. */
    private static int rowOf(float value, double least, double most, int height) {
        if (!Float.isFinite(value)) {
            return -1;
        }
        double share = most == least ? 0.5 : (most - value) / (most - least);
        return (int) Math.round(share * (height - 1));
    }
}
