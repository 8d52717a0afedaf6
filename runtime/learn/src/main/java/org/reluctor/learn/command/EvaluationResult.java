package org.reluctor.learn.command;

import java.util.List;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.Figures;
import org.reluctor.learn.evaluation.WindowGallery;

/**
 * What an evaluation found.
 *
 * @param pictures whether pictures were recovered; records otherwise
 * @param outcomes of every condition, in their order
 * @param gallery  windows to be drawn, of the first condition
 * @param windows  recovered under one condition
 * @param remarks  what may make the figures meaningless
 */
record EvaluationResult(boolean pictures, List<Outcome> outcomes, WindowGallery gallery, long windows,
        List<String> remarks) {
    /**
     * The figures under one condition.
     *
     * @param condition of the measurements
     * @param network   figures by record or picture
     * @param linear    the same of the linear estimate, in the same order; empty where it was not asked for
     */
    record Outcome(Condition condition, List<Figures> network, List<Figures> linear) {
    }

    /** Of the first condition. */
    Outcome first() {
        return outcomes.get(0);
    }
}
