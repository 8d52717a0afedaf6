package org.reluctor.app.recovery;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.reluctor.opencl.device.Holdings;
import org.tinylog.Logger;

/**
 * Gives back what was held of devices that failed. A driver that failed may never return from a release: so that is
 * done on a thread of its own, which then waits alone, and what is lost after it stays until the process ends.
 */
final class LostDevices {
    private static final int MOST_WAITING = 4;

    private final ThreadPoolExecutor releasing = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING), LostDevices::thread, new ThreadPoolExecutor.DiscardPolicy());

    LostDevices() {
        releasing.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "reluctor-release");
        thread.setDaemon(true);
        return thread;
    }

    /** Takes over what nobody else may touch from now on; returns at once. */
    void release(Holdings lost) {
        releasing.execute(() -> close(lost));
    }

    private static void close(Holdings lost) {
        try {
            lost.close();
        } catch (RuntimeException e) {
            // As was to be expected of a device that failed.
            Logger.debug("of a lost device not everything was released: {}", e.getMessage());
        }
    }
}
