package org.reluctor.app.selftest;

import java.util.Map;
import org.reluctor.app.json.JsonText;

/**
 * One thing that a board was held against.
 *
 * @param verdict how it ended
 * @param name    of what was checked
 * @param text    the figures, or why it failed or was left out
 */
public record Check(Verdict verdict, String name, String text) {
    /** How a check ended. */
    public enum Verdict {
        PASSED, FAILED, SKIPPED;

        /** For people and programs. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Check of(boolean passed, String name, String text) {
        return new Check(passed ? Verdict.PASSED : Verdict.FAILED, name, text);
    }

    /** Left out, for a reason that is no fault of the board. */
    public static Check skipped(String name, String why) {
        return new Check(Verdict.SKIPPED, name, why);
    }

    /** For a program. */
    public Map<String, Object> toMap() {
        return JsonText.map("verdict", verdict.word(), "name", name, "text", text);
    }
}
