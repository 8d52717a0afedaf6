package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Keeps the activation state of every shard between the passes over them: nine values a hidden unit and sample, which
 * for large sets is more than memory holds. One thread.
 */
interface ActivationStore {
    /** The state of a shard that was written before, which the caller may change and write again. */
    List<LayerActivations> read(int shard);

    /** Keeps the state of a shard. */
    void write(int shard, List<LayerActivations> state);

    /** In memory. */
    static ActivationStore inMemory(int shards) {
        List<List<LayerActivations>> all = new ArrayList<>(Collections.nCopies(shards, null));
        return new ActivationStore() {
            @Override
            public List<LayerActivations> read(int shard) {
                return all.get(shard);
            }

            @Override
            public void write(int shard, List<LayerActivations> state) {
                all.set(shard, state);
            }
        };
    }
}
