/** The subcommands {@code certify} and {@code check-certificate}. */
package org.reluctor.certify.command;
