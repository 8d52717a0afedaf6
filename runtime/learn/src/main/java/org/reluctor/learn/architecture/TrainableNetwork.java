package org.reluctor.learn.architecture;

import java.util.Set;
import org.reluctor.network.RecoveryNetwork;

/**
 * A network as it is before training, and what of it may be trained.
 *
 * @param network   with the initializers' first values
 * @param trainable names of initializers
 */
public record TrainableNetwork(RecoveryNetwork network, Set<String> trainable) {
    /** The initializer of the linear recovery W, in networks that have one. */
    public static final String LINEAR = "W";

    public TrainableNetwork {
        trainable = Set.copyOf(trainable);
    }
}
