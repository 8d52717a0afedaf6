package org.reluctor.stream.mqtt;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;

/**
 * Has the library look after its keep-alive by the monotonic clock. The library's own timer goes by the time of day:
 * where that is set back by hours, as a board without a battery does when it first hears of the time, it would neither
 * ping nor notice a dead link for as long.
 */
final class SteadyPingSender implements MqttPingSender {
    private ClientComms comms;
    private ScheduledThreadPoolExecutor executor;

    @Override
    public void init(ClientComms of) {
        comms = of;
    }

    @Override
    public synchronized void start() {
        stop();
        executor = new ScheduledThreadPoolExecutor(1, this::thread);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        schedule(comms.getKeepAlive());
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "MQTT Ping: " + comms.getClient().getClientId());
        thread.setDaemon(true);
        return thread;
    }

    /** Called by the ping's own thread, too, which must not be interrupted while it closes a dead connection. */
    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdown();
        }
    }

    @Override
    public synchronized void schedule(long delayMillis) {
        try {
            executor.schedule((Runnable) comms::checkForActivity, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Stopped meanwhile.
            return;
        }
    }
}
