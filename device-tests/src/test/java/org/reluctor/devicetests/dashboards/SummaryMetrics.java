package org.reluctor.devicetests.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;

/**
 * Summaries as metrics, in the place of Telegraf, which is not among Debian's packages: every number of a summary
 * becomes {@code reluctor_signal_FIELD{site, sensor}}, as telegraf.conf asks for. So what Prometheus makes of a
 * dashboard's queries is tried, and what Telegraf makes of its configuration is not.
 */
final class SummaryMetrics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> newest = new ConcurrentHashMap<>();
    private final SignalLink link;
    private final HttpServer server;

    SummaryMetrics(String broker) throws IOException, InterruptedException {
        link = SignalLink.open(BrokerOptions.at(broker).clientId("summaries").build(),
                List.of(new Topics("reluctor").summary("+/+")), this::arrived);
        if (!link.awaitConnected(PATIENCE)) {
            throw new IllegalStateException("not connected: " + link.lastFailure());
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] page = newest.entrySet().stream().map(each -> each.getKey() + " " + each.getValue() + "\n").sorted()
                    .collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    private void arrived(String topic, byte[] payload) {
        String[] levels = topic.split("/");
        String labels = "{site=\"" + levels[2] + "\",sensor=\"" + levels[3] + "\"}";
        try {
            for (Map.Entry<String, JsonNode> field : json.readTree(payload).properties()) {
                if (field.getValue().isNumber()) {
                    newest.put("reluctor_signal_" + field.getKey() + labels, field.getValue().asText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        link.close();
        server.stop(0);
    }
}
