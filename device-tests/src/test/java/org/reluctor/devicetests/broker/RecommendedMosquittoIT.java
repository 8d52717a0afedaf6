package org.reluctor.devicetests.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.ProjectFiles;

/** The recommended settings, where an operator puts them. */
class RecommendedMosquittoIT {
    private static final String LISTENER = "listener 1883 127.0.0.1";

    @TempDir
    Path folder;

    /** The main file of Debian's package names persistence and its place, too, before it includes the folder. */
    @Test
    void settings_inDebiansFolder_areTakenBesideItsOwn() throws Exception {
        int port = freePort();
        String shipped = Files.readString(ProjectFiles.resolve("config/mosquitto/reluctor.conf"));
        assertTrue(shipped.contains(LISTENER));
        Path included = Files.createDirectory(folder.resolve("conf.d"));
        Files.writeString(included.resolve("reluctor.conf"), shipped.replace("1883", Integer.toString(port)));
        Mosquitto broker = Mosquitto.startWith(folder.resolve("main"), List.of("include_dir " + included));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertTrue(socket.isConnected());
        } finally {
            broker.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
