package org.reluctor.devicetests.faults.ledger;

import java.util.List;

/** Makes the frames that a {@link FrameGenerator} sends. Used by one thread. */
public interface FrameSource {
    /** As site/sensor. */
    List<String> sensors();

    /** The payload of a frame; the same for the same identity. */
    byte[] frame(String sensor, long seq);

    /** As {@link #frame}, but well formed and finite so that the network's output is not. */
    byte[] poison(String sensor, long seq);
}
