package org.reluctor.devicetests.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Prometheus that looks at local pages every second. One thread. */
final class Prometheus implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    /**
     * Starts it.
     *
     * @param program its file, or its name on the PATH
     * @param folder  for its configuration, data and log
     * @param ports   of the pages
     */
    Prometheus(String program, Path folder, List<Integer> ports) throws IOException {
        StringBuilder settings = new StringBuilder("global: {scrape_interval: 1s}\nscrape_configs:\n");
        for (int port : ports) {
            settings.append("  - {job_name: page-").append(port).append(", static_configs: [{targets: [\"127.0.0.1:")
                    .append(port).append("\"]}]}\n");
        }
        Path file = Files.writeString(folder.resolve("prometheus.yml"), settings);
        address = URI.create("http://127.0.0.1:" + freePort());
        process = new ProcessBuilder(program, "--config.file=" + file, "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + address.getAuthority()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile()).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Its version, once it answers. */
    String version() throws IOException, InterruptedException {
        for (int left = PATIENCE_SECONDS; process.isAlive(); left--) {
            try {
                return get("/api/v1/status/buildinfo").path("version").asText();
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
        throw new IOException("prometheus ended with status " + process.exitValue());
    }

    /** What an expression gives now: a list of series, each with its labels and value. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).path("result");
    }

    /** Values of a label among the series of a metric. */
    JsonNode labelValues(String label, String metric) throws IOException, InterruptedException {
        return get("/api/v1/label/" + label + "/values?match[]=" + URLEncoder.encode(metric, StandardCharsets.UTF_8));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(address + path.replace("[]",
                "%5B%5D"))).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode said = json.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException(said.path("error").asText(answer.body()));
        }
        return said.path("data");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
