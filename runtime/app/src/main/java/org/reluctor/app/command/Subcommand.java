package org.reluctor.app.command;

import java.util.concurrent.Callable;

/**
 * A command of the one command line: a class with picocli's {@code @Command}, a public constructor without arguments,
 * and an entry in {@code META-INF/services/org.reluctor.app.command.Subcommand}. {@link #call} gives the exit status;
 * to fail, it throws {@link org.reluctor.app.Failure} with the one message that the user is to read. Results go to the
 * command's {@code getOut()}, everything else to {@code getErr()} or the log.
 */
public interface Subcommand extends Callable<Integer> {
}
