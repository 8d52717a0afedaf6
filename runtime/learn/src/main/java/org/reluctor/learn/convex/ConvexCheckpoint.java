package org.reluctor.learn.convex;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.checkpoint.CheckpointFile;
import org.reluctor.learn.checkpoint.Numbers;
import org.reluctor.opencl.file.Sha256;

/**
 * Where convex training stands: the solution of every program that was solved, and the gates that were added before it.
 * What was interrupted within a program begins that program anew, from where the one before ended: by iterations that
 * gives the same bytes. One thread.
 */
final class ConvexCheckpoint {
    /** Nothing is kept. */
    static final ConvexCheckpoint NONE = new ConvexCheckpoint(null);
    private static final long MARK = 0x52454c4343565831L;

    private final CheckpointFile file;
    private final List<Stage> stages = new ArrayList<>();

    /**
     * A program that was solved.
     *
     * @param added    gates that it has beyond those of the program before
     * @param solution of it
     */
    record Stage(List<double[]> added, GroupLassoSolution solution) {
    }

    private ConvexCheckpoint(CheckpointFile file) {
        this.file = file;
    }

    /**
     * In that file, which is read if it is there.
     *
     * @param options all that decides the training, in words
     * @throws org.reluctor.learn.data.DataFormatException if it is damaged, or of other training
     */
    static ConvexCheckpoint at(Path file, String options, Samples inputs, Samples targets) {
        MessageDigest sum = Sha256.digest();
        sum.update(options.getBytes(StandardCharsets.UTF_8));
        Numbers.add(sum, inputs.values());
        Numbers.add(sum, targets.values());
        ConvexCheckpoint checkpoint = new ConvexCheckpoint(new CheckpointFile(file, MARK, sum.digest()));
        checkpoint.file.read(ConvexCheckpoint::parse).ifPresent(checkpoint.stages::addAll);
        return checkpoint;
    }

    /** What was solved; the next program is that of this number. */
    List<Stage> stages() {
        return List.copyOf(stages);
    }

    /** Keeps one more. */
    void keep(List<double[]> added, GroupLassoSolution solution) {
        if (file != null) {
            stages.add(new Stage(List.copyOf(added), solution));
            file.write(this::write);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeInt(stages.size());
        for (Stage stage : stages) {
            out.writeInt(stage.added().size());
            for (double[] gate : stage.added()) {
                Numbers.write(out, gate);
            }
            GroupLassoSolution solution = stage.solution();
            Numbers.write(out, List.of(solution.weights(), solution.dual()));
            Numbers.write(out, solution.beta(), solution.gap().primal(), solution.gap().dual(),
                    solution.gap().largest(), solution.seconds());
            out.writeInt(solution.iterations());
            out.writeBoolean(solution.converged());
        }
    }

    private static List<Stage> parse(DataInputStream in) throws IOException {
        List<Stage> stages = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            List<double[]> added = new ArrayList<>();
            for (int gates = in.readInt(); gates > 0; gates--) {
                added.add(Numbers.doubles(in));
            }
            List<Matrix> matrices = Numbers.matrices(in);
            double[] figures = Numbers.doubles(in);
            stages.add(new Stage(added, new GroupLassoSolution(figures[0], matrices.get(0), matrices.get(1),
                    new DualityGap(figures[1], figures[2], figures[3]), in.readInt(), figures[4], in.readBoolean())));
        }
        return stages;
    }
}
