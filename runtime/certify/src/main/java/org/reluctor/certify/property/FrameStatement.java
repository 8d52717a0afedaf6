package org.reluctor.certify.property;

import java.util.List;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.ZonotopePass;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.NetworkImport;
import org.reluctor.certify.graph.RefusedNetworkException;
import org.reluctor.certify.interval.Box;
import org.reluctor.network.RecoveryNetwork;

/**
 * What one frame's recovered samples can be if its measurements are off by no more than a bound: an interval a sample.
 * It speaks of stability, not of truth: what lies in Φ's kernel is not seen. Safe between threads.
 */
public final class FrameStatement {
    /** How intervals are proven, as reports name it. */
    public static final String METHOD = "zonotopes carried forwards";

    /** Generators of a layer are at most as many as measurements divided by this. */
    private static final int SHARE = 4;

    private final ZonotopePass pass;

    /**
     * Imports the network.
     *
     * @throws RefusedNetworkException if it cannot be certified for that execution
     */
    public FrameStatement(RecoveryNetwork network, Execution execution) {
        this(network, execution, Math.toIntExact(network.input().shape().frameElements()) / SHARE);
    }

    /** The same with so many generators a layer at most: more are narrower, and slower. */
    FrameStatement(RecoveryNetwork network, Execution execution, int room) {
        int measurements = Math.toIntExact(network.input().shape().frameElements());
        LayerGraph.Builder builder = new LayerGraph.Builder(measurements);
        int scaled = Scales.input(builder, 0, network.metadata());
        List<Integer> outputs = new NetworkImport(network).append(builder, scaled);
        int signal = Scales.output(builder, outputs.get(0), network.metadata());
        pass = new ZonotopePass(builder.build(), signal, execution, room);
    }

    /**
     * The interval of every sample, in the signal's unit.
     *
     * @param y       the frame's measurements, in the unit of Φx
     * @param epsilon most that each is off, 0 or more
     * @throws ArithmeticException if no finite interval can be proven
     */
    public Box interval(double[] y, double epsilon) {
        double[] low = new double[y.length];
        double[] high = new double[y.length];
        for (int at = 0; at < y.length; at++) {
            low[at] = Math.nextDown(y[at] - epsilon);
            high[at] = Math.nextUp(y[at] + epsilon);
        }
        return pass.box(new Box(low, high));
    }
}
