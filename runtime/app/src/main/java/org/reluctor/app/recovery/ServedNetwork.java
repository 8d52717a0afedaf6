package org.reluctor.app.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.stream.Recovery;
import org.tinylog.Logger;

/**
 * One network of the configuration at work, and the one that it took the place of. The stream's engine thread asks for
 * {@link #current} at every batch, so that an exchange takes effect between two batches and waits for none. One thread
 * at a time exchanges.
 */
public final class ServedNetwork implements Recovery, AutoCloseable {
    private final Configuration.Network setting;
    private volatile DeployedNetwork current;
    /** Null where there is none to go back to. */
    private volatile DeployedNetwork previous;
    /** What the engine thread was given last, and may be computing with. */
    private volatile DeployedNetwork taken;
    private final List<DeployedNetwork> retired = new ArrayList<>();

    ServedNetwork(Configuration.Network setting, DeployedNetwork first) {
        this.setting = setting;
        this.current = first;
        this.taken = first;
    }

    @Override
    public Recovery current() {
        DeployedNetwork now;
        do {
            now = current;
            // Said before it is looked at once more: whoever exchanges meanwhile sees it, or it is seen here.
            taken = now;
        } while (now != current);
        return now.recovery();
    }

    /** Of the configuration: file and sensors. */
    public Configuration.Network setting() {
        return setting;
    }

    /** What computes from the next batch on. */
    public DeployedNetwork inUse() {
        return current;
    }

    /** What {@link #goBack} would bring back. */
    public Optional<DeployedNetwork> previous() {
        return Optional.ofNullable(previous);
    }

    /** What was verified of the network in use; empty where networks run unsigned. */
    public Optional<SignedNetwork> signed() {
        return current.signed();
    }

    /** The network in use. */
    public RecoveryNetwork network() {
        return current.recovery().network();
    }

    /** Computes with this one from the next batch on, and keeps the present one for {@link #goBack}. */
    public void exchange(DeployedNetwork next) {
        DeployedNetwork outdated = previous;
        previous = current;
        current = next;
        retire(outdated);
    }

    /**
     * Computes with this one from the next batch on; the present one is given up, and nothing is left to go back to.
     */
    public void goBack(DeployedNetwork to) {
        DeployedNetwork withdrawn = current;
        DeployedNetwork outdated = previous == to ? null : previous;
        current = to;
        previous = null;
        retire(withdrawn);
        retire(outdated);
    }

    private void retire(DeployedNetwork outdated) {
        if (outdated != null) {
            retired.add(outdated);
        }
        for (DeployedNetwork each : List.copyOf(retired)) {
            if (each != taken) {
                retired.remove(each);
                close(each);
            }
        }
    }

    private static void close(DeployedNetwork network) {
        try {
            network.recovery().close();
        } catch (RuntimeException failed) {
            // Of a device that failed not everything can be given back; what runs is not touched by it.
            Logger.debug("a network that was replaced was not released: {}", failed.getMessage());
        }
    }

    @Override
    public int measurements() {
        return current.recovery().measurements();
    }

    @Override
    public int samples() {
        return current.recovery().samples();
    }

    @Override
    public int channels() {
        return current.recovery().channels();
    }

    @Override
    public int maxBatch() {
        return current.recovery().maxBatch();
    }

    @Override
    public long matrixId() {
        return current.recovery().matrixId();
    }

    @Override
    public long modelId() {
        return current.recovery().modelId();
    }

    @Override
    public String unit() {
        return current.recovery().unit();
    }

    @Override
    public void recover(float[] y, int frames, float[] x, float[] residual) {
        current().recover(y, frames, x, residual);
    }

    /** Gives up everything that is held of the device; behind the stream's end. */
    @Override
    public void close() {
        retired.forEach(ServedNetwork::close);
        retired.clear();
        if (previous != null) {
            close(previous);
        }
        close(current);
    }
}
