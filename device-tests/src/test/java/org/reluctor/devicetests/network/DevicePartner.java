package org.reluctor.devicetests.network;

import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.tuning.LaunchParameters;

/** An OpenCL device, with one form of the kernels, in tiles of frames or frame by frame, a launch for each step. */
final class DevicePartner implements Partner {
    private final DeviceSession session;
    private final LaunchParameters parameters;

    DevicePartner(DeviceSession session, KernelForm form, boolean tiled) {
        this.session = session;
        this.parameters = new LaunchParameters(form, tiled ? 1 : 1 << 20, 0, false,
                WeightFormat.FLOAT32);
    }

    @Override
    public float[][] run(RecoveryNetwork network, float[] y, int batch) {
        float[][] outputs = new float[network.outputs().size()][];
        for (int output = 0; output < outputs.length; output++) {
            Value value = network.outputs().get(output);
            outputs[output] = new float[(int) value.shape().elements(batch)];
        }
        try (Engine engine = Engine.create(network, session, parameters, batch)) {
            engine.run(y, batch, outputs);
        }
        return outputs;
    }
}
