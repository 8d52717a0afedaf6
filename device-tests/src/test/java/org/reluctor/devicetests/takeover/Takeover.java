package org.reluctor.devicetests.takeover;

/**
 * One round, in ms from the fault.
 *
 * @param fault         what was done to the member that served
 * @param offlineMillis until the broker said that it was gone
 * @param claimMillis   until another had claimed the partition
 * @param signalMillis  until signals of frames sent after the fault had come of every sensor
 */
record Takeover(OwnerFault fault, long offlineMillis, long claimMillis, long signalMillis) {
}
