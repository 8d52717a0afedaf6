package org.reluctor.stream;

import java.net.URI;

/**
 * Why a broker could not be used.
 *
 * @param side       which of the gateway's brokers; EGRESS for a publisher, INGRESS for a subscriber
 * @param uri        the broker
 * @param kind       what to do about it
 * @param reasonCode MQTT 5 reason code of the broker, or -1 where the broker said nothing
 * @param message    one sentence for the operator, without secrets
 */
public record ConnectFailure(Side side, URI uri, Kind kind, int reasonCode, String message) {

    /** Classes of failure by what would mend them. */
    public enum Kind {
        /** Nothing answers at the address, or the link broke. */
        UNREACHABLE,
        /** TLS could not be established: certificate, host name or protocol. */
        TLS,
        /** The broker knows no such user, or another password (0x86, 0x8C). */
        BAD_CREDENTIALS,
        /** The broker does not admit this client, or not to the frames' topics (0x87, 0x8A). */
        NOT_AUTHORIZED,
        /** Another client with the same client id took the session over (0x8E). */
        TAKEN_OVER,
        /** The broker refused for another reason that it named. */
        REFUSED
    }

    /** True where trying again without a change by the operator is of no use. */
    public boolean permanent() {
        return kind == Kind.BAD_CREDENTIALS || kind == Kind.NOT_AUTHORIZED || kind == Kind.TLS;
    }
}
