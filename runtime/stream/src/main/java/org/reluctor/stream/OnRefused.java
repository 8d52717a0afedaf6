package org.reluctor.stream;

/** What becomes of a signal that the downstream broker refuses for good. */
public enum OnRefused {
    /** Keep it, be degraded, tell the operator, try again slowly: nothing is lost, everything behind it waits. */
    HOLD,
    /** Count it, tell the operator, acknowledge its frame: the signal is lost. */
    DROP
}
