package org.reluctor.stream.command;

/** A command that is not carried out; the message says what was found and what would be right. */
public final class CommandRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final CommandFault fault;

    /** Refuses for a reason, told in one sentence. */
    public CommandRefusal(CommandFault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    /** The kind of the refusal. */
    public CommandFault fault() {
        return fault;
    }
}
