package org.reluctor.app.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.reluctor.app.exchange.ExchangeCounts;
import org.reluctor.opencl.binding.LiveObjects;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.GatewayStats;
import org.reluctor.stream.Side;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.command.CommandStats;

/**
 * The metrics in Prometheus's text format. Names are snake_case in base units; labels take few values (a reason, a
 * side, a state), never a sensor's name. Made anew for every scrape; not thread-safe.
 */
public final class MetricsPage {
    /** Content type of the page. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final List<MetricSnapshot> snapshots = new ArrayList<>();

    /**
     * Collects everything.
     *
     * @param version of the program
     * @param device  that computes
     */
    public MetricsPage(String version, String device, GatewayState state, GatewayStats stats, StreamCounters counters) {
        info("reluctor_build", "Version of the program and the device that computes.",
                Labels.of("version", version, "device", device));
        state(state);
        frames(stats, counters);
        signals(stats, counters);
        connections(stats, counters);
        counter("reluctor_batches", "Batches computed.", counters.batches.sum());
        counter("reluctor_batch_frames", "Frames of all batches.", counters.batchFrames.sum());
        histogram("reluctor_recovery_seconds", "Time of one batch on the device.", counters.recovery);
        counter("reluctor_recovery_failures", "Batches that the device did not compute.", stats.recoveryFailures());
        gauge("reluctor_device_batch_seconds", "How long the present batch has been with the device; 0: there is none.",
                stats.deviceMillis() / 1e3);
        counter("reluctor_replay_mark_failures", "Attempts to write a replay mark that failed.",
                counters.markFailures.sum());
        counter("reluctor_internal_errors", "Faults of this program; the stream went on.",
                counters.internalErrors.sum());
        gauge("reluctor_device_objects", "OpenCL objects held: contexts, queues, programs, kernels, buffers.",
                LiveObjects.count());
        gauge("reluctor_device_buffer_bytes", "Device memory in OpenCL buffers.", LiveObjects.bufferBytes());
        ProcessFigures.read().forEach((name, figure) -> gauge(name, figure.help(), figure.value()));
    }

