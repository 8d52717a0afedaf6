package org.reluctor.devicetests.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;

/** The same network in ONNX Runtime: an implementation of the operators that shares no line with ours. */
final class OnnxRuntime implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final RecoveryNetwork network;

    OnnxRuntime(RecoveryNetwork network) throws OrtException {
        this.network = network;
        this.session = environment.createSession(OnnxWriter.encode(network), new OrtSession.SessionOptions());
    }

    /** The signals of a batch, frame after frame. */
    float[] run(float[] y, int frames) throws OrtException {
        int[] dims = network.input().shape().toArray();
        long[] shape = new long[dims.length];
        for (int axis = 0; axis < dims.length; axis++) {
            shape[axis] = axis == 0 ? frames : dims[axis];
        }
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(y), shape);
                OrtSession.Result result = session.run(Map.of(network.input().name(), input))) {
            FloatBuffer x = ((OnnxTensor) result.get(network.signal().name()).orElseThrow()).getFloatBuffer();
            float[] signals = new float[x.remaining()];
            x.get(signals);
            return signals;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
