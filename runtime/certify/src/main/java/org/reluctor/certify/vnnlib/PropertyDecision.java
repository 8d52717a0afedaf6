package org.reluctor.certify.vnnlib;

import java.util.List;
import java.util.Optional;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.BranchAndBound;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.Verdict;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

/**
 * Decides a property of a network: first every case is attacked by gradients, which finds most violations at once, then
 * each is branched on until it is decided or its share of the time is over. Nothing is called violated but what the
 * float64 reference repeats. Deterministic but for where the time ends. One thread asks at a time.
 */
public final class PropertyDecision {
    /** Share of the time for attacks: a violated property is mostly found in the first of it, or not by them. */
    private static final double ATTACK_SHARE = 0.2;
    /** The margin is 0 or more where a case is met: below the least number under 0 it is never met. */
    private static final double LIMIT = -Double.MIN_VALUE;

    private final RecoveryNetwork network;
    private final Execution execution;
    private final CaseGraph graphs;
    private final ReferenceExecutor reference;
    private final BoundProgress progress;
    private long regions;

    /**
     * Prepares decisions about a network, in its own units: neither its input scale nor its output scale is applied.
     *
     * @param execution for which "holds" is to be true
     * @throws org.reluctor.certify.graph.RefusedNetworkException if it cannot be certified for that execution
     */
    public PropertyDecision(RecoveryNetwork network, Execution execution, BoundProgress progress) {
        this.network = network;
        this.execution = execution;
        this.progress = progress;
        graphs = new CaseGraph(network);
        reference = new ReferenceExecutor(network);
    }

    /** Inputs of the network for one frame. */
    public int inputs() {
        return Math.toIntExact(network.input().shape().frameElements());
    }

    /** Elements of its first output for one frame. */
    public int outputs() {
        return Math.toIntExact(network.signal().shape().frameElements());
    }

    /**
     * The answer.
     *
     * @param seconds  most that it may take, about
     * @param deadline of all of it, as an interruption
     * @throws ArithmeticException if bounds overflow
     */
    public PropertyVerdict decide(VnnLibProperty property, double seconds, Deadline deadline) {
        regions = 0;
        List<PropertyCase> cases = property.cases();
        long start = System.nanoTime();
        for (int at = 0; at < cases.size(); at++) {
            PropertyCase asked = cases.get(at);
            double left = ATTACK_SHARE * seconds - (System.nanoTime() - start) / 1e9;
            Deadline share = Deadline.in(Math.max(0, left / (cases.size() - at)), deadline::over);
            Optional<double[]> witness = attack(asked, share);
            if (witness.isPresent()) {
                return violated(at, asked, witness.get());
            }
            progress.advanced("cases attacked", at + 1, cases.size());
        }
        return branch(cases, start, seconds, deadline);
    }

    private Optional<double[]> attack(PropertyCase asked, Deadline deadline) {
        if (asked.conditions().isEmpty()) {
            double[] middle = new double[asked.box().size()];
            for (int i = 0; i < middle.length; i++) {
                middle[i] = asked.box().middle(i);
            }
            return Optional.of(middle);
        }
        return new GradientAttack(graphs.of(asked), asked.box(), x -> asked.isMetBy(x, replay(x))).search(deadline);
    }

    private PropertyVerdict branch(List<PropertyCase> cases, long start, double seconds, Deadline deadline) {
        int open = 0;
        double least = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < cases.size(); at++) {
            PropertyCase asked = cases.get(at);
            double left = seconds - (System.nanoTime() - start) / 1e9;
            Verdict verdict = branch(asked, Deadline.in(Math.max(0, left / (cases.size() - at)), deadline::over));
            regions += verdict.regions();
            if (verdict.outcome() == Verdict.Outcome.VIOLATED) {
                return violated(at, asked, simplest(asked, verdict.witness()));
            }
            open += verdict.outcome() == Verdict.Outcome.OPEN ? 1 : 0;
            least = Math.max(least, verdict.upper());
            progress.advanced("cases decided", at + 1, cases.size());
        }
        return open == 0 ? PropertyVerdict.holds(-least, regions) : PropertyVerdict.unknown(open, -least, regions);
    }

    private Verdict branch(PropertyCase asked, Deadline deadline) {
        LayerGraph graph = graphs.of(asked);
        return new BranchAndBound(graph, execution, deadline).decide(asked.box(), LIMIT,
                x -> asked.isMetBy(x, replay(x)));
    }

    /** A device can be given the witness as it is, where float32 numbers near it violate as well. */
    private double[] simplest(PropertyCase asked, double[] witness) {
        double[] rounded = witness.clone();
        Float32Point.round(rounded, asked.box());
        return asked.isMetBy(rounded, replay(rounded)) ? rounded : witness;
    }

    private PropertyVerdict violated(int number, PropertyCase asked, double[] witness) {
        double[] outputs = replay(witness);
        return PropertyVerdict.violated(new Witness(number, witness, outputs, asked.margin(witness, outputs)),
                regions);
    }

    /** First output of the float64 reference. */
    private double[] replay(double[] input) {
        return reference.run(input, 1).get(network.outputs().indexOf(network.signal()));
    }
}
