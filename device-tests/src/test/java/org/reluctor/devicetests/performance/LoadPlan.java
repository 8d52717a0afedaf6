package org.reluctor.devicetests.performance;

import java.nio.file.Path;

/**
 * What a {@link FrameLoad} is to do.
 *
 * @param broker          uri of the broker
 * @param root            first level of the topics; one for each subject, so that several may listen at once
 * @param network         ONNX file whose Φ measures the frames
 * @param framesPerSecond 0 for as many as go through
 * @param seconds         for how long frames are published
 * @param frames          most frames; 0 for no bound but the time
 */
record LoadPlan(String broker, String root, Path network, int framesPerSecond, double seconds, long frames) {
    static LoadPlan timed(String broker, String root, Path network, int framesPerSecond, double seconds) {
        return new LoadPlan(broker, root, network, framesPerSecond, seconds, 0);
    }

    static LoadPlan counted(String broker, String root, Path network, long frames) {
        return new LoadPlan(broker, root, network, 0, 3600, frames);
    }
}
