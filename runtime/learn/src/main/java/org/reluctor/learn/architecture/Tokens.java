package org.reluctor.learn.architecture;

import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;

/**
 * Square images as [factor², side / factor, side / factor], by Reshape and Transpose: the pixels of a square become
 * the channels of one place (pixel-unshuffle).
 *
 * @param side   of an image; n = side²
 * @param factor side of a square; divides the side
 */
record Tokens(int side, int factor) {
    /** The tokens of images [B, n]. */
    Value of(NetworkBuilder builder, Value images) {
        int grid = side / factor;
        Value split = builder.reshape(images, 0, grid, factor, grid, factor);
        return builder.reshape(builder.transpose(split, 0, 2, 4, 1, 3), 0, factor * factor, grid, grid);
    }

    /** The images [B, n] of tokens. */
    Value image(NetworkBuilder builder, Value tokens) {
        int grid = side / factor;
        Value split = builder.reshape(tokens, 0, factor, factor, grid, grid);
        return builder.reshape(builder.transpose(split, 0, 3, 1, 4, 2), 0, side * side);
    }
}
