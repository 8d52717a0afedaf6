package org.reluctor.learn.training;

/**
 * How gradients train: Adam (0.9, 0.99) with a linear warm-up, a cosine to zero, and the norm of every gradient
 * clipped.
 *
 * @param steps           of the schedule, at least 1
 * @param minutes         after which training ends, with the schedule run through by then; 0 for as long as steps take
 * @param rate            greatest learning rate
 * @param warmUp          steps until it is reached
 * @param clip            greatest norm of a gradient over all parameters
 * @param loss            what is made small
 * @param estimateWeight  how much the loss of the output {@code estimate} counts beside the signal's; 0 for not at all
 * @param noise           standard deviation of Gaussian noise on the measurements, in their unit; 0 for none
 * @param bits            of the quantiser in the loop, over each window's own range;
 *                            0 for none
 * @param seed            of the noise
 * @param validateEvery   steps between validations; the best network on them is given back
 * @param patience        validations without gain after which training ends early; 0 for never
 * @param checkpointEvery steps between checkpoints
 * @param binaryMatrix    whether Φ, where it is trained, is held at ±1
 * @param penalty         times the sum of all trained numbers' squares is added to the loss; its gradient is part of
 *                            what Adam sees, so that what is made small is the sum of both
 */
public record GradientOptions(int steps, double minutes, double rate, int warmUp, double clip, LossKind loss,
        double estimateWeight, double noise, int bits, long seed, int validateEvery, int patience,
        int checkpointEvery, boolean binaryMatrix, double penalty) {

    /** What is made small. */
    public enum LossKind {
        /** Mean over records of √(mean squared error / energy + 10⁻⁷): what networks are judged by. */
        RELATIVE,
        /** Mean over records of ln(mean squared error / energy + 10⁻⁶): for pictures, the mean PSNR. */
        LOGARITHMIC,
        /** Mean squared error. */
        MEAN_SQUARE
    }

    public GradientOptions {
        require(steps >= 1, "steps", steps, "1 or more");
        require(minutes >= 0 && Double.isFinite(minutes), "minutes", minutes, "0 or more");
        require(rate > 0 && Double.isFinite(rate), "rate", rate, "above 0");
        require(warmUp >= 0, "warm-up", warmUp, "0 steps or more");
        require(clip > 0, "clip", clip, "above 0");
        require(estimateWeight >= 0 && Double.isFinite(estimateWeight), "estimate weight", estimateWeight, "0 or more");
        require(noise >= 0 && Double.isFinite(noise), "noise", noise, "0 or more");
        require(bits == 0 || bits >= 2 && bits <= 24, "bits", bits, "0, or 2 to 24");
        require(validateEvery >= 1, "validate every", validateEvery, "1 step or more");
        require(patience >= 0, "patience", patience, "0 or more");
        require(penalty >= 0 && Double.isFinite(penalty), "penalty", penalty, "0 or more");
        require(checkpointEvery >= 1, "checkpoint every", checkpointEvery, "1 step or more");
    }

    private static void require(boolean holds, String name, Object value, String right) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + "; " + right + " is right");
        }
    }

    /** So many steps with rate 2·10⁻³, warm-up 200, norm 1, on clean measurements. */
    public static GradientOptions of(int steps) {
        return new GradientOptions(steps, 0, 2e-3, 200, 1, LossKind.RELATIVE, 0, 0, 0, 1, Math.max(1, steps / 50), 0,
                Math.max(1, steps / 20), false, 0);
    }

    /** The same with another loss. */
    public GradientOptions withLoss(LossKind kind, double weightOfEstimate) {
        return new GradientOptions(steps, minutes, rate, warmUp, clip, kind, weightOfEstimate, noise, bits, seed,
                validateEvery, patience, checkpointEvery, binaryMatrix, penalty);
    }

    /** The same with another rate and warm-up. */
    public GradientOptions withRate(double greatest, int warmUpSteps) {
        return new GradientOptions(steps, minutes, greatest, warmUpSteps, clip, loss, estimateWeight, noise, bits, seed,
                validateEvery, patience, checkpointEvery, binaryMatrix, penalty);
    }

    /** The same with another norm that gradients are clipped to. */
    public GradientOptions withClip(double norm) {
        return new GradientOptions(steps, minutes, rate, warmUp, norm, loss, estimateWeight, noise, bits, seed,
                validateEvery, patience, checkpointEvery, binaryMatrix, penalty);
    }

    /** The same with a limit of time. */
    public GradientOptions withMinutes(double limit) {
        return new GradientOptions(steps, limit, rate, warmUp, clip, loss, estimateWeight, noise, bits, seed,
                validateEvery, patience, checkpointEvery, binaryMatrix, penalty);
    }

    /** The same with a sensor's faults in the loop. */
    public GradientOptions withSensor(double noiseDeviation, int quantiserBits, long noiseSeed) {
        return new GradientOptions(steps, minutes, rate, warmUp, clip, loss, estimateWeight, noiseDeviation,
                quantiserBits, noiseSeed, validateEvery, patience, checkpointEvery, binaryMatrix, penalty);
    }

    /** The same with other intervals. */
    public GradientOptions withIntervals(int validation, int validationsWithoutGain, int checkpoint) {
        return new GradientOptions(steps, minutes, rate, warmUp, clip, loss, estimateWeight, noise, bits, seed,
                validation, validationsWithoutGain, checkpoint, binaryMatrix, penalty);
    }

    /** The same with Φ held at ±1 where it is trained. */
    public GradientOptions withBinaryMatrix() {
        return new GradientOptions(steps, minutes, rate, warmUp, clip, loss, estimateWeight, noise, bits, seed,
                validateEvery, patience, checkpointEvery, true, penalty);
    }

    /** The same with a penalty on the squares of what is trained. */
    public GradientOptions withPenalty(double factor) {
        return new GradientOptions(steps, minutes, rate, warmUp, clip, loss, estimateWeight, noise, bits, seed,
                validateEvery, patience, checkpointEvery, binaryMatrix, factor);
    }

    /**
     * The rate of a step.
     *
     * @param step from 0
     * @param done share of the schedule that is over, 0 to 1
     */
    double rate(long step, double done) {
        double warm = warmUp == 0 ? 1 : Math.min(1, (step + 1.0) / warmUp);
        return rate * warm * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
    }
}
