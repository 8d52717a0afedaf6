package org.reluctor.certify.vnnlib;

import java.util.List;

/** What a file asserts: linear inequalities under and, or. */
sealed interface Formula {
    /**
     * form ≤ 0.
     *
     * @param place of the inequality in the file
     */
    record AtMost(LinearForm form, Place place) implements Formula {
    }

    /** All of the parts; true where there are none. */
    record All(List<Formula> parts) implements Formula {
    }

    /**
     * At least one of the parts.
     *
     * @param place of the word "or" in the file
     */
    record Any(List<Formula> parts, Place place) implements Formula {
    }
}
