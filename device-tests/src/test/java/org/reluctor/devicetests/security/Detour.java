package org.reluctor.devicetests.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between gateway and broker, in an attacker's hand: it leads where the attacker wants. */
final class Detour implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    /** Leads to a port of this machine at first. */
    Detour(int target) throws IOException {
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Cuts what is connected, and leads to another port from now on. */
    void leadTo(int port) throws IOException {
        target = port;
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        leadTo(0);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                lead(keep(listener.accept()));
            } catch (IOException e) {
                // The listener is closed, or the traveller gone already.
                Thread.onSpinWait();
            }
        }
    }

    private void lead(Socket near) throws IOException {
        try {
            Socket far = keep(new Socket(InetAddress.getLoopbackAddress(), target));
            daemon(() -> pump(near, far));
            daemon(() -> pump(far, near));
        } catch (IOException e) {
            // A target that is gone: the next attempt may find one.
            open.remove(near);
            near.close();
        }
    }

    private Socket keep(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        open.add(socket);
        return socket;
    }

    private void pump(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try (from; to; InputStream in = from.getInputStream()) {
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                to.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException e) {
            // Either end was closed, and takes the other with it.
            open.remove(to);
        }
        open.remove(from);
    }

    static void daemon(Runnable work) {
        Thread thread = new Thread(work, "detour");
        thread.setDaemon(true);
        thread.start();
    }
}
