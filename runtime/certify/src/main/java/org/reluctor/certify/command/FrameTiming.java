package org.reluctor.certify.command;

import java.util.Locale;
import java.util.Map;
import org.reluctor.app.command.DeviceOptions;
import org.reluctor.app.inference.Inference;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.property.FrameStatement;
import org.reluctor.network.RecoveryNetwork;

/**
 * How long the interval of one frame takes, against the network's own inference of that frame on the device.
 *
 * @param frameUs     the interval's least time: whatever else the machine does only adds to it
 * @param inferenceUs the inference's least time, scales included
 * @param device      that inferred
 */
record FrameTiming(double frameUs, double inferenceUs, String device) {
    private static final double SECONDS = 1;
    private static final int LEAST_RUNS = 20;

    /** Measures both, one after the other, each after a warm-up. */
    static FrameTiming measure(FrameStatement statement, RecoveryNetwork network, double[] y, double noise,
            DeviceOptions options) {
        float[] measured = new float[y.length];
        for (int at = 0; at < y.length; at++) {
            measured[at] = (float) y[at];
        }
        double frame = leastUs(() -> statement.interval(y, noise));
        try (Inference inference = options.inference(network, 1)) {
            return new FrameTiming(frame, leastUs(() -> inference.recover(measured, 1)), inference.device());
        }
    }

    private static double leastUs(Runnable work) {
        run(work, 2 * SECONDS);
        return run(work, SECONDS);
    }

    private static double run(Runnable work, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        double least = Double.POSITIVE_INFINITY;
        for (int runs = 0; runs < LEAST_RUNS || System.nanoTime() < end; runs++) {
            long begin = System.nanoTime();
            work.run();
            least = Math.min(least, (System.nanoTime() - begin) / 1e3);
        }
        return least;
    }

    double ratio() {
        return frameUs / inferenceUs;
    }

    String line() {
        return String.format(Locale.ROOT, "one frame: %.0f us, the network's own inference %.1f us (%s): %.0f times",
                frameUs, inferenceUs, device, ratio());
    }

    Map<String, Object> json() {
        return JsonText.map("frameUs", frameUs, "inferenceUs", inferenceUs, "ratio", ratio(), "device", device);
    }
}
