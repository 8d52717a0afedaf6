package org.reluctor.devicetests.faults.ledger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.reluctor.devicetests.faults.wire.MqttPacket;
import org.reluctor.devicetests.faults.wire.PacketType;
import org.reluctor.devicetests.faults.wire.WireClient;

/**
 * Sends numbered frames of several sensors in turn at a steady rate, at QoS 1 and straight to the broker. A frame is in
 * the {@link Ledger} once the broker has confirmed it; what a lost connection left unconfirmed is sent again, in order,
 * on the next. While the broker is away no further frames are made.
 */
public final class FrameGenerator implements AutoCloseable {
    private static final int WINDOW = 200;
    private static final int REFUSAL = 0x80;
    private static final int NOBODY_LISTENS = 0x10;
    private static final int LAST_PACKET_ID = 0xFFFF;
    private static final long RETRY_MILLIS = 20;

    private final int brokerPort;
    private final String clientId;
    private final FrameSource source;
    private final Ledger ledger;
    private final long pauseNanos;
    private final Map<Integer, Sent> window = new LinkedHashMap<>();
    private final Deque<Sent> toRepeat = new ArrayDeque<>();
    private final Thread thread;
    private long made;
    private int lastPacketId;
    private int poisonDue;
    private long unheard;
    private boolean ending;
    private volatile boolean closed;

    private record Sent(String sensor, long seq, byte[] payload) {
    }

    /** Starts to send. */
    public FrameGenerator(int brokerPort, String clientId, FrameSource source, Ledger ledger, int framesPerSecond) {
        this.brokerPort = brokerPort;
        this.clientId = clientId;
        this.source = source;
        this.ledger = ledger;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
        this.thread = new Thread(this::run, "frame-generator");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next frame is one of which the network makes nothing finite. */
    public synchronized void poison() {
        poisonDue++;
    }

    /** Frames of which the broker said that nobody has subscribed to them: it took none of them. */
    public synchronized long unheard() {
        return unheard;
    }

    /** Makes no further frames; false where the broker has not confirmed all within the time. */
    public synchronized boolean finish(long timeoutMillis) throws InterruptedException {
        ending = true;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        for (long left = 1; !isConfirmed() && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return isConfirmed();
    }

    private boolean isConfirmed() {
        return window.isEmpty() && toRepeat.isEmpty();
    }

    private void run() {
        while (!closed) {
            try (WireClient client = WireClient.connect(brokerPort, clientId, 0)) {
                serve(client);
            } catch (IOException e) {
                // The broker is away, which is what the test is about.
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(WireClient client) throws IOException, InterruptedException {
        takeBack();
        Thread reader = new Thread(() -> read(client), "frame-generator-reader");
        reader.setDaemon(true);
        reader.start();
        try {
            for (long due = System.nanoTime(); !closed && reader.isAlive();) {
                boolean repeated = publishNext(client, Math.min(WINDOW, client.receiveMaximum()));
                // A time without broker is not made up for.
                due = repeated ? System.nanoTime() : Math.max(due + pauseNanos, System.nanoTime() - pauseNanos);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            }
        } finally {
            client.close();
            reader.join();
        }
    }

    /** What the last connection left unconfirmed goes before everything else. */
    private synchronized void takeBack() {
        List<Sent> open = new ArrayList<>(window.values());
        window.clear();
        for (int i = open.size() - 1; i >= 0; i--) {
            toRepeat.addFirst(open.get(i));
        }
    }

    /** Sends one frame where there is room; true where it was one to be repeated. */
    private boolean publishNext(WireClient client, int most) throws IOException, InterruptedException {
        Sent next;
        int packetId;
        boolean repeated;
        synchronized (this) {
            repeated = !toRepeat.isEmpty();
            if (window.size() >= most || ending && !repeated) {
                wait(RETRY_MILLIS);
                return false;
            }
            next = repeated ? toRepeat.poll() : makeNext();
            packetId = nextPacketId();
            window.put(packetId, next);
        }
        client.publish(topic(next), packetId, next.payload());
        return repeated;
    }

    private Sent makeNext() {
        List<String> sensors = source.sensors();
        String sensor = sensors.get((int) (made % sensors.size()));
        return make(sensor, made++ / sensors.size());
    }

    private Sent make(String sensor, long seq) {
        if (poisonDue == 0) {
            return new Sent(sensor, seq, source.frame(sensor, seq));
        }
        poisonDue--;
        ledger.poisoned(sensor, seq);
        return new Sent(sensor, seq, source.poison(sensor, seq));
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % LAST_PACKET_ID + 1;
        } while (window.containsKey(lastPacketId));
        return lastPacketId;
    }

    private static String topic(Sent sent) {
        return "reluctor/v1/" + sent.sensor() + "/frame";
    }

    private void read(WireClient client) {
        try {
            while (true) {
                MqttPacket packet = client.read();
                if (packet.type() == PacketType.PUBACK) {
                    confirmed(packet);
                }
            }
        } catch (IOException e) {
            // The writing side sees that this thread has ended, and connects again.
        }
    }

    private synchronized void confirmed(MqttPacket packet) {
        Sent sent = window.remove(packet.packetId());
        notifyAll();
        if (sent == null) {
            return;
        }
        if (packet.reasonCode() >= REFUSAL || packet.reasonCode() == NOBODY_LISTENS) {
            unheard++;
        } else {
            ledger.taken(sent.sensor(), sent.seq(), System.nanoTime());
        }
    }

    /** Ends at once; what is unconfirmed is not in the ledger. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
