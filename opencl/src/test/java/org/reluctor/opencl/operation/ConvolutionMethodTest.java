package org.reluctor.opencl.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionMethodTest {
    private static final ConvolutionWindow SQUARE = new ConvolutionWindow(3, 3, 1, 1, 1, 1);

    private static ConvolutionMethod method(int channels) {
        return ConvolutionMethod.of(KernelForm.PANEL, ImageLayout.bare(channels, 10, 10),
                ImageLayout.bare(32, 8, 8), SQUARE);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 48, 64})
    void winogradTiles_fewChannels_areThoseThatWereQuickest(int channels) {
        assertEquals(7, ConvolutionMethod.winogradTiles(channels));
    }

    /** Of each channel 36 points, and as many products of 32 outputs, 4 bytes each. */
    @ParameterizedTest
    @ValueSource(ints = {128, 192, 256, 512, 864})
    void winogradTiles_manyChannels_fitIntoHalfOfASmallStack(int channels) {
        int tiles = ConvolutionMethod.winogradTiles(channels);
        assertTrue(tiles >= 1 && tiles * 36 * 4 * (channels + 32) <= 128 << 10, tiles + " tiles");
    }

    @ParameterizedTest
    @CsvSource({"256, WINOGRAD", "864, WINOGRAD", "880, DIRECT", "4096, DIRECT"})
    void of_moreChannelsThanAStackHolds_isDirect(int channels, ConvolutionMethod expected) {
        assertEquals(expected, method(channels));
    }
}
