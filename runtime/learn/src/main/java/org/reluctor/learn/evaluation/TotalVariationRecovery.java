package org.reluctor.learn.evaluation;

import java.util.Arrays;
import org.reluctor.network.MeasurementMatrix;

/**
 * Recovery of square images without anything learned, as a yardstick: the image from 0 to 1 that minimises
 * ½‖Φx − y‖² + λ·TV(x), TV the isotropic total variation. FISTA (Beck and Teboulle, SIAM J. Imaging Sci. 2(1), 2009)
 * with step 1; its proximal point by projected gradients of the dual (the same, IEEE Trans. Image Process. 18(11),
 * 2009, equation 4.9 with limits 0 and 1), which begin where the iteration before left off. One thread at a time.
 */
public final class TotalVariationRecovery implements Estimator {
    private static final int DUAL_STEPS = 5;
    /** Reciprocal of a bound of the gradient operator's squared norm. */
    private static final float DUAL_STEP = 1f / 8;

    private final int m;
    private final int n;
    private final int side;
    private final float lambda;
    private final int iterations;
    private final float[] phi;
    private final float[] transposed;
    private final float[] across;
    private final float[] down;

    /**
     * @param matrix     Φ, m×n with orthonormal rows; n a square
     * @param lambda     above 0, in the unit of x
     * @param iterations of FISTA
     */
    public TotalVariationRecovery(MeasurementMatrix matrix, double lambda, int iterations) {
        if (!(lambda > 0) || iterations < 1) {
            throw new IllegalArgumentException("λ is " + lambda + ", iterations " + iterations
                    + "; above 0 and 1 or more are right");
        }
        m = matrix.rows();
        n = matrix.columns();
        side = PictureEvaluation.side(n);
        this.lambda = (float) lambda;
        this.iterations = iterations;
        phi = matrix.toArray();
        transposed = matrix.toTransposedArray();
        across = new float[n];
        down = new float[n];
    }

    @Override
    public float[] recover(float[] y, int frames) {
        float[] images = new float[frames * n];
        float[] own = new float[m];
        for (int frame = 0; frame < frames; frame++) {
            System.arraycopy(y, frame * m, own, 0, m);
            System.arraycopy(recover(own), 0, images, frame * n, n);
        }
        return images;
    }

    private float[] recover(float[] y) {
        Arrays.fill(across, 0);
        Arrays.fill(down, 0);
        float[] x = new float[n];
        float[] ahead = new float[n];
        double momentum = 1;
        for (int at = 0; at < iterations; at++) {
            float[] before = x;
            x = proximal(descended(ahead, y));
            double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            float share = (float) ((momentum - 1) / next);
            for (int pixel = 0; pixel < n; pixel++) {
                ahead[pixel] = x[pixel] + share * (x[pixel] - before[pixel]);
            }
            momentum = next;
        }
        return x;
    }

    /** x + Φᵀ(y − Φx). */
    private float[] descended(float[] x, float[] y) {
        float[] residual = y.clone();
        for (int pixel = 0; pixel < n; pixel++) {
            add(residual, -x[pixel], transposed, pixel * m);
        }
        float[] result = x.clone();
        for (int row = 0; row < m; row++) {
            add(result, residual[row], phi, row * n);
        }
        return result;
    }

    private static void add(float[] to, float factor, float[] from, int first) {
        for (int at = 0; at < to.length; at++) {
            to[at] += factor * from[first + at];
        }
    }

    /** The image x from 0 to 1 of the least ½‖x − z‖² + λ·TV(x), nearly. */
    private float[] proximal(float[] z) {
        for (int step = 0; step < DUAL_STEPS; step++) {
            ascend(limited(z));
        }
        return limited(z);
    }

    /** z − λ·∇ᵀp, limited; with p the dual variables. */
    private float[] limited(float[] z) {
        float[] x = new float[n];
        for (int pixel = 0; pixel < n; pixel++) {
            float adjoint = -across[pixel] - down[pixel];
            adjoint += pixel % side == 0 ? 0 : across[pixel - 1];
            adjoint += pixel < side ? 0 : down[pixel - side];
            x[pixel] = Math.min(1, Math.max(0, z[pixel] - lambda * adjoint));
        }
        return x;
    }

    private void ascend(float[] x) {
        float rate = DUAL_STEP / lambda;
        for (int pixel = 0; pixel < n; pixel++) {
            float right = pixel % side == side - 1 ? 0 : x[pixel + 1] - x[pixel];
            float below = pixel >= n - side ? 0 : x[pixel + side] - x[pixel];
            float p = across[pixel] + rate * right;
            float q = down[pixel] + rate * below;
            float scale = Math.max(1, (float) Math.sqrt(p * p + q * q));
            across[pixel] = p / scale;
            down[pixel] = q / scale;
        }
    }
}
