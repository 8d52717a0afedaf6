package org.reluctor.stream.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/** What a command does. Called on the gateway's control thread: must return soon. */
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

    /**
     * Begins the command; it is answered when the future is done. A future that fails with a {@link CommandRefusal} is
     * answered by it.
     *
     * @throws CommandRefusal as {@link #run}
     */
    default Future<String> begin(String argument) throws CommandRefusal {
        return CompletableFuture.completedFuture(run(argument));
    }

    /** A command that takes its time on another thread. */
    static CommandAction lasting(Function<String, Future<String>> action) {
        return new CommandAction() {
            @Override
            public String run(String argument) {
                throw new UnsupportedOperationException("takes too long to wait for");
            }

            @Override
            public Future<String> begin(String argument) {
                return action.apply(argument);
            }
        };
    }
}
