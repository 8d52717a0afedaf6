package org.reluctor.opencl.training;

/**
 * The matrix that turns a convolution into a product, without its being written down: rows are (channel, place of the
 * kernel), columns (frame, output place).
 *
 * @param y the first of two spatial axes; {@link PatchAxis#NONE} where there is one only
 * @param x the last
 */
public record Patches(PatchAxis y, PatchAxis x) {
    /** Pixels that patches may read on both sides of a tensor, and throw away. */
    public static final int MARGIN = 64;
    /** Neighbours that are read at once. */
    private static final int LANES = 16;

    String macros(String prefix) {
        return "#define " + prefix + "_PATCHES\n" + (flat() ? "#define " + prefix + "_FLAT\n" : "")
                + y.macros(prefix, "Y") + x.macros(prefix, "X");
    }

    /** Whether a place of the kernel is the same step in memory from all output places of a frame. */
    private boolean flat() {
        return y.even() && x.even() && x.out() == x.in() && y.out() * x.out() >= LANES
                && y.reach() * x.in() + x.reach() + LANES <= MARGIN;
    }
}
