package org.reluctor.learn.unrectified;

/**
 * How the restart variant works.
 *
 * @param ridge    λ for each sample, in the fit of the last layer
 * @param damping  added to the normal matrices' diagonals at first, as a share of their mean; above 0. In the mode with
 *                 memory it falls over the budget, and grows where a step fails
 * @param share    of each solution that is taken at first in the mode with memory, falling to 0 along a cosine over
 *                 the budget; 0 to 1
 * @param momentum what is kept of the direction from shard to shard; 0 to below 1
 * @param energy   share of the targets' energy whose directions the steps with memory see; above 0, 1 for all. What
 *                 they leave out is seen by the last layer's fit alone
 * @param seed     of the order of shards
 */
public record RestartOptions(double ridge, double damping, double share, double momentum, double energy, long seed) {
    /** What a study on handwritten digits and electrocardiograms found good. */
    public static final RestartOptions STANDARD = new RestartOptions(1e-4, 1, 0.5, 0.8, 0.97, 1);

    public RestartOptions {
        if (!(ridge > 0 && damping > 0 && share > 0 && share <= 1 && momentum >= 0 && momentum < 1
                && energy > 0 && energy <= 1)) {
            throw new IllegalArgumentException("ridge " + ridge + ", damping " + damping + ", share " + share
                    + ", momentum " + momentum + ", energy " + energy
                    + "; all are above 0 (momentum from 0), the last three up to 1, below and up to 1");
        }
    }
}
