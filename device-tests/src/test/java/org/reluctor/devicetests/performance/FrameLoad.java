package org.reluctor.devicetests.performance;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Sensor and subscriber in one, so that one clock times a frame's way: publishes real frames at a fixed rate or as fast
 * as they go through, receives the results, and tells loss, repetition and latency. At most {@link #UNDER_WAY} frames
 * are without result, so that a slow subject slows the load down in place of filling the broker.
 */
final class FrameLoad {
    /** Enough to keep a receive maximum of 64 full, together with what is on the wires. */
    private static final int UNDER_WAY = 192;
    private static final int UNCONFIRMED = 64;
    private static final int DISTINCT = 64;
    private static final long PATIENCE_SECONDS = 20;

    private final LoadPlan plan;
    private final FrameSeries frames;
    private final FrameLedger ledger;
    private final Semaphore underWay = new Semaphore(UNDER_WAY);
    private final Semaphore unconfirmed = new Semaphore(UNCONFIRMED);

    private FrameLoad(LoadPlan plan) {
        this.plan = plan;
        this.frames = new FrameSeries(plan.network(), DISTINCT);
        this.ledger = new FrameLedger(frames.boot(), frames.signalBytes());
    }

    /** Does what the plan says, and waits for the last results. */
    static LoadReport run(LoadPlan plan) throws MqttException, InterruptedException {
        return new FrameLoad(plan).run();
    }

    private LoadReport run() throws MqttException, InterruptedException {
        MqttAsyncClient subscriber = client("-subscriber");
        subscriber.setCallback((Arrivals) (topic, message) -> {
            if (ledger.arrived(message.getPayload(), System.nanoTime())) {
                underWay.release();
            }
        });
        subscriber.connect(options()).waitForCompletion();
        subscriber.subscribe(plan.root() + "/v1/" + FrameSeries.SENSOR + "/signal", 1).waitForCompletion();
        MqttAsyncClient sensor = client("-sensor");
        sensor.connect(options()).waitForCompletion();
        try {
            long begin = System.nanoTime();
            long sent = publish(sensor, begin);
            awaitResults(sent);
            return LoadReport.of(ledger, sent, (ledger.lastNanos() - begin) / 1e9);
        } finally {
            leave(sensor);
            leave(subscriber);
        }
    }

    private long publish(MqttAsyncClient sensor, long begin) throws MqttException, InterruptedException {
        long end = begin + (long) (plan.seconds() * 1e9);
        long pause = plan.framesPerSecond() == 0 ? 0 : 1_000_000_000L / plan.framesPerSecond();
        String topic = plan.root() + "/v1/" + FrameSeries.SENSOR + "/frame";
        long seq = 0;
        while (System.nanoTime() < end && (plan.frames() == 0 || seq < plan.frames())) {
            sleepUntil(begin + seq * pause);
            byte[] frame = frames.next(seq);
            if (!underWay.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    || !unconfirmed.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                break;
            }
            MqttProperties properties = new MqttProperties();
            properties.setContentType("application/cbor");
            ledger.sending(seq, System.nanoTime());
            sensor.publish(topic, new MqttMessage(frame, 1, false, properties), null, new Confirmation());
            seq++;
        }
        return seq;
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void awaitResults(long sent) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (ledger.received() < sent && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        // A repetition would come right behind.
        TimeUnit.MILLISECONDS.sleep(100);
    }

    private MqttAsyncClient client(String role) throws MqttException {
        return new MqttAsyncClient(plan.broker(), plan.root() + role, new MemoryPersistence());
    }

    private static MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setReceiveMaximum(2 * UNDER_WAY);
        return options;
    }

    private static void leave(MqttAsyncClient client) throws MqttException {
        client.disconnect().waitForCompletion();
        client.close();
    }

    private final class Confirmation implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            unconfirmed.release();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            System.err.println("frame not published: " + cause);
        }
    }
}
