package org.reluctor.learn.unrectified;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Samples;

/**
 * Activation states in a folder, a file a shard, so that one shard's state alone is in memory. Scratch of one run: the
 * numbers are exact, the format is nobody else's.
 */
final class ActivationFiles implements ActivationStore {
    private final Path folder;

    /** @param folder that exists, and is empty of files named like these */
    ActivationFiles(Path folder) {
        this.folder = folder;
    }

    private Path file(int shard) {
        return folder.resolve("activations-" + shard + ".bin");
    }

    @Override
    public List<LayerActivations> read(int shard) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file(shard))))) {
            int layers = in.readInt();
            List<LayerActivations> state = new ArrayList<>();
            for (int layer = 0; layer < layers; layer++) {
                LayerActivations here = LayerActivations.zero(in.readInt(), in.readInt());
                for (Samples part : here.parts()) {
                    byte[] bytes = in.readNBytes(part.values().length * Double.BYTES);
                    ByteBuffer.wrap(bytes).asDoubleBuffer().get(part.values());
                }
                state.add(here);
            }
            return state;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the activations of shard " + shard + " from " + folder,
                    failed);
        }
    }

    @Override
    public void write(int shard, List<LayerActivations> state) {
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file(shard))))) {
            out.writeInt(state.size());
            for (LayerActivations here : state) {
                out.writeInt(here.v().count());
                out.writeInt(here.v().width());
                for (Samples part : here.parts()) {
                    ByteBuffer bytes = ByteBuffer.allocate(part.values().length * Double.BYTES);
                    bytes.asDoubleBuffer().put(part.values());
                    out.write(bytes.array());
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the activations of shard " + shard + " to " + folder,
                    failed);
        }
    }

    /** Removes the files of that many shards. */
    void delete(int shards) {
        try {
            for (int shard = 0; shard < shards; shard++) {
                Files.deleteIfExists(file(shard));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove the activations from " + folder, failed);
        }
    }
}
