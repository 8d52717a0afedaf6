package org.reluctor.stream.command;

import java.util.Map;

/**
 * Commands since the gateway was opened.
 *
 * @param done    carried out
 * @param refused not carried out, by reason
 */
public record CommandStats(long done, Map<CommandFault, Long> refused) {
}
