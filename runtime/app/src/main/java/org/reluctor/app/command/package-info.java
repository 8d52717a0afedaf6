/**
 * The commands of {@code reluctor}, one class each, found by {@link java.util.ServiceLoader} through
 * {@link org.reluctor.app.command.Subcommand}: other modules add theirs without this one knowing them.
 */
package org.reluctor.app.command;
