package org.reluctor.certify.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.reluctor.certify.interval.Box;

/**
 * ojAlgo's simplex in plain Java, for machines without GLOP's library. The point comes from the program itself; the
 * multipliers from its dual, min r·λ + h·μ - l·ν subject to Aᵀλ + μ - ν = c and λ, μ, ν ≥ 0, which has them as
 * variables.
 */
final class OjAlgoSolver implements LinearSolver {
    private final Box box;
    private final List<LinearRow> rows = new ArrayList<>();

    OjAlgoSolver(Box box) {
        this.box = box;
    }

    @Override
    public void add(LinearRow row) {
        rows.add(row);
    }

    @Override
    public Optional<LinearSolution> maximise(double[] objective) {
        Optimisation.Result primal = primal(objective).maximise();
        Optimisation.Result dual = dual(objective).minimise();
        if (!primal.getState().isFeasible() || !dual.getState().isFeasible()) {
            return Optional.empty();
        }
        return Optional.of(new LinearSolution(head(primal, box.size()), head(dual, rows.size())));
    }

    private static double[] head(Optimisation.Result result, int size) {
        double[] head = new double[size];
        for (int at = 0; at < size; at++) {
            head[at] = result.doubleValue(at);
        }
        return head;
    }

    private ExpressionsBasedModel primal(double[] objective) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        for (int at = 0; at < objective.length; at++) {
            model.newVariable("v" + at).lower(box.low()[at]).upper(box.high()[at]).weight(objective[at]);
        }
        for (int number = 0; number < rows.size(); number++) {
            LinearRow row = rows.get(number);
            Expression expression = model.newExpression("r" + number).upper(row.bound());
            for (int at = 0; at < row.places().length; at++) {
                expression.set(row.places()[at], row.coefficients()[at]);
            }
        }
        return model;
    }

    private ExpressionsBasedModel dual(double[] objective) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        rows.forEach(row -> model.newVariable("l" + model.countVariables()).lower(0).weight(row.bound()));
        List<Expression> equalities = new ArrayList<>();
        for (int at = 0; at < objective.length; at++) {
            Expression equality = model.newExpression("e" + at).level(objective[at]);
            equality.set(model.newVariable("b" + model.countVariables()).lower(0).weight(box.high()[at]), 1);
            equality.set(model.newVariable("").lower(0).weight(-box.low()[at]), -1);
            equalities.add(equality);
        }
        for (int row = 0; row < rows.size(); row++) {
            LinearRow given = rows.get(row);
            for (int at = 0; at < given.places().length; at++) {
                equalities.get(given.places()[at]).set(row, given.coefficients()[at]);
            }
        }
        return model;
    }

    @Override
    public void close() {
        rows.clear();
    }
}
