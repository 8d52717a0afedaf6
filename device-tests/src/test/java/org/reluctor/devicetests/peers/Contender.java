package org.reluctor.devicetests.peers;

/** One of those that are measured in turn: computes one batch, from and to plain arrays, and waits for it. */
interface Contender {
    /** For the table. */
    String name();

    /** Computes the batch. */
    void run() throws Exception;
}
