package org.reluctor.devicetests.peers;

import org.reluctor.network.RecoveryNetwork;

/**
 * A network that is measured.
 *
 * @param network  with float32 weights
 * @param activity share of the activations between layers that are not zero: 1, or what thresholds were set for
 * @param work     what a batch of it costs at least
 */
record Subject(RecoveryNetwork network, double activity, Work work) {
    /** One whose activations are dense. */
    static Subject dense(RecoveryNetwork network) {
        return new Subject(network, 1, Work.of(network, 1, name -> false));
    }
}
