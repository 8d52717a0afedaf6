package org.reluctor.devicetests.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;

/** ONNX Runtime on one core, given the file that we write: it checks the writer with the arithmetic. */
public final class OnnxRuntimePartner implements Partner {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    @Override
    public float[][] run(RecoveryNetwork network, float[] y, int batch) throws OrtException {
        return run(OnnxWriter.encode(network), network, y, batch);
    }

    /** Runs a file that the network was read from. */
    float[][] run(byte[] file, RecoveryNetwork network, float[] y, int batch) throws OrtException {
        int[] dims = network.input().shape().toArray();
        long[] shape = new long[dims.length];
        for (int axis = 0; axis < dims.length; axis++) {
            shape[axis] = axis == 0 ? batch : dims[axis];
        }
        try (OrtSession.SessionOptions options = options();
                OrtSession session = environment.createSession(file, options);
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(y), shape);
                OrtSession.Result result = session.run(Map.of(network.input().name(), input))) {
            float[][] outputs = new float[network.outputs().size()][];
            for (int output = 0; output < outputs.length; output++) {
                String name = network.outputs().get(output).name();
                FloatBuffer elements = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
                outputs[output] = new float[elements.remaining()];
                elements.get(outputs[output]);
            }
            return outputs;
        }
    }

    /**
     * Its ReduceMax keeps not-a-number or loses it, by the length of the array and the vector instructions chosen for
     * it; its PRelu makes +∞ not-a-number, since it multiplies both branches and adds them.
     */
    @Override
    public boolean answersFor(Operator operator, double expected) {
        return switch (operator) {
            case REDUCE_MAX -> !Double.isNaN(expected);
            case PRELU -> Double.isFinite(expected);
            default -> true;
        };
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        return options;
    }
}
