package org.reluctor.devicetests.network;

import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;

/** An implementation of the operators in float32 that is held against the float64 reference. */
interface Partner {
    /** For each output of the network, in its order, all elements of the batch. */
    float[][] run(RecoveryNetwork network, float[] y, int batch) throws Exception;

    /** Whether it is known to give what it must where that is the right result; where it is not, all else counts. */
    default boolean answersFor(Operator operator, double expected) {
        return true;
    }
}
