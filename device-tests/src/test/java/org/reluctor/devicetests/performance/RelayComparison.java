package org.reluctor.devicetests.performance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * The gateway against the bare {@link Relay}: the same broker, the same load, in turns (relay, gateway, relay, …), so
 * that what else happens on the machine meets both. Both run all the time, each on topics of its own; the one whose
 * turn it is not is idle.
 */
final class RelayComparison implements AutoCloseable {
    static final int RATE = 200;
    private static final String RELAY_ROOT = "bench-relay";
    private static final String GATEWAY_ROOT = "bench-gateway";

    private final Bench bench;
    private final Contender relay;
    private final Contender gateway;

    /** Starts both and waits until they are ready. */
    RelayComparison() throws IOException, MqttException, InterruptedException {
        bench = new Bench();
        int signalBytes = new FrameSeries(bench.network(), 1).signalBytes();
        SubjectProcess relayProcess = SubjectProcess.program(bench.file("relay.out"), Relay.class, bench.brokerUri(),
                RELAY_ROOT, Integer.toString(signalBytes));
        relay = new Contender(RELAY_ROOT, relayProcess);
        SubjectProcess gatewayProcess = SubjectProcess.gateway(bench.file("gateway.out"),
                bench.configuration(GATEWAY_ROOT));
        gateway = new Contender(GATEWAY_ROOT, gatewayProcess);
        relayProcess.awaitSaid(Relay.READY);
        try (StatusWatch watch = new StatusWatch(bench.brokerUri(), GATEWAY_ROOT)) {
            watch.awaitOnline(gatewayProcess);
        }
    }

    void warmUp(double seconds) throws MqttException, InterruptedException {
        for (Contender contender : List.of(relay, gateway)) {
            contender.warmUp(bench, seconds);
        }
    }

    /** Latency at {@link #RATE} frames a second. */
    void measureLatency(int rounds, double seconds) throws MqttException, InterruptedException {
        for (int i = 0; i < rounds; i++) {
            relay.measureAt(bench, RATE, seconds);
            gateway.measureAt(bench, RATE, seconds);
        }
    }

    /** Frames a second flat out. */
    void measureThroughput(int rounds, double seconds) throws MqttException, InterruptedException {
        for (int i = 0; i < rounds; i++) {
            relay.measureFlatOut(bench, seconds);
            gateway.measureFlatOut(bench, seconds);
        }
    }

    Contender relay() {
        return relay;
    }

    Contender gateway() {
        return gateway;
    }

    /** Gateway's p50 over the relay's: the median of the rounds. */
    double latencyRatio() {
        return Bench.median(rounds(relay.atRate().size()),
                i -> gateway.atRate().get(i).p50Micros() / relay.atRate().get(i).p50Micros());
    }

    /** Gateway's frames a second over the relay's: the median of the rounds. */
    double throughputRatio() {
        return Bench.median(rounds(relay.flatOut().size()),
                i -> gateway.flatOut().get(i).framesPerSecond() / relay.flatOut().get(i).framesPerSecond());
    }

    private static List<Integer> rounds(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** What went wrong in any run; empty where nothing did. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (Contender contender : List.of(relay, gateway)) {
            String name = contender == relay ? "relay" : "reluctor";
            Stream.concat(contender.atRate().stream(), contender.flatOut().stream())
                    .filter(report -> !report.complete()).forEach(report -> failures.add(name + ": " + report));
        }
        return failures;
    }

    @Override
    public void close() throws IOException {
        gateway.process().close();
        relay.process().close();
        bench.close();
    }
}
