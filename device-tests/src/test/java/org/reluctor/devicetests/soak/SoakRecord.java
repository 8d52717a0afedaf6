package org.reluctor.devicetests.soak;

import java.util.List;

/**
 * All that was seen in a soak.
 *
 * @param plan       that it followed
 * @param seconds    that it lasted: less than the plan's where it was cut short
 * @param subject    what was soaked, for people
 * @param samples    of the process, in the order of their time
 * @param faults     in the order of their time
 * @param latencies  of frames away from faults
 * @param deliveries what came of all frames
 */
record SoakRecord(SoakPlan plan, double seconds, String subject, List<Sample> samples, List<FaultMark> faults,
        Latencies latencies, Deliveries deliveries) {
    /**
     * What came of the frames.
     *
     * @param sent       by the sensors
     * @param lost       of which no signal came
     * @param disordered signals behind one of a later frame of the same sensor
     * @param duplicated signals that came again, with equal identity
     * @param spoilt     signals that are not what their frames must give
     */
    record Deliveries(long sent, long lost, long disordered, long duplicated, long spoilt) {
    }

    boolean cutShort() {
        return seconds < plan.length().toMillis() / 1e3 - plan.roundSeconds();
    }
}
