package org.reluctor.learn.convex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;

class GatedProgramTest {
    private static final SolverOptions TIGHT = SolverOptions.toGap(1e-9, 20_000);
    private static final GapWatch.Listener NOBODY = (iteration, gap) -> { };

    @Test
    void solve_oneOpenGateOfUnitInputs_hasTheClosedForm() {
        // D = X = I: p* = β‖Y‖ − β²/2.
        Samples inputs = new Samples(4, Matrix.zero(4, 4).plusDiagonal(1).values());
        Samples targets = new Draws(4).samples(4, 3);
        double norm = Math.sqrt(targets.energy());
        double beta = 0.3 * norm;
        ActivationPatterns open = ActivationPatterns.of(inputs, List.of(new double[] {1, 1, 1, 1}));
        GatedProgram program = new GatedProgram(inputs, targets, open, GroupNorm.FROBENIUS);
        for (GroupLassoSolver solver : solvers(program)) {
            GroupLassoSolution solution = solver.solve(beta, program.zero());
            assertEquals(beta * norm - beta * beta / 2, solution.gap().primal(), 1e-12);
            assertEquals(0, solution.gap().relative(), 1e-12);
        }
    }

    private static List<GroupLassoSolver> solvers(GatedProgram program) {
        GramQuadratic gram = new GramQuadratic(program, Draws.HOST);
        List<GroupLassoSolver> solvers = new ArrayList<>();
        solvers.add(new AcceleratedGroupLasso(new StreamedQuadratic(program, Draws.HOST), program.norm(), TIGHT,
                NOBODY));
        solvers.add(new AcceleratedGroupLasso(gram, program.norm(), TIGHT, NOBODY));
        solvers.add(new BlockDescent(gram, program.norm(), Draws.HOST, TIGHT, NOBODY));
        return solvers;
    }

    @ParameterizedTest
    @EnumSource(GroupNorm.class)
    void solve_allMethods_reachTheSameObjectiveWithinTheirGap(GroupNorm norm) {
        GatedProgram program = new Draws(11).program(120, 4, 3, 10, norm);
        double beta = 0.1 * betaMax(program);
        List<Double> objectives = new ArrayList<>();
        for (GroupLassoSolver solver : solvers(program)) {
            GroupLassoSolution solution = solver.solve(beta, program.zero());
            assertTrue(solution.converged(), solution.gap().toString());
            objectives.add(solution.gap().primal());
        }
        for (double objective : objectives) {
            assertEquals(1, objective / objectives.get(0), 2e-9);
        }
    }

    private static double betaMax(GatedProgram program) {
        StreamedQuadratic smooth = new StreamedQuadratic(program, Draws.HOST);
        return DualityGap.largest(smooth, program.norm(), smooth.target());
    }

    @ParameterizedTest
    @EnumSource(GroupNorm.class)
    void solve_largestPenalty_givesZeroAndALittleLessDoesNot(GroupNorm norm) {
        GatedProgram program = new Draws(12).program(60, 3, 2, 6, norm);
        double betaMax = betaMax(program);
        for (GroupLassoSolver solver : solvers(program)) {
            Matrix start = new Draws(1).matrix(program.zero().rows(), 2);
            Matrix zero = solver.solve(betaMax * (1 + 1e-9), start).weights();
            assertEquals(0, Math.sqrt(zero.dot(zero)), 1e-4);
            Matrix some = solver.solve(betaMax * 0.98, program.zero()).weights();
            assertTrue(some.dot(some) > 0);
        }
    }

    @Test
    void gramTimes_bothForms_areTheGradientByFiniteDifferences() {
        GatedProgram program = new Draws(13).program(50, 3, 2, 5, GroupNorm.FROBENIUS);
        StreamedQuadratic streamed = new StreamedQuadratic(program, Draws.HOST);
        GramQuadratic gram = new GramQuadratic(program, Draws.HOST);
        Matrix at = new Draws(2).matrix(program.zero().rows(), 2);
        Matrix gradient = streamed.gramTimes(at).plus(-1, streamed.target());
        assertArrayEquals(gradient.values(), gram.gramTimes(at).plus(-1, gram.target()).values(), 1e-11);
        for (int entry = 0; entry < at.values().length; entry++) {
            double step = 1e-4;
            double slope = (value(program, streamed, at, entry, step) - value(program, streamed, at, entry, -step))
                    / (2 * step);
            assertEquals(slope, gradient.values()[entry], 1e-6);
        }
    }

    private static double value(GatedProgram program, StreamedQuadratic smooth, Matrix at, int entry, double step) {
        Matrix moved = Matrix.of(at.rows(), at.columns(), at.values().clone());
        moved.values()[entry] += step;
        return program.targets().plus(-1, smooth.predict(moved)).energy() / 2;
    }

    @Test
    void gramQuadratic_grownByPatterns_equalsTheOneFromScratch() {
        GatedProgram whole = new Draws(14).program(40, 3, 2, 8, GroupNorm.FROBENIUS);
        GatedProgram part = whole.withPatterns(whole.patterns().select(0, 1, 2));
        GramQuadratic grown = new GramQuadratic(whole, Draws.HOST, new GramQuadratic(part, Draws.HOST));
        assertArrayEquals(new GramQuadratic(whole, Draws.HOST).gram().values(), grown.gram().values());
    }

    @Test
    void solve_twice_givesTheSameBits() {
        GatedProgram program = new Draws(15).program(80, 4, 3, 7, GroupNorm.NUCLEAR);
        double beta = 0.2 * betaMax(program);
        double[] first = solvers(program).get(1).solve(beta, program.zero()).weights().values();
        assertArrayEquals(first, solvers(program).get(1).solve(beta, program.zero()).weights().values());
    }

    @Test
    void solve_penaltyOfZero_isRefused() {
        GatedProgram program = new Draws(15).program(20, 3, 1, 8, GroupNorm.FROBENIUS);
        assertThrows(IllegalArgumentException.class, () -> solvers(program).get(0).solve(0, program.zero()));
    }

    @Test
    void network_ofTheSolution_predictsAndCostsTheSame() {
        for (GroupNorm norm : GroupNorm.values()) {
            GatedProgram program = new Draws(16).program(150, 4, 3, 9, norm);
            GroupLassoSolution solution = solvers(program).get(1).solve(0.05 * betaMax(program), program.zero());
            GatedNetwork network = NeuronRecovery.gated(program, solution.weights());
            Samples convex = new StreamedQuadratic(program, Draws.HOST).predict(solution.weights());
            assertArrayEquals(convex.values(), network.predict(program.inputs()).values(), 1e-10);
            double objective = network.objective(program.inputs(), program.targets(), solution.beta());
            assertEquals(1, objective / solution.gap().primal(), 1e-9, norm.name());
        }
    }
}
