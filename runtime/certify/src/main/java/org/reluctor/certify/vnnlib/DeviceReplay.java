package org.reluctor.certify.vnnlib;

import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/**
 * What a device computes in float32 for an input.
 *
 * @param device  name
 * @param outputs the network's first, in its own unit
 */
public record DeviceReplay(String device, double[] outputs) {
    /** Runs the network on the device, in its own units; the input is rounded to float32. */
    public static DeviceReplay of(RecoveryNetwork network, DeviceSession session, double[] input) {
        float[] y = new float[input.length];
        for (int at = 0; at < y.length; at++) {
            y[at] = (float) input[at];
        }
        float[][] results = network.outputs().stream()
                .map(value -> new float[Math.toIntExact(value.shape().frameElements())]).toArray(float[][]::new);
        try (Engine engine = Engine.create(network, session, 1)) {
            engine.run(y, 1, results);
        }
        float[] first = results[network.outputs().indexOf(network.signal())];
        double[] outputs = new double[first.length];
        for (int at = 0; at < outputs.length; at++) {
            outputs[at] = first[at];
        }
        return new DeviceReplay(session.device().name(), outputs);
    }
}
