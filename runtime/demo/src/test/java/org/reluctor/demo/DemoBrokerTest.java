package org.reluctor.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DemoBrokerTest {
    /** CONNECT of MQTT 5: clean start, keep alive 60 s, no properties, client id "t". */
    private static final byte[] CONNECT = {0x10, 14, 0, 4, 'M', 'Q', 'T', 'T', 5, 2, 0, 60, 0, 0, 1, 't'};

    @Test
    void start_thenConnect_isAnsweredByMqtt5() throws Exception {
        try (DemoBroker broker = DemoBroker.start(); Socket socket = connect(broker.uri())) {
            socket.getOutputStream().write(CONNECT);
            byte[] head = socket.getInputStream().readNBytes(2);
            byte[] flagsAndReason = socket.getInputStream().readNBytes(2);
            assertEquals(0x20, head[0], "CONNACK, not " + Arrays.toString(head));
            assertArrayEquals(new byte[] {0, 0}, flagsAndReason);
        }
    }

    @Test
    void start_always_listensOnLoopbackOnly() {
        try (DemoBroker broker = DemoBroker.start()) {
            assertEquals("127.0.0.1", broker.uri().getHost());
            assertTrue(broker.uri().getPort() > 0);
        }
    }

    @Test
    void close_always_leavesNeitherPortNorFiles() {
        DemoBroker broker = DemoBroker.start();
        broker.close();
        assertThrows(IOException.class, () -> connect(broker.uri()).close());
        assertTrue(java.nio.file.Files.notExists(broker.folder()), broker.folder().toString());
    }

    private static Socket connect(URI uri) throws IOException {
        Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort());
        socket.setSoTimeout(5000);
        return socket;
    }
}
