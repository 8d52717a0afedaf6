package org.reluctor.app.recovery;

import java.util.function.Supplier;
import org.reluctor.app.device.OpenDevice;

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

    /** The device as it is open; opens it where it was lost. */
    OpenDevice opened() {
        if (opened == null) {
            opened = opener.get();
        }
        return opened;
    }

    /**
     * Says that the device failed. It is not closed: a driver that failed once may well never return from a release,
     * and the process ends anyway if the device does not come back.
     */
    void lose(OpenDevice lost) {
        if (opened == lost) {
            opened = null;
        }
    }

    boolean holds(OpenDevice candidate) {
        return opened == candidate;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
