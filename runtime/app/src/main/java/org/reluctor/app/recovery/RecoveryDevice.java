package org.reluctor.app.recovery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.Holdings;
import org.tinylog.Logger;

/**
 * The device that several networks share, with what they hold of it; opened anew after it was lost. Opened by the
 * thread that starts the gateway, then used by the stream's engine thread alone, between {@link #enter} and
 * {@link #leave}, and closed by any.
 */
final class RecoveryDevice implements AutoCloseable {
    /** For a batch that is being computed when the process ends. */
    private static final long PATIENCE_SECONDS = 2;

    private final Supplier<OpenDevice> opener;
    private final LostDevices lost = new LostDevices();
    private final ReentrantLock use = new ReentrantLock();
    private OpenDevice opened;
    private Holdings held;

    RecoveryDevice(Supplier<OpenDevice> opener) {
        this.opener = opener;
        opened();
    }

    /** Before anything is asked of the device. */
    void enter() {
        use.lock();
    }

    /** Behind it, whatever happened. */
    void leave() {
        use.unlock();
    }

    /** The device as it is open; opens it where it was lost. */
    OpenDevice opened() {
        if (opened == null) {
            opened = opener.get();
            held = new Holdings();
            held.add(opened);
        }
        return opened;
    }

    /** Brings a network, made from the file of that SHA-256, onto the device; closed with it. */
    Engine engine(RecoveryNetwork network, String sha256, int maxBatch) {
        return held.add(opened().engine(network, sha256, maxBatch));
    }

    /** Says that the device failed: nothing that was made on it is of use any more. */
    void lose() {
        if (opened != null) {
            lost.release(held);
            opened = null;
            held = null;
        }
    }

    /** Gives everything back, unless the engine thread is in a call that does not return: then the process must end. */
    @Override
    public void close() {
        if (!isIdle()) {
            Logger.warn("the device is still computing; it is left as it is");
            return;
        }
        try {
            if (opened != null) {
                opened = null;
                held.close();
            }
        } finally {
            leave();
        }
    }

    private boolean isIdle() {
        try {
            return use.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return use.tryLock();
        }
    }
}
