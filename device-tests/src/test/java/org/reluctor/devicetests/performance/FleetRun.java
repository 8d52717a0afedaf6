package org.reluctor.devicetests.performance;

import java.util.List;

/**
 * What came of loads on several subjects at once.
 *
 * @param reports     of each subject
 * @param subjectsCpu processor time of the subjects together, s
 * @param brokerCpu   of the broker, s
 * @param loadCpu     of what made the load and received the results, s
 */
record FleetRun(List<LoadReport> reports, double subjectsCpu, double brokerCpu, double loadCpu) {

    double framesPerSecond() {
        return reports.stream().mapToDouble(LoadReport::framesPerSecond).sum();
    }

    double subjectsMicros() {
        return 1e6 * subjectsCpu / frames();
    }

    double brokerMicros() {
        return 1e6 * brokerCpu / frames();
    }

    double loadMicros() {
        return 1e6 * loadCpu / frames();
    }

    private double frames() {
        return reports.stream().mapToLong(LoadReport::received).sum();
    }

    /** True where every frame had one result. */
    boolean complete() {
        return reports.stream().allMatch(LoadReport::complete);
    }
}
