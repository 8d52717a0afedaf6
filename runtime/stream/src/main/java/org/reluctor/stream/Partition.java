package org.reluctor.stream;

import java.time.Duration;

/**
 * A part of a fleet that several gateways share: one serves, the others stand by. All of them name the same client id
 * for the sensors' broker, on which the session and its unacknowledged frames hang.
 *
 * @param name           as in {@link Topics#claim}
 * @param grace          how long the broker waits after the end of a member's connection before it says that the
 *                       member is gone; whole seconds, 0 to 3600
 * @param memberClientId of the connection on which members hear of each other; this gateway's alone
 */
public record Partition(String name, Duration grace, String memberClientId) {
    public Partition {
        Topics.checkName("partition", name);
        long seconds = grace.toSeconds();
        if (seconds < 0 || seconds > 3600 || !grace.equals(Duration.ofSeconds(seconds))) {
            throw new IllegalArgumentException("partition grace: " + grace + "; 0 to 3600 whole seconds are right");
        }
        if (memberClientId == null || memberClientId.isEmpty() || memberClientId.length() > 128) {
            throw new IllegalArgumentException("partition member client id: \"" + memberClientId
                    + "\"; 1 to 128 characters are right");
        }
    }

    /** For which the broker has to keep the frames' session, so that another member finds it, s. */
    public long leastExpirySeconds(int keepAliveSeconds) {
        return 2L * keepAliveSeconds + graceSeconds();
    }

    /** As of {@link #grace}. */
    public int graceSeconds() {
        return (int) grace.toSeconds();
    }
}
