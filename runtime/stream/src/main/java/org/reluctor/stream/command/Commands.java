package org.reluctor.stream.command;

import java.util.Map;
import org.reluctor.stream.authentication.ReplayMarks;

/**
 * What a gateway that takes commands needs for it.
 *
 * @param envelopes of this gateway; its own from now on
 * @param marks     remember the highest number seen; stay the caller's, open as long as the gateway is
 * @param actions   by word, besides {@code status} and {@code reconnect}, which every gateway has
 */
public record Commands(CommandEnvelopes envelopes, ReplayMarks marks, Map<String, CommandAction> actions) {
    public Commands {
        actions = Map.copyOf(actions);
    }
}
