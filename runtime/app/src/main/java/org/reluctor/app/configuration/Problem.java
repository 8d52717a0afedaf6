package org.reluctor.app.configuration;

import org.reluctor.app.ExitStatus;

/**
 * One mistake in a configuration.
 *
 * @param status what {@link ExitStatus} a start with only this mistake ends with
 * @param text   place, key, value, and what would be right; one line
 */
public record Problem(int status, String text) {
    static Problem of(String text) {
        return new Problem(ExitStatus.CONFIGURATION, text);
    }
}
