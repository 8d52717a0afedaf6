package org.reluctor.devicetests.performance;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;

/** One of the two that a comparison measures in turn, with what was measured so far. */
final class Contender {
    private final String root;
    private final SubjectProcess process;
    private final List<LoadReport> atRate = new ArrayList<>();
    private final List<LoadReport> flatOut = new ArrayList<>();
    private long framesFlatOut;
    private double cpuSecondsFlatOut;

    /** @param root first level of the topics that it listens on */
    Contender(String root, SubjectProcess process) {
        this.root = root;
        this.process = process;
    }

    /** Runs a load that counts for nothing but the compiler. */
    void warmUp(Bench bench, double seconds) throws MqttException, InterruptedException {
        FrameLoad.run(bench.plan(root, 0, seconds));
    }

    void measureAt(Bench bench, int framesPerSecond, double seconds) throws MqttException, InterruptedException {
        atRate.add(FrameLoad.run(bench.plan(root, framesPerSecond, seconds)));
    }

    void measureFlatOut(Bench bench, double seconds) throws MqttException, InterruptedException {
        double before = process.cpu().toNanos() / 1e9;
        LoadReport report = FrameLoad.run(bench.plan(root, 0, seconds));
        cpuSecondsFlatOut += process.cpu().toNanos() / 1e9 - before;
        framesFlatOut += report.received();
        flatOut.add(report);
    }

    List<LoadReport> atRate() {
        return atRate;
    }

    List<LoadReport> flatOut() {
        return flatOut;
    }

    /** Time on processors that a frame costs flat out, µs. */
    double cpuMicrosPerFrame() {
        return 1e6 * cpuSecondsFlatOut / framesFlatOut;
    }

    /** True where every run brought every frame's result once. */
    boolean complete() {
        return atRate.stream().allMatch(LoadReport::complete) && flatOut.stream().allMatch(LoadReport::complete);
    }

    SubjectProcess process() {
        return process;
    }
}
