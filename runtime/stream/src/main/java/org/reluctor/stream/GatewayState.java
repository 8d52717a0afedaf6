package org.reluctor.stream;

import java.util.Locale;

/** What a gateway says about itself on its retained status topic. */
public enum GatewayState {
    /** Not every broker has been reached yet. */
    STARTING,
    /** Another gateway of the partition serves; this one takes over when that one is gone. */
    STANDBY,
    /** Frames are taken, signals delivered. */
    ONLINE,
    /** Something is wrong that the gateway works on: a broker is away, the device failed, or a signal is refused. */
    DEGRADED,
    /** No new frame is taken; what is under way is finished. */
    DRAINING,
    /** Closed. */
    OFFLINE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As the status topic spells it. */
    public String word() {
        return word;
    }
}
