package org.reluctor.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharedConnectionTest {
    private static final char[] SECRET = "changeit".toCharArray();

    @TempDir
    Path folder;
    private SSLServerSocket server;
    private SharedConnection connection;
    private final AtomicReference<SSLSocket> peer = new AtomicReference<>();

    @BeforeEach
    void connect() throws Exception {
        SSLContext context = context();
        server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5,
                InetAddress.getByName("127.0.0.1"));
        Thread accepting = new Thread(this::accept);
        accepting.start();
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setConnectionTimeout(10);
        EncryptedModule module = new EncryptedModule(context.getSocketFactory(),
                URI.create("ssl://localhost:" + server.getLocalPort()), "test", options);
        connection = new SharedConnection(module, 1 << 16, null);
        connection.start();
        accepting.join();
    }

    @AfterEach
    void close() throws IOException {
        peer.get().close();
        server.close();
    }

    @Test
    void stop_encrypted_closesTheSocket() throws Exception {
        InputStream in = peer.get().getInputStream();
        peer.get().setSoTimeout(5000);
        stop();
        assertEquals(-1, in.read());
    }

    @Test
    void stop_encryptedWithAWriteThatIsStuck_closesTheSocketAndEndsTheWrite() throws Exception {
        OutboundMessage message = OutboundMessage.cbor("t", new byte[1 << 16]);
        Thread writing = new Thread(() -> writeForEver(message));
        writing.setDaemon(true);
        writing.start();
        TimeUnit.MILLISECONDS.sleep(1000);
        Thread stopping = new Thread(this::stop);
        stopping.setDaemon(true);
        stopping.start();
        stopping.join(5000);
        assertFalse(stopping.isAlive(), "stop waits for the stuck write");
        writing.join(5000);
        assertFalse(writing.isAlive());
    }

    private void stop() {
        try {
            connection.stop();
        } catch (IOException e) {
            // As the library does.
            return;
        }
    }

    private void writeForEver(OutboundMessage message) {
        try {
            while (true) {
                connection.writer().publish(message, 1);
            }
        } catch (IOException e) {
            return;
        }
    }

    private void accept() {
        try {
            SSLSocket socket = (SSLSocket) server.accept();
            socket.startHandshake();
            peer.set(socket);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context() throws Exception {
        Path store = folder.resolve("broker.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        new ProcessBuilder(keytool, "-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=localhost",
                "-ext", "san=dns:localhost", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
                new String(SECRET)).start().waitFor();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, SECRET);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, SECRET);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
