package org.reluctor.devicetests.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something wrong before the start, a command that meets it, and what the command must say.
 *
 * @param kind        for people
 * @param command     arguments of {@code reluctor}
 * @param environment variables of the environment
 * @param status      of the exit
 * @param words       that the message must have: the place, the value, what would be right
 */
record BadSetup(String kind, List<String> command, Map<String, String> environment, int status, List<String> words) {
    static BadSetup of(String kind, int status, String... command) {
        return new BadSetup(kind, List.of(command), Map.of(), status, List.of());
    }

    BadSetup in(Map<String, String> variables) {
        return new BadSetup(kind, command, variables, status, words);
    }

    BadSetup says(Object... further) {
        List<String> all = new ArrayList<>(words);
        for (Object word : further) {
            all.add(word.toString());
        }
        return new BadSetup(kind, command, environment, status, all);
    }

    @Override
    public String toString() {
        return kind + ": " + command.get(0);
    }
}
