package org.reluctor.devicetests.performance;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Subjects of one kind on one broker, each with topics, and so sensors, of its own; loaded all at once. */
final class Fleet implements AutoCloseable {
    private final Bench bench;
    private final List<String> roots = new ArrayList<>();
    private final List<SubjectProcess> processes = new ArrayList<>();

    private Fleet(Bench bench) {
        this.bench = bench;
    }

    /** Gateways, each alone in a partition of its own. */
    static Fleet gateways(Bench bench, String name, int count) throws IOException, MqttException, InterruptedException {
        Fleet fleet = new Fleet(bench);
        for (int i = 1; i <= count; i++) {
            String partition = name + "-" + i;
            SubjectProcess process = SubjectProcess.gateway(bench.file(partition + ".out"), bench.partition(partition));
            fleet.add(partition, process);
            try (StatusWatch watch = new StatusWatch(bench.brokerUri(), partition, partition)) {
                watch.awaitOnline(process);
            }
        }
        return fleet;
    }

    /** Bare relays, which decode and compute nothing. */
    static Fleet relays(Bench bench, String name, int count) throws IOException, InterruptedException {
        Fleet fleet = new Fleet(bench);
        int signalBytes = new FrameSeries(bench.network(), 1).signalBytes();
        for (int i = 1; i <= count; i++) {
            String root = name + "-" + i;
            SubjectProcess process = SubjectProcess.program(bench.file(root + ".out"), Relay.class, bench.brokerUri(),
                    root, Integer.toString(signalBytes));
            fleet.add(root, process);
            process.awaitSaid(Relay.READY);
        }
        return fleet;
    }

    private void add(String root, SubjectProcess process) {
        roots.add(root);
        processes.add(process);
    }

    /** As many frames as go through, of all subjects at once. */
    FleetRun flatOut(double seconds) throws InterruptedException, ExecutionException {
        double subjects = subjectsCpu();
        double broker = bench.brokerCpu().toNanos() / 1e9;
        double load = loadCpu();
        List<LoadReport> reports = new ArrayList<>();
        ExecutorService loads = Executors.newFixedThreadPool(roots.size());
        try {
            List<Future<LoadReport>> running = new ArrayList<>();
            for (String root : roots) {
                running.add(loads.submit(() -> FrameLoad.run(bench.plan(root, 0, seconds))));
            }
            for (Future<LoadReport> each : running) {
                reports.add(each.get());
            }
        } finally {
            loads.shutdownNow();
        }
        return new FleetRun(reports, subjectsCpu() - subjects, bench.brokerCpu().toNanos() / 1e9 - broker,
                loadCpu() - load);
    }

    private double subjectsCpu() {
        return processes.stream().mapToDouble(process -> process.cpu().toNanos() / 1e9).sum();
    }

    private static double loadCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime() / 1e9;
    }

    @Override
    public void close() {
        processes.forEach(SubjectProcess::close);
    }
}
