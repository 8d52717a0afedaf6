package org.reluctor.app.board;

import java.util.Map;
import org.reluctor.app.json.JsonText;

/**
 * One thing that was looked at on a board, and how it is.
 *
 * @param level   whether anything is to be done
 * @param subject what was looked at, in one or two words
 * @param text    how it is, one sentence without a full stop
 * @param remedy  the command or package that mends it; empty where there is nothing to mend
 */
public record Finding(Level level, String subject, String text, String remedy) {
    /** Whether anything is to be done. */
    public enum Level {
        /** As it should be. */
        GOOD("ok"),
        /** Worth knowing; computing goes on without it. */
        NOTE("note"),
        /** Keeps this part from working. */
        BAD("bad");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        /** For people and programs. */
        public String word() {
            return word;
        }
    }

    static Finding good(String subject, String text) {
        return new Finding(Level.GOOD, subject, text, "");
    }

    static Finding note(String subject, String text, String remedy) {
        return new Finding(Level.NOTE, subject, text, remedy);
    }

    static Finding bad(String subject, String text, String remedy) {
        return new Finding(Level.BAD, subject, text, remedy);
    }

    /** For a program. */
    public Map<String, Object> toMap() {
        return JsonText.map("level", level.word(), "subject", subject, "text", text, "remedy", remedy);
    }
}
