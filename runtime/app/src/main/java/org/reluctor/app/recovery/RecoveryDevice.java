package org.reluctor.app.recovery;

import java.util.function.Supplier;
import org.reluctor.opencl.device.DeviceSession;

/**
 * The device that several networks share, opened anew after it was lost. Opened by the thread that starts the gateway,
 * then used by the stream's engine thread alone.
 */
final class RecoveryDevice implements AutoCloseable {
    private final Supplier<DeviceSession> opener;
    private DeviceSession session;

    RecoveryDevice(Supplier<DeviceSession> opener) {
        this.opener = opener;
        this.session = opener.get();
    }

    /** The session in use; opens one where the last was lost. */
    DeviceSession session() {
        if (session == null) {
            session = opener.get();
        }
        return session;
    }

    /**
     * Says that a session failed. It is not closed: a driver that failed once may well never return from a release, and
     * the process ends anyway if the device does not come back.
     */
    void lose(DeviceSession lost) {
        if (session == lost) {
            session = null;
        }
    }

    boolean holds(DeviceSession candidate) {
        return session == candidate;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
