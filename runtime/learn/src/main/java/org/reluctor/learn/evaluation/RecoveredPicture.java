package org.reluctor.learn.evaluation;

import org.reluctor.learn.data.Picture;

/**
 * A picture beside what was recovered of it.
 *
 * @param truth     as it was
 * @param recovered of the same size, not limited to 0 … 1
 */
public record RecoveredPicture(Picture truth, Picture recovered) {
    /** PSNR and SSIM. */
    public PictureFigures figures() {
        return PictureFigures.of(truth, recovered);
    }
}
