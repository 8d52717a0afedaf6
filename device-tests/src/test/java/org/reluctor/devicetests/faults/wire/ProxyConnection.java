package org.reluctor.devicetests.faults.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.reluctor.devicetests.faults.wire.FaultProxy.Stall;
import org.reluctor.devicetests.faults.wire.PacketRule.Outcome;

/** One client's connection through a {@link FaultProxy}: two sockets, and a thread for each direction. */
final class ProxyConnection {
    private final FaultProxy proxy;
    private final Socket client;
    private final Socket broker;
    private final PacketWatch watch;
    private final Consumer<ProxyConnection> ended;
    private volatile boolean lostBytes;
    private volatile boolean frozen;

    ProxyConnection(FaultProxy proxy, Socket client, Socket broker, PacketWatch watch,
            Consumer<ProxyConnection> ended) {
        this.proxy = proxy;
        this.client = client;
        this.broker = broker;
        this.watch = watch;
        this.ended = ended;
    }

    void start() throws IOException {
        client.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        startThread(client, broker, Direction.TO_BROKER);
        startThread(broker, client, Direction.TO_CLIENT);
    }

    boolean lostBytes() {
        return lostBytes;
    }

    /** Nothing passes any more, though both sockets stay open. */
    void freeze() {
        frozen = true;
    }

    private Stall stalled() {
        return frozen ? Stall.FROZEN : proxy.stalled();
    }

    private void startThread(Socket from, Socket to, Direction direction) {
        Thread thread = new Thread(() -> carry(from, to, direction), "fault-proxy-" + direction);
        thread.setDaemon(true);
        thread.start();
    }

    private void carry(Socket from, Socket to, Direction direction) {
        try {
            InputStream in = new BufferedInputStream(from.getInputStream());
            for (MqttPacket packet = MqttPacket.read(in); packet != null; packet = MqttPacket.read(in)) {
                handle(packet, from, to, direction);
            }
        } catch (IOException e) {
            // One of the two has gone; so goes the other.
        } finally {
            awaitEndOfStall();
            end();
        }
    }

    // While a cable is pulled, nobody hears that the other side has gone.
    private synchronized void awaitEndOfStall() {
        try {
            while (stalled() != Stall.NONE && !client.isClosed()) {
                TimeUnit.SECONDS.timedWait(this, 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(MqttPacket packet, Socket from, Socket to, Direction direction) throws IOException {
        if (awaitFlow() == Stall.SWALLOWED) {
            lostBytes = true;
            watch.seen(direction, packet, false);
            return;
        }
        if (proxy.delayNanos() > 0) {
            LockSupport.parkNanos(proxy.delayNanos());
        }
        Outcome outcome = proxy.rule().apply(direction, packet);
        watch.seen(direction, packet, outcome.onward() == packet);
        write(outcome.onward(), to);
        write(outcome.back(), from);
    }

    private static void write(MqttPacket packet, Socket to) throws IOException {
        if (packet == null) {
            return;
        }
        OutputStream out = to.getOutputStream();
        synchronized (to) {
            out.write(packet.bytes());
        }
    }

    /** Waits while the link is frozen; the state that ended the wait. */
    private synchronized Stall awaitFlow() throws IOException {
        try {
            while (stalled() == Stall.FROZEN && !client.isClosed()) {
                TimeUnit.SECONDS.timedWait(this, 1);
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        return stalled();
    }

    synchronized void wake() {
        notifyAll();
    }

    /** Both sides learn of the end by a reset, as from a router that has forgotten them. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            broker.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
        end();
    }

    private void end() {
        try (client; broker) {
            ended.accept(this);
        } catch (IOException e) {
            // Nothing is left to be closed.
        }
        wake();
    }
}
