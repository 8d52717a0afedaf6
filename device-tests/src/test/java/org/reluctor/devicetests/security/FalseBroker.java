package org.reluctor.devicetests.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.reluctor.app.configuration.TlsFiles;
import org.reluctor.devicetests.security.TestAuthority.Identity;

/** A port that pretends to be the broker, and takes whatever a client tells it. Ends with {@link #close}. */
final class FalseBroker implements AutoCloseable {
    /** TLS 1.0's ServerHello: version 3.1, a random of zeros, no session, TLS_RSA_WITH_AES_128_CBC_SHA. */
    private static final byte[] OLD_HELLO = HexFormat.of().parseHex("160301002a" + "02000026" + "0301"
            + "00".repeat(32) + "00" + "002f" + "00");
    /** CONNACK, success, of MQTT 5. */
    private static final byte[] WELCOME = {0x20, 3, 0, 0, 0};

    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());

    /** Speaks with one client. */
    @FunctionalInterface
    private interface Manner {
        void meet(Socket client) throws IOException;
    }

    private FalseBroker(Manner manner) throws IOException {
        Detour.daemon(() -> accept(manner));
    }

    /** One with TLS and a certificate. */
    static FalseBroker with(Identity identity) throws IOException {
        SSLSocketFactory factory = new TlsFiles(Optional.empty(), Optional.of(identity.certificate()),
                Optional.of(identity.key())).socketFactory();
        return new FalseBroker(client -> {
            try (SSLSocket secured = (SSLSocket) factory.createSocket(client, InputStream.nullInputStream(), true)) {
                secured.startHandshake();
                greet(secured);
            }
        });
    }

    /** One that knows no later TLS than 1.0. */
    static FalseBroker old() throws IOException {
        return new FalseBroker(client -> {
            client.getInputStream().read(new byte[4096]);
            client.getOutputStream().write(OLD_HELLO);
            client.getInputStream().read(new byte[4096]);
        });
    }

    /** One without TLS. */
    static FalseBroker plain() throws IOException {
        return new FalseBroker(FalseBroker::greet);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private static void greet(Socket client) throws IOException {
        client.getInputStream().read(new byte[4096]);
        client.getOutputStream().write(WELCOME);
        client.getInputStream().read(new byte[4096]);
    }

    private void accept(Manner manner) {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                client.setSoTimeout(2000);
                manner.meet(client);
            } catch (IOException e) {
                // The client left, as it should.
                Thread.onSpinWait();
            }
        }
    }
}
