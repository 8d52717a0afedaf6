package org.reluctor.stream.command;

import java.util.Locale;
import org.reluctor.stream.codec.FrameFault;

/** Why a command is not carried out; the words stand in metrics. */
public enum CommandFault {
    /** Larger than any command. */
    TOO_LARGE,
    /** Kept by the broker: it would be carried out for whoever connects next. */
    RETAINED,
    /** Not in an envelope, or in a broken one. */
    ENVELOPE,
    /** An envelope of another algorithm than HMAC 256/256. */
    ALGORITHM,
    /** A MAC that the gateway's key for commands does not make of this command. */
    MAC,
    /** Well authenticated, but no command. */
    FORMAT,
    /** For another gateway. */
    GATEWAY,
    /** A number at or below one that was seen: a replay, out of order, or of a sender whose clock is behind. */
    NUMBER,
    /** An answer is wanted where this gateway does not answer. */
    ANSWER_TOPIC,
    /** A command that this gateway does not have. */
    UNKNOWN,
    /** A command with an argument that it does not take, or that cannot be carried out now. */
    ARGUMENT,
    /** A network that is not taken, or cannot be gone back to; the old one runs on. */
    NETWORK,
    /** More than this gateway takes at a time. */
    RATE,
    /** The number cannot be written down, so the command could come again. */
    UNWRITTEN;

    /** The fault as one kebab-case word, stable over versions. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The fault of a command whose envelope has that one. */
    static CommandFault of(FrameFault ofEnvelope) {
        return switch (ofEnvelope) {
            case TOO_LARGE -> TOO_LARGE;
            case ALGORITHM -> ALGORITHM;
            case KEY_ID -> GATEWAY;
            case MAC -> MAC;
            default -> ENVELOPE;
        };
    }
}
