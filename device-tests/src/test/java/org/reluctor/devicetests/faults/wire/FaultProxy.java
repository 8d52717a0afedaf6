package org.reluctor.devicetests.faults.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Stands between a client and its broker on a free loopback port that it keeps, and spoils the way between them: cuts
 * connections, stalls them with both sockets open, delays packets, drops or answers single ones. Never reorders. Knows
 * where MQTT packets end, so that what it drops are whole packets. All methods from any thread.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2000;

    /** What a stalled link does with bytes. */
    public enum Stall {
        /** Nothing: they flow. */
        NONE,
        /** Nobody reads them, as behind a full buffer; they go on when it is over. */
        FROZEN,
        /** They vanish, as on a pulled cable; connections that lost any are cut when it is over. */
        SWALLOWED
    }

    private final ServerSocket server;
    private final IntSupplier brokerPort;
    private final Supplier<PacketWatch> watches;
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile PacketRule rule = PacketRule.NONE;
    private volatile Stall stall = Stall.NONE;
    private volatile long delayNanos;
    private volatile boolean refusing;

    private FaultProxy(ServerSocket server, IntSupplier brokerPort, Supplier<PacketWatch> watches) {
        this.server = server;
        this.brokerPort = brokerPort;
        this.watches = watches;
    }

    /** A proxy before a broker on the loopback interface. */
    public static FaultProxy before(int brokerPort) throws IOException {
        return before(() -> brokerPort, () -> PacketWatch.NONE);
    }

    /**
     * A proxy whose connections are watched.
     *
     * @param brokerPort asked at every connection
     * @param watches    makes a watch for every connection
     */
    public static FaultProxy before(IntSupplier brokerPort, Supplier<PacketWatch> watches) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FaultProxy proxy = new FaultProxy(server, brokerPort, watches);
        Thread accepting = new Thread(proxy::accept, "fault-proxy-accept");
        accepting.setDaemon(true);
        accepting.start();
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    public String uri() {
        return "tcp://127.0.0.1:" + port();
    }

    /** Connections that are open now. */
    public int connections() {
        return connections.size();
    }

    /** Resets all connections; new ones are taken. */
    public void cut() {
        connections.forEach(ProxyConnection::reset);
    }

    /** True: new connections are closed at once, as where no broker listens. Those that are open stay. */
    public void refuse(boolean newConnections) {
        refusing = newConnections;
    }

    /** Stalls all connections, those to come as well, or lets them flow again. */
    public void stall(Stall how) {
        Stall before = stall;
        stall = how;
        if (before == Stall.SWALLOWED && how != Stall.SWALLOWED) {
            connections.stream().filter(ProxyConnection::lostBytes).forEach(ProxyConnection::reset);
        }
        connections.forEach(ProxyConnection::wake);
    }

    /** Freezes the connections that there are, for good, as a router that forgot them; those to come work. */
    public void freezeOpen() {
        connections.forEach(ProxyConnection::freeze);
    }

    Stall stalled() {
        return stall;
    }

    /** Holds every packet back for so long, in each direction; later packets wait behind it. Zero for none. */
    public void delay(Duration each) {
        delayNanos = each.toNanos();
    }

    long delayNanos() {
        return delayNanos;
    }

    /** Applies a rule to every packet from now on, of connections that are open as well; null for none. */
    public void apply(PacketRule newRule) {
        rule = newRule == null ? PacketRule.NONE : newRule;
    }

    PacketRule rule() {
        return rule;
    }

    /** Ends every fault; connections that are open and whole stay. */
    public void heal() {
        refusing = false;
        rule = PacketRule.NONE;
        delayNanos = 0;
        stall(Stall.NONE);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                open(server.accept());
            } catch (IOException e) {
                // The port is closed, which the loop's condition tells, or the client has gone again.
            }
        }
    }

    private void open(Socket client) throws IOException {
        if (refusing) {
            client.close();
            return;
        }
        Socket broker = new Socket();
        try {
            broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), brokerPort.getAsInt()),
                    CONNECT_MILLIS);
        } catch (IOException e) {
            client.close();
            broker.close();
            return;
        }
        ProxyConnection connection = new ProxyConnection(this, client, broker, watches.get(), connections::remove);
        connections.add(connection);
        connection.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
