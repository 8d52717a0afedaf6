package org.reluctor.app.configuration;

import org.reluctor.app.ExitStatus;

/**
 * One mistake in a configuration.
 *
 * @param line   of the file, from 1; 0 for a mistake outside it
 * @param status what {@link ExitStatus} a start with only this mistake ends with
 * @param text   place, key, value, and what would be right; one line
 */
public record Problem(int line, int status, String text) {
    static Problem of(int line, String text) {
        return new Problem(line, ExitStatus.CONFIGURATION, text);
    }
}
