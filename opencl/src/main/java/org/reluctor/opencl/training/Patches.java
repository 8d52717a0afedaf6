package org.reluctor.opencl.training;

/**
 * The matrix that turns a convolution into a product, without its being written down: rows are (channel, place of the
 * kernel), columns (frame, output place).
 *
 * @param y the first of two spatial axes; {@link PatchAxis#NONE} where there is one only
 * @param x the last
 */
public record Patches(PatchAxis y, PatchAxis x) {
    String macros(String prefix) {
        return "#define " + prefix + "_PATCHES\n" + y.macros(prefix, "Y") + x.macros(prefix, "X");
    }
}
