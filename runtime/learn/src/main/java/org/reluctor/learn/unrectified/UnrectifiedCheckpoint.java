package org.reluctor.learn.unrectified;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.reluctor.learn.checkpoint.CheckpointFile;
import org.reluctor.learn.checkpoint.Numbers;
import org.reluctor.opencl.file.Sha256;

/**
 * Where un-rectified training stands: within the steps with memory, all that they remember; behind them, the weights
 * that the augmented Lagrangian starts from. It then starts anew from these, because its own state, nine numbers a
 * hidden unit and sample, is larger than all else: by iterations that gives the same bytes. One thread.
 */
public final class UnrectifiedCheckpoint {
    /** Nothing is kept. */
    public static final UnrectifiedCheckpoint NONE = new UnrectifiedCheckpoint(null, Integer.MAX_VALUE);
    private static final long MARK = 0x52454c43554e5233L;

    private final CheckpointFile file;
    private final int every;
    private RestartState restart;
    private DenseNetwork near;
    private double nearSeconds;

    private UnrectifiedCheckpoint(CheckpointFile file, int every) {
        this.file = file;
        this.every = every;
    }

    /**
     * In that file, which is read if it is there.
     *
     * @param every   steps between two times that it is written
     * @param options all that decides the training, in words
     * @throws org.reluctor.learn.data.DataFormatException if it is damaged, or of other training
     */
    public static UnrectifiedCheckpoint at(Path file, int every, String options, DenseNetwork start, Shards shards) {
        MessageDigest sum = Sha256.digest();
        sum.update((options + "|" + shards.count() + "|" + shards.samples()).getBytes(StandardCharsets.UTF_8));
        start.weights().forEach(weights -> Numbers.add(sum, weights.values()));
        Numbers.add(sum, shards.shard(0).measurements().values());
        Numbers.add(sum, shards.shard(0).targets().values());
        UnrectifiedCheckpoint checkpoint = new UnrectifiedCheckpoint(new CheckpointFile(file, MARK, sum.digest()),
                every);
        checkpoint.file.read(checkpoint::parse);
        return checkpoint;
    }

    private UnrectifiedCheckpoint parse(DataInputStream in) throws IOException {
        if (in.readBoolean()) {
            nearSeconds = in.readDouble();
            near = new DenseNetwork(Numbers.matrices(in), in.readBoolean());
        } else {
            restart = RestartState.read(in);
        }
        return this;
    }

    /** The state within the steps with memory, if that is where training stands. */
    Optional<RestartState> restart() {
        return Optional.ofNullable(restart);
    }

    /** The weights behind those steps, if that is where it stands. */
    Optional<DenseNetwork> near() {
        return Optional.ofNullable(near);
    }

    /** Time that had passed by then. */
    double nearSeconds() {
        return nearSeconds;
    }

    /** Whether a state is to be kept after so many steps. */
    boolean isDue(long steps) {
        return file != null && steps % every == 0;
    }

    void keep(RestartState state) {
        file.write(out -> {
            out.writeBoolean(false);
            state.write(out);
        });
    }

    void keepNear(DenseNetwork network, double seconds) {
        if (file != null) {
            file.write(out -> {
                out.writeBoolean(true);
                out.writeDouble(seconds);
                Numbers.write(out, network.weights());
                out.writeBoolean(network.unrolled());
            });
        }
    }
}
