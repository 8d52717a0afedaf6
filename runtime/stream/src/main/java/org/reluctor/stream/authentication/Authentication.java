package org.reluctor.stream.authentication;

/**
 * What a gateway demands of frames: an envelope with the MAC of their sensor's key, and an identity beyond what was
 * delivered of that sensor.
 *
 * @param keys  of the sensors that may send
 * @param marks of what was delivered; stay the caller's, open as long as the gateway is
 */
public record Authentication(SensorKeys keys, ReplayMarks marks) {
}
