package org.reluctor.devicetests.faults;

/**
 * A fault that was injected.
 *
 * @param recoveryMillis from its end until every sensor's newest signal was current again for good; −1: never
 */
record FaultRecord(FaultKind kind, String rig, long recoveryMillis) {
}
