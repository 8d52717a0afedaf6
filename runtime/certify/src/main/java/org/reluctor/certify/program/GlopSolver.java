package org.reluctor.certify.program;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.reluctor.certify.interval.Box;

/** OR-Tools' GLOP: dual simplex, which starts from the last basis when rows were added. */
final class GlopSolver implements LinearSolver {
    private static final boolean AVAILABLE = load();

    private final MPSolver solver = MPSolver.createSolver("GLOP");
    private final MPVariable[] variables;
    private final List<MPConstraint> rows = new ArrayList<>();

    GlopSolver(Box box) {
        variables = new MPVariable[box.size()];
        for (int at = 0; at < variables.length; at++) {
            variables[at] = solver.makeNumVar(box.low()[at], box.high()[at], "");
        }
    }

    private static boolean load() {
        try {
            Loader.loadNativeLibraries();
            return true;
        } catch (LinkageError | RuntimeException missing) {
            // No library for this machine, or nowhere to unpack it: the other solver is there.
            return false;
        }
    }

    static boolean isAvailable() {
        return AVAILABLE;
    }

    @Override
    public void add(LinearRow row) {
        MPConstraint constraint = solver.makeConstraint(Double.NEGATIVE_INFINITY, row.bound());
        for (int at = 0; at < row.places().length; at++) {
            if (row.coefficients()[at] != 0) {
                constraint.setCoefficient(variables[row.places()[at]], row.coefficients()[at]);
            }
        }
        rows.add(constraint);
    }

    @Override
    public Optional<LinearSolution> maximise(double[] objective) {
        MPObjective target = solver.objective();
        for (int at = 0; at < objective.length; at++) {
            target.setCoefficient(variables[at], objective[at]);
        }
        target.setMaximization();
        MPSolver.ResultStatus status = solver.solve();
        if (status != MPSolver.ResultStatus.OPTIMAL && status != MPSolver.ResultStatus.FEASIBLE) {
            return Optional.empty();
        }
        return Optional.of(new LinearSolution(Arrays.stream(variables).mapToDouble(MPVariable::solutionValue).toArray(),
                rows.stream().mapToDouble(MPConstraint::dualValue).toArray()));
    }

    @Override
    public void close() {
        solver.delete();
    }
}
