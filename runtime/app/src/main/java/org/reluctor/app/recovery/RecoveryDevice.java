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
 * The device that one network or several share, with what they hold of it; opened anew after it was lost. Opened by the
 * thread that brings the first network onto it, then used by the stream's engine thread alone, between {@link #enter}
 * and {@link #leave}, and given back by any, when the last of its networks goes.
 */
final class RecoveryDevice {
    /** For a batch that is being computed when the process ends. */
    private static final long PATIENCE_SECONDS = 2;

    private final Supplier<OpenDevice> opener;
    private final LostDevices lost = new LostDevices();
    private final ReentrantLock use = new ReentrantLock();
    private OpenDevice opened;
    private Holdings held;
    private int users;

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

    /** One network more is on the device, until it is given up by {@link #release}. */
    void join() {
        users++;
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

    /**
     * Gives up what one network holds, and the device with its last one, unless the engine thread is in a call that
     * does not return: then the process must end.
     */
    void release(Engine engine) {
        if (!isIdle()) {
            Logger.warn("the device is still computing; it is left as it is");
            return;
        }
        try {
            users--;
            if (opened != null && users == 0) {
                opened = null;
                held.close();
            } else if (opened != null) {
                held.remove(engine);
                engine.close();
            }
        } finally {
            leave();
        }
    }

    /** Gives the device back where no network came onto it. */
    void closeUnused() {
        if (users == 0 && opened != null) {
            opened = null;
            held.close();
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
