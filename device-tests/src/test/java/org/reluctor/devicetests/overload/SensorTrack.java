package org.reluctor.devicetests.overload;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * When each frame of one sensor was sent and its signal arrived, by one clock (System.nanoTime). Safe for the sender's,
 * the subscriber's and the reporter's thread.
 */
final class SensorTrack {
    private final String sensor;
    private long[] sentNanos = new long[1024];
    private long[] arrivedNanos = new long[1024];
    private int[] gatewayMicros = new int[1024];
    private int sent;
    private int arrived;
    private int repeated;
    private int disordered;
    private int last = -1;

    SensorTrack(String sensor) {
        this.sensor = sensor;
    }

    String sensor() {
        return sensor;
    }

    /** Notes that the next frame goes out now; returns its number. */
    synchronized int sending() {
        if (sent == sentNanos.length) {
            sentNanos = Arrays.copyOf(sentNanos, 2 * sent);
            arrivedNanos = Arrays.copyOf(arrivedNanos, 2 * sent);
            gatewayMicros = Arrays.copyOf(gatewayMicros, 2 * sent);
        }
        sentNanos[sent] = System.nanoTime();
        return sent++;
    }

    /** The signal of that frame is here, after so long a time in the gateway, µs. */
    synchronized void arrived(int seq, int inGatewayMicros) {
        if (arrivedNanos[seq] != 0) {
            repeated++;
            return;
        }
        arrivedNanos[seq] = System.nanoTime();
        gatewayMicros[seq] = inGatewayMicros;
        arrived++;
        disordered += seq < last ? 1 : 0;
        last = Math.max(last, seq);
    }

    synchronized int sent() {
        return sent;
    }

    synchronized int arrived() {
        return arrived;
    }

    synchronized int repeated() {
        return repeated;
    }

    synchronized int disordered() {
        return disordered;
    }

    /** Whether all frames that were sent before that time have their signals. */
    synchronized boolean isCompleteBefore(long nanos) {
        for (int i = 0; i < sent && sentNanos[i] < nanos; i++) {
            if (arrivedNanos[i] == 0) {
                return false;
            }
        }
        return true;
    }

    /** Tells the latency, ns, of every frame that was sent in [from, to) and whose signal has arrived. */
    synchronized void latencies(long from, long to, LongConsumer fromSensorToSubscriber, LongConsumer inGateway) {
        for (int i = sent - 1; i >= 0 && sentNanos[i] >= from; i--) {
            if (sentNanos[i] < to && arrivedNanos[i] != 0) {
                fromSensorToSubscriber.accept(arrivedNanos[i] - sentNanos[i]);
                inGateway.accept(gatewayMicros[i] * 1000L);
            }
        }
    }
}
