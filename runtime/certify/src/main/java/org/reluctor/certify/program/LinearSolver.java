package org.reluctor.certify.program;

import java.util.Optional;
import org.reluctor.certify.interval.Box;

/** A linear program over a box that grows by rows and is solved for one objective after the other; for one thread. */
public interface LinearSolver extends AutoCloseable {
    /** Another row. */
    void add(LinearRow row);

    /** Maximises objective·v; empty where the solver gives up, or finds that no point is left. */
    Optional<LinearSolution> maximise(double[] objective);

    @Override
    void close();

    /** OR-Tools' GLOP where its native library is there for this machine, else ojAlgo. */
    static LinearSolver open(Box box) {
        return GlopSolver.isAvailable() ? new GlopSolver(box) : new OjAlgoSolver(box);
    }
}
