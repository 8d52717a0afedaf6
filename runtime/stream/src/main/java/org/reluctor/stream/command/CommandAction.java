package org.reluctor.stream.command;

/** What a command does. Called on the gateway's control thread: must be done soon. */
@FunctionalInterface
public interface CommandAction {
    /**
     * Carries the command out.
     *
     * @param argument may be empty
     * @return what the answer says
     * @throws CommandRefusal if the argument cannot be used
     */
    String run(String argument) throws CommandRefusal;
}
