package org.reluctor.learn.evaluation;

import java.util.List;

/**
 * Figures that others published, to be drawn beside one's own. They are of other matrices, sizes and, where said, other
 * data: a place to stand, not a contest.
 *
 * @param name   of method and data
 * @param ratios measurements a sample, m/n, in percent, ascending
 * @param values PRD in percent of records, or PSNR in dB of pictures
 */
public record PublishedFigures(String name, double[] ratios, double[] values) {
    /**
     * Mean PRD of ECG records 100, 101, 102, 107, 109, 111, 115, 117, 118 and 119 of MIT-BIH, sparse binary Φ with four
     * ones a column, quantised measurements: recomputed from the tables of github.com/shailesh1729/ecg-codec, 75504cf.
     */
    private static final List<PublishedFigures> ECG = List.of(
            new PublishedFigures("CS-Net, n = 256", new double[] {10.16, 15.23, 20.31, 25, 30.08, 35.16, 40.23, 50, 75},
                    new double[] {16.31, 10.65, 8.26, 6.54, 6.90, 4.56, 4.18, 3.41, 2.26}),
            new PublishedFigures("BSBL-BO, n = 512", new double[] {15.04, 19.92, 25, 30.08, 34.96, 40.04, 50, 75},
                    new double[] {30.46, 18.31, 12.36, 9.18, 7.43, 6.12, 4.60, 3.08}));

    /** Mean PSNR on MNIST from OpenICS (github.com/PSCLab-ASU/OpenICS, e8f639f), whose picture size is not stated. */
    private static final List<PublishedFigures> DIGITS = List.of(
            new PublishedFigures("ISTA-Net+, MNIST, other size", new double[] {3.125, 6.25, 12.5, 25},
                    new double[] {19.76, 27.31, 35.12, 44.27}),
            new PublishedFigures("TVAL3, MNIST, other size", new double[] {3.125, 6.25, 12.5, 25},
                    new double[] {13.08, 15.29, 20.59, 33.23}));

    /** Mean PSNR on the eleven photographs Set11, fixed Gaussian Φ of 33×33 blocks, as CASNet's authors list it. */
    private static final List<PublishedFigures> PHOTOGRAPHS = List.of(
            new PublishedFigures("ISTA-Net+, Set11", new double[] {1, 4, 10, 25, 30, 40, 50},
                    new double[] {17.48, 21.32, 26.64, 32.59, 33.68, 35.97, 38.11}),
            new PublishedFigures("ReconNet, Set11", new double[] {1, 4, 10, 25, 30, 40, 50},
                    new double[] {17.43, 20.93, 24.38, 28.44, 29.09, 30.60, 32.25}));

    /** What stands nearest: records, digits of one block a picture, or photographs of many. */
    public static List<PublishedFigures> beside(boolean pictures, boolean oneBlock) {
        if (!pictures) {
            return ECG;
        }
        return oneBlock ? DIGITS : PHOTOGRAPHS;
    }
}
