package org.reluctor.devicetests.soak;

/**
 * A fault as it happened.
 *
 * @param kind         its name
 * @param beginSeconds since the soak began, when it was injected
 * @param overSeconds  when it was over
 * @param wellSeconds  when signals kept up with frames again, none was held, and the gateway said that all is well
 */
record FaultMark(String kind, double beginSeconds, double overSeconds, double wellSeconds) {
    /** From the end of the fault. */
    double recoverySeconds() {
        return wellSeconds - overSeconds;
    }
}
