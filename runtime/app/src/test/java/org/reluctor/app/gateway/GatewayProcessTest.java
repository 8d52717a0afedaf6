package org.reluctor.app.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.ConfigurationReader;
import org.reluctor.stream.Recovery;
import org.reluctor.stream.Route;
import org.reluctor.stream.StreamEvents;

/** The process around the stream where no broker answers; with a broker it is tried in device-tests. */
@Timeout(60)
class GatewayProcessTest {
    @TempDir
    Path folder;
    private int closed;

    @BeforeEach
    void networkFile() throws IOException {
        Files.write(folder.resolve("net.onnx"), new byte[] {1});
    }

    @Test
    void awaitOnline_brokerRefusesAndFail_isUnavailable() throws Exception {
        try (GatewayProcess process = GatewayProcess.start(configuration("fail"), this::open, StreamEvents.NONE)) {
            Failure failure = assertThrows(Failure.class, process::awaitOnline);
            assertEquals(ExitStatus.UNAVAILABLE, failure.status());
            assertTrue(failure.getMessage().contains("nothing answers"), failure.getMessage());
        }
        assertEquals(1, closed);
    }

    @Test
    void pages_brokerAway_aliveButNotReady() throws Exception {
        try (GatewayProcess process = GatewayProcess.start(configuration("wait"), this::open, StreamEvents.NONE)) {
            assertEquals(200, get(process, "/livez").statusCode());
            HttpResponse<String> ready = get(process, "/readyz");
            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().startsWith("starting"), ready.body());
            String metrics = get(process, "/metrics").body();
            assertTrue(metrics.contains("reluctor_state{state=\"starting\"} 1.0"), metrics);
            assertTrue(metrics.contains("device=\"imagined\""), metrics);
        }
    }

    @Test
    void awaitOnline_waitingAndToldToEnd_returnsAndDrains() throws Exception {
        GatewayProcess process = GatewayProcess.start(configuration("wait"), this::open, StreamEvents.NONE);
        new Thread(process::end).start();
        process.awaitOnline();
        process.awaitEnd();
        assertTrue(process.drain(), "nothing was under way");
        process.close();
        assertEquals(1, closed, "closing twice closes once");
    }

    @Test
    void start_deviceFails_givesThePortBack() throws Exception {
        int port = freePort();
        Configuration configuration = configuration("fail", Map.of("http.port", String.valueOf(port)));
        assertThrows(Failure.class, () -> GatewayProcess.start(configuration, given -> {
            throw new Failure(ExitStatus.UNAVAILABLE, "no device");
        }, StreamEvents.NONE));
        new ServerSocket(port).close();
    }

    private Configuration configuration(String atStart) throws IOException {
        return configuration(atStart, Map.of());
    }

    private Configuration configuration(String atStart, Map<String, String> more) throws IOException {
        Map<String, String> values = new HashMap<>(Map.of("networks[0].file", "net.onnx", "http.port", "0",
                "broker.uri", "tcp://127.0.0.1:" + freePort(), "broker.atStart", atStart));
        values.putAll(more);
        return ConfigurationReader.of(values, folder);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> get(GatewayProcess process, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + process.httpPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Recoveries open(Configuration configuration) {
        return new Recoveries() {
            @Override
            public String device() {
                return "imagined";
            }

            @Override
            public List<Route> routes() {
                return List.of(new Route("+/+", new Silence()));
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    /** Recovers nothing but zeros. */
    private static final class Silence implements Recovery {
        @Override
        public int measurements() {
            return 4;
        }

        @Override
        public int samples() {
            return 8;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int maxBatch() {
            return 2;
        }

        @Override
        public long matrixId() {
            return 0;
        }

        @Override
        public long modelId() {
            return 0;
        }

        @Override
        public String unit() {
            return "";
        }

        @Override
        public void recover(float[] y, int frames, float[] x, float[] residual) {
            java.util.Arrays.fill(x, 0);
        }
    }
}
