package org.reluctor.app.recovery;

import java.util.function.Supplier;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.device.TuningFolder;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * The device that several networks share, opened anew after it was lost. Opened by the thread that starts the gateway,
 * then used by the stream's engine thread alone.
 */
final class RecoveryDevice implements AutoCloseable {
    private final Supplier<OpenDevice> opener;
    private OpenDevice opened;

    RecoveryDevice(Supplier<OpenDevice> opener) {
        this.opener = opener;
        this.opened = opener.get();
    }

    /** The session in use; opens one where the last was lost. */
    DeviceSession session() {
        if (opened == null) {
            opened = opener.get();
        }
        return opened.session();
    }

    /** How networks are launched in that session. */
    LaunchParameters parameters() {
        return opened.parameters();
    }

    /** Where the launch parameters come from. */
    TuningFolder.Found tuning() {
        return opened.tuning();
    }

    /**
     * Says that a session failed. It is not closed: a driver that failed once may well never return from a release, and
     * the process ends anyway if the device does not come back.
     */
    void lose(DeviceSession lost) {
        if (holds(lost)) {
            opened = null;
        }
    }

    boolean holds(DeviceSession candidate) {
        return opened != null && opened.session() == candidate;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
