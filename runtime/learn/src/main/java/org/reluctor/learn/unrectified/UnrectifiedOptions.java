package org.reluctor.learn.unrectified;

/**
 * How a network is trained by {@code al}.
 *
 * @param restart    the steps on the constraints
 * @param lagrangian the augmented Lagrangian that follows
 * @param lead       share of the budget that goes to the steps on the constraints at most; 0 to below 1. 0 starts the
 *                   augmented Lagrangian from the ridge fit of random features
 */
public record UnrectifiedOptions(RestartOptions restart, LagrangianOptions lagrangian, double lead) {
    /** What did best in the study. */
    public static final UnrectifiedOptions STANDARD =
            new UnrectifiedOptions(RestartOptions.STANDARD, LagrangianOptions.NEAR, 0.9);

    public UnrectifiedOptions {
        if (!(lead >= 0 && lead < 1)) {
            throw new IllegalArgumentException("a lead of " + lead + "; 0 to below 1 is needed");
        }
    }
}
