package org.reluctor.learn.unrectified;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.checkpoint.Numbers;

/**
 * Where the steps with memory stand.
 *
 * @param steps     done
 * @param seconds   that they took
 * @param network   the weights
 * @param good      the last weights that were good
 * @param damping   of the curvature, grown where steps failed
 * @param losses    of every shard when it came last; 0 before
 * @param loss      of the last shard
 * @param fresh     steps since the memory began
 * @param direction of the last step; empty where there is none
 * @param curvature what the curvature remembers
 */
record RestartState(long steps, double seconds, DenseNetwork network, DenseNetwork good, double damping,
        double[] losses, double loss, long fresh, List<Matrix> direction, List<List<Matrix>> curvature) {
    void write(DataOutputStream out) throws IOException {
        out.writeLong(steps);
        out.writeDouble(seconds);
        out.writeBoolean(network.unrolled());
        Numbers.write(out, network.weights());
        Numbers.write(out, good.weights());
        out.writeDouble(damping);
        Numbers.write(out, losses);
        out.writeDouble(loss);
        out.writeLong(fresh);
        Numbers.write(out, direction);
        for (List<Matrix> part : curvature) {
            Numbers.write(out, part);
        }
    }

    static RestartState read(DataInputStream in) throws IOException {
        long steps = in.readLong();
        double seconds = in.readDouble();
        boolean unrolled = in.readBoolean();
        DenseNetwork network = new DenseNetwork(Numbers.matrices(in), unrolled);
        DenseNetwork good = new DenseNetwork(Numbers.matrices(in), unrolled);
        return new RestartState(steps, seconds, network, good, in.readDouble(), Numbers.doubles(in), in.readDouble(),
                in.readLong(), Numbers.matrices(in), List.of(Numbers.matrices(in), Numbers.matrices(in),
                Numbers.matrices(in), Numbers.matrices(in)));
    }
}
