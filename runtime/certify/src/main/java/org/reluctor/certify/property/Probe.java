package org.reluctor.certify.property;

import org.reluctor.certify.interval.Box;

/**
 * A frame and what float32 can make of it, in any order of sums: a device that answers otherwise does not compute this
 * network. It supposes nothing about signals or noise.
 *
 * @param y        measurements as a device takes them, in the unit of Φx; shared, not copied
 * @param interval of every sample of the signal, in its unit
 */
public record Probe(float[] y, Box interval) {
}