    /** Adds commands to the page. */
    public MetricsPage commands(CommandStats commands) {
        counter("reluctor_commands_done", "Commands carried out.", commands.done());
        CounterSnapshot.Builder refused = CounterSnapshot.builder().name("reluctor_commands_refused")
                .help("Commands not carried out, by reason.");
        commands.refused().forEach((fault, count) -> refused.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of("reason", fault.reason())).value(count).build()));
        snapshots.add(refused.build());
        return this;
    }

    /** Adds the networks at work, each with its file, sensors, version and model. */
    public MetricsPage networks(List<Map<String, Object>> networks) {
        InfoSnapshot.Builder info = InfoSnapshot.builder().name("reluctor_network").help("The networks at work.");
        networks.stream().map(network -> Labels.of("file", text(network, "file"), "sensors", text(network, "sensors"),
                "version", text(network, "version"), "model", text(network, "model"))).distinct()
                .forEach(labels -> info.dataPoint(InfoDataPointSnapshot.builder().labels(labels).build()));
        snapshots.add(info.build());
        return this;
    }

    private static String text(Map<String, Object> network, String key) {
        return String.valueOf(network.get(key));
    }

    /** Adds exchanges of networks to the page. */
    public MetricsPage exchanges(ExchangeCounts exchanges) {
        counter("reluctor_network_exchanges", "Networks that took another's place.", exchanges.exchanged());
        counter("reluctor_network_rollbacks", "Networks that were gone back to.", exchanges.goneBack());
        byReason("reluctor_networks_refused", "Networks that were not taken, by reason.", exchanges.refused());
        return this;
    }

    /** Writes the page as UTF-8 and leaves the stream open. */
    public void write(OutputStream stream) throws IOException {
        PrometheusTextFormatWriter.builder().build().write(stream, new MetricSnapshots(snapshots));
    }

    private void state(GatewayState state) {
        GaugeSnapshot.Builder states = GaugeSnapshot.builder().name("reluctor_state")
                .help("1 for the state that the gateway is in.");
        for (GatewayState each : GatewayState.values()) {
            states.dataPoint(GaugeDataPointSnapshot.builder().labels(Labels.of("state", each.word()))
                    .value(each == state ? 1 : 0).build());
        }
        snapshots.add(states.build());
    }

    private void frames(GatewayStats stats, StreamCounters counters) {
        counter("reluctor_frames_received", "Frames that arrived, redelivered ones included.", stats.framesReceived());
        counter("reluctor_frames_accepted", "Frames given to a network.", stats.framesAccepted());
        rejected(stats.framesRejected());
        counter("reluctor_frames_duplicate", "Frames that had been taken before.", stats.duplicates());
        counter("reluctor_frames_dropped", "Frames of QoS 0 dropped at a full queue.", stats.queueDrops());
        counter("reluctor_frames_retained", "Frames that the broker had kept, acknowledged and not computed.",
                counters.retainedFrames.sum());
        counter("reluctor_frame_payload_bytes", "Payloads of accepted frames.", counters.payloadBytes.sum());
        counter("reluctor_sequence_gaps", "Places where sequence numbers were missing.", stats.gaps());
        counter("reluctor_sensor_restarts", "Sensors that began again without a new boot.", stats.restarts());
        counter("reluctor_answers_sent", "Answers on error topics.", stats.answersSent());
        counter("reluctor_answers_suppressed", "Answers over their rate, or not deliverable.",
                stats.answersSuppressed());
        gauge("reluctor_sensors", "Sensors known now.", stats.sensors());
        gauge("reluctor_frames_in_flight", "Frames in memory now.", stats.inFlight());
        gauge("reluctor_oldest_frame_seconds", "Age of the oldest frame in memory.", stats.oldestMillis() / 1e3);
    }

    private void rejected(Map<FrameFault, Long> byReason) {
        Map<String, Long> all = new LinkedHashMap<>();
        for (FrameFault fault : FrameFault.values()) {
            all.put(fault.reason(), byReason.getOrDefault(fault, 0L));
        }
        byReason("reluctor_frames_rejected", "Bad frames by reason.", all);
    }

    /** Adds the requests to this page's server that were refused, by reason. */
    public MetricsPage refusedRequests(Map<String, Long> refused) {
        byReason("reluctor_http_refused", "Requests and connections at this port refused or failed, by reason.",
                refused);
        return this;
    }

    /** Adds the visitors of the page with the signals. */
    public MetricsPage visitors(int open, long leftOut) {
        gauge("reluctor_page_visitors", "Pages that are open.", open);
        counter("reluctor_page_events_left_out", "Events that pages were too slow for.", leftOut);
        return this;
    }

    /** Adds the edge node of Sparkplug B to the page. */
    public MetricsPage edgeNode(boolean connected, long messages, long leftOut) {
        gauge("reluctor_sparkplug_connected", "Whether the edge node's broker is connected.", connected ? 1 : 0);
        counter("reluctor_sparkplug_messages", "Messages of the edge node.", messages);
        counter("reluctor_sparkplug_signals_left_out", "Signals that the edge node had no room for.", leftOut);
        return this;
    }

    private void byReason(String name, String help, Map<String, Long> counts) {
        CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(help);
        counts.forEach((reason, count) -> builder.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of("reason", reason)).value(count).build()));
        snapshots.add(builder.build());
    }

    private void signals(GatewayStats stats, StreamCounters counters) {
        counter("reluctor_signals_delivered", "Signals that the broker confirmed.", stats.signalsDelivered());
        counter("reluctor_signals_unheard", "Of these, those that nobody subscribes to.", stats.signalsUnheard());
        counter("reluctor_signals_refused", "Refusals by the broker, repeated ones again.", stats.signalsRefused());
        counter("reluctor_signals_dropped", "Signals lost by delivery.onRefused: drop.", stats.signalsDropped());
        Map<String, Long> flagged = new LinkedHashMap<>();
        flagged.put("residual", stats.flaggedResidual());
        flagged.put("range", stats.flaggedRange());
        byReason("reluctor_signals_flagged", "Signals outside of what the network's certificate proves, by what.",
                flagged);
        histogram("reluctor_latency_seconds", "From a frame's receipt to its signal's confirmation.",
                counters.latency);
    }

    private void connections(GatewayStats stats, StreamCounters counters) {
        CounterSnapshot.Builder made = CounterSnapshot.builder().name("reluctor_connections")
                .help("Connections made to a broker.");
        made.dataPoint(counterPoint(Side.INGRESS, stats.ingressConnections()));
        made.dataPoint(counterPoint(Side.EGRESS, stats.egressConnections()));
        snapshots.add(made.build());
        bySide("reluctor_connect_failures", "Attempts to connect that failed.", counters.connectFailures);
        bySide("reluctor_stalls", "Connections made anew because the broker confirmed nothing.", counters.stalls);
        counter("reluctor_stand_downs", "Times that the sensors' broker was left because frames found no room.",
                counters.standDowns.sum());
        GaugeSnapshot.Builder now = GaugeSnapshot.builder().name("reluctor_connected")
                .help("Whether the broker is connected.");
        for (Side side : Side.values()) {
            now.dataPoint(GaugeDataPointSnapshot.builder().labels(Labels.of("side", side.word()))
                    .value(counters.isConnected(side) ? 1 : 0).build());
        }
        snapshots.add(now.build());
    }

    private void bySide(String name, String help, Map<Side, LongAdder> counts) {
        CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(help);
        counts.forEach((side, count) -> builder.dataPoint(counterPoint(side, count.sum())));
        snapshots.add(builder.build());
    }

    private static CounterDataPointSnapshot counterPoint(Side side, long value) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("side", side.word())).value(value).build();
    }

    private void counter(String name, String help, long value) {
        snapshots.add(CounterSnapshot.builder().name(name).help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build()).build());
    }

    private void gauge(String name, String help, double value) {
        snapshots.add(GaugeSnapshot.builder().name(name).help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build()).build());
    }

    private void info(String name, String help, Labels labels) {
        snapshots.add(InfoSnapshot.builder().name(name).help(help)
                .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build()).build());
    }

    private void histogram(String name, String help, DurationHistogram histogram) {
        snapshots.add(HistogramSnapshot.builder().name(name).help(help)
                .dataPoint(HistogramDataPointSnapshot.builder().classicHistogramBuckets(histogram.buckets())
                        .sum(histogram.sumSeconds()).build()).build());
    }
}
