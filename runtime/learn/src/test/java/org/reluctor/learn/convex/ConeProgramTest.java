package org.reluctor.learn.convex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;

class ConeProgramTest {
    private static ConeSolution solve(ConeProgram program, double beta, double gap) {
        return new ConeAugmentedLagrangian(program, Draws.HOST, SolverOptions.toGap(gap, 200_000),
                ConvexProgress.SILENT).solve(beta);
    }

    private static ConeProgram allPatterns(Samples inputs, Samples targets) {
        return new ConeProgram(inputs, targets, Arrangement.of(inputs).patterns(inputs));
    }

    @Test
    void solve_twoOppositeInputs_hasTheClosedForm() {
        // X = (1; −1), y = (1; 1): p* = 2β − β², units ±√(1 − β) with output √(1 − β).
        double beta = 0.25;
        Samples inputs = new Samples(1, new double[] {1, -1});
        ConeProgram program = allPatterns(inputs, new Samples(1, new double[] {1, 1}));
        ConeSolution solution = solve(program, beta, 1e-9);
        assertEquals(0.4375, solution.convex(), 1e-8);
        assertEquals(0, solution.gap().relative(), 1e-8);
        ReluNetwork network = solution.network(2);
        // Within a relative gap of 1e-9 weights may be off by the root of it.
        assertEquals(0.4375, network.objective(inputs, program.targets(), beta), 1e-8);
        for (int unit = 0; unit < 2; unit++) {
            assertEquals(Math.sqrt(1 - beta), Math.abs(network.input().at(0, unit)), 1e-4);
            assertEquals(Math.sqrt(1 - beta), network.output().at(unit, 0), 1e-4);
        }
        assertThrows(IllegalArgumentException.class, () -> solution.network(1));
    }

    @Test
    void solve_eightInputsAndAllSixteenPatterns_isTheOptimumOfAllNetworks() {
        Samples inputs = new Draws(21).biased(8, 2);
        Samples targets = new Draws(22).samples(8, 1);
        ConeProgram program = allPatterns(inputs, targets);
        // The pattern that opens for nothing can have no unit.
        assertEquals(15, program.patterns().count());
        double beta = 0.05;
        ConeSolution solution = solve(program, beta, 1e-7);
        double objective = solution.network().objective(inputs, targets, beta);
        assertTrue(solution.converged(), solution.gap() + " " + solution.violation());
        assertEquals(1, objective / solution.convex(), 1e-6);
        Samples residual = targets.plus(-1, solution.network().predict(inputs));
        FullProgramBound bound = FullProgramBound.relu(inputs, residual, Draws.HOST);
        assertTrue(bound.exact());
        double gap = bound.gap(objective, residual, targets, beta).relative();
        assertTrue(gap <= 1e-4, "gap of the program over all networks " + gap);
        assertSame(solution.network(), solution.network(solution.network().neurons()));
    }

    @Test
    void solve_twoOutputs_keepsConesAndObjective() {
        Samples inputs = new Draws(23).biased(10, 2);
        Samples targets = new Draws(24).targets(inputs, 3, 2);
        ConeProgram program = allPatterns(inputs, targets);
        ConeSolution solution = solve(program, 0.1, 1e-6);
        assertTrue(solution.converged(), solution.gap() + " " + solution.violation());
        assertEquals(1, solution.network().objective(inputs, targets, 0.1) / solution.convex(), 1e-6);
    }

    @Test
    void solve_largePenalty_leavesNoUnit() {
        Samples inputs = new Draws(25).biased(8, 2);
        Samples targets = new Draws(26).samples(8, 1);
        double betaMax = Arrangement.of(inputs).largestUnit(targets.values());
        assertEquals(0, solve(allPatterns(inputs, targets), betaMax * (1 + 1e-6), 1e-6).network().neurons());
        assertTrue(solve(allPatterns(inputs, targets), betaMax * 0.9, 1e-6).network().neurons() > 0);
    }

    @Test
    void gradient_ofTheAugmentedLagrangian_equalsFiniteDifferences() {
        Samples inputs = new Draws(27).biased(9, 3);
        Samples targets = new Draws(28).samples(9, 2);
        ConeProgram program = new ConeProgram(inputs, targets, PatternSampling.gaussian(4, 1).draw(inputs));
        ConeLagrangian lagrangian = new ConeLagrangian(program, Draws.HOST);
        lagrangian.setPenalty(3);
        Matrix at = new Draws(3).matrix(3, program.zero().columns());
        lagrangian.advance(lagrangian.images(new Draws(4).matrix(3, at.columns())));
        Matrix gradient = lagrangian.gradient(lagrangian.images(at));
        for (int entry = 0; entry < at.values().length; entry++) {
            Matrix up = Matrix.of(at.rows(), at.columns(), at.values().clone());
            up.values()[entry] += 1e-6;
            Matrix down = Matrix.of(at.rows(), at.columns(), at.values().clone());
            down.values()[entry] -= 1e-6;
            double slope = (lagrangian.value(lagrangian.images(up)) - lagrangian.value(lagrangian.images(down))) / 2e-6;
            assertEquals(slope, gradient.values()[entry], 1e-6);
        }
    }
}
