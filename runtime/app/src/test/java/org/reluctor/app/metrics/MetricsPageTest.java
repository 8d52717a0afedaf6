package org.reluctor.app.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.GatewayStats;
import org.reluctor.stream.Side;
import org.reluctor.stream.codec.FrameFault;

class MetricsPageTest {
    private static final Path CONFIG = Path.of(System.getProperty("basedir", "."), "..", "..", "config");

    private final StreamCounters counters = new StreamCounters();

    @Test
    void write_counts_standUnderTheirNames() throws IOException {
        counters.frameAccepted("a/b", 188);
        counters.batchRecovered(7, 2_000_000);
        counters.signalDelivered("a/b", 3_000_000, 0.1f, false);
        counters.connected(Side.INGRESS, true, 1);
        counters.connectFailed(Side.EGRESS, new ConnectFailure(Side.EGRESS, URI.create("tcp://h:1"),
                ConnectFailure.Kind.UNREACHABLE, -1, "no"), 100);
        counters.stoodDown(1000);
        counters.retainedFrame("a/b");
        List<String> lines = page(GatewayState.DEGRADED, stats());
        for (String line : List.of("reluctor_frames_received_total 100.0", "reluctor_frames_accepted_total 90.0",
                "reluctor_frames_rejected_total{reason=\"not-cbor\"} 8.0",
                "reluctor_frames_rejected_total{reason=\"empty\"} 0.0", "reluctor_frame_payload_bytes_total 188.0",
                "reluctor_stand_downs_total 1.0", "reluctor_frames_retained_total 1.0",
                "reluctor_signals_flagged_total{reason=\"residual\"} 21.0",
                "reluctor_signals_flagged_total{reason=\"range\"} 22.0",
                "reluctor_stalls_total{side=\"ingress\"} 0.0", "reluctor_batch_frames_total 7.0",
                "reluctor_connections_total{side=\"egress\"} 16.0",
                "reluctor_connect_failures_total{side=\"egress\"} 1.0", "reluctor_connected{side=\"ingress\"} 1.0",
                "reluctor_connected{side=\"egress\"} 0.0", "reluctor_state{state=\"degraded\"} 1.0",
                "reluctor_state{state=\"online\"} 0.0", "reluctor_oldest_frame_seconds 0.019",
                "reluctor_build_info{device=\"dev \\\"x\\\"\",version=\"1.2\"} 1",
                "reluctor_latency_seconds_bucket{le=\"0.0025\"} 0", "reluctor_latency_seconds_bucket{le=\"0.005\"} 1",
                "reluctor_latency_seconds_bucket{le=\"+Inf\"} 1", "reluctor_latency_seconds_sum 0.003")) {
            assertTrue(lines.contains(line), line + " is not in\n" + String.join("\n", lines));
        }
    }

    @Test
    void write_everyReason_isALabelFromTheStart() throws IOException {
        long reasons = page(GatewayState.STARTING, stats()).stream()
                .filter(line -> line.startsWith("reluctor_frames_rejected_total{")).count();
        assertEquals(FrameFault.values().length, reasons);
    }

    @Test
    void write_everyMetric_hasHelpAndSnakeCaseName() throws IOException {
        List<String> lines = page(GatewayState.ONLINE, stats());
        List<String> types = lines.stream().filter(line -> line.startsWith("# TYPE ")).toList();
        assertEquals(types.size(), lines.stream().filter(line -> line.startsWith("# HELP ")).count());
        types.forEach(line -> assertTrue(line.split(" ")[2].matches("[a-z][a-z0-9_]*"), line));
    }

    @Test
    void latency_manySignals_givesPercentiles() {
        for (int i = 1; i <= 1000; i++) {
            counters.signalDelivered("a/b", i * 1000L, 0, false);
        }
        StreamCounters.Latency latency = counters.latency();
        assertEquals(1000, latency.count());
        assertEquals(500, latency.p50Micros(), 1);
        assertEquals(990, latency.p99Micros(), 1);
        assertEquals(1000, counters.latency().count(), "asking does not forget");
    }

    /** Of a gateway's metrics, or of the summaries that Telegraf turns into metrics. */
    @Test
    void dashboard_everyNameThatItAsksFor_isThere() throws IOException {
        Set<String> known = page(GatewayState.ONLINE, stats()).stream().map(line -> line.split("[ {]")[0])
                .collect(Collectors.toSet());
        Matcher fields = Pattern.compile("^        (\\w+): \\{type: number}", Pattern.MULTILINE)
                .matcher(Files.readString(CONFIG.resolve("asyncapi.yaml")));
        fields.results().forEach(field -> known.add("reluctor_signal_" + field.group(1)));
        Set<String> asked = Pattern.compile("\\b(?:reluctor|process|jvm)_\\w+")
                .matcher(Files.readString(CONFIG.resolve("dashboards/grafana.json"))).results()
                .map(MatchResult::group).collect(Collectors.toSet());
        assertTrue(asked.size() > 12, asked.toString());
        asked.removeAll(known);
        assertEquals(Set.of(), asked);
    }

    private static GatewayStats stats() {
        return new GatewayStats(100, 90, Map.of(FrameFault.NOT_CBOR, 8L), 2, 3, 4, 5, 80, 6, 7, 9, 10, 11, 12, 15, 16,
                17, 18, 19, 20, 21, 22);
    }

    private List<String> page(GatewayState state, GatewayStats stats) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new MetricsPage("1.2", "dev \"x\"", state, stats, counters).write(bytes);
        return bytes.toString(StandardCharsets.UTF_8).lines().collect(Collectors.toList());
    }
}
