package org.reluctor.stream;

import java.util.Locale;

/** The two brokers of a gateway, which may be one: where frames come from and where signals go. */
public enum Side {
    /** The sensors' broker: frames, error answers, status. */
    INGRESS,
    /** The subscribers' broker: signals and summaries. */
    EGRESS;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** For logs and metrics. */
    public String word() {
        return word;
    }
}
