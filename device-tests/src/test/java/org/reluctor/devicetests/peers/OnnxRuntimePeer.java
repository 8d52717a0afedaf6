package org.reluctor.devicetests.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;

/**
 * ONNX Runtime on the processor with one setting of its threads, all graph optimisations, the batch's size known to it
 * beforehand, and input and output tensors that every run uses again: the fastest way that its interface offers.
 */
final class OnnxRuntimePeer implements Contender, AutoCloseable {
    /** The symbolic dimension in the files that we write. */
    private static final String BATCH = "batch";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final String name;
    private final OrtSession session;
    private final float[] y;
    private final float[] x;
    private final FloatBuffer inputMemory;
    private final FloatBuffer outputMemory;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    /**
     * @param file     the network as ONNX
     * @param y        the batch's measurements, which every run copies
     * @param batch    frames
     * @param threads  within an operator
     * @param spinning whether threads look for work without sleeping for a while
     */
    OnnxRuntimePeer(byte[] file, RecoveryNetwork network, float[] y, int batch, int threads, boolean spinning)
            throws OrtException {
        this.name = threads == 1 ? "1 thread" : threads + " threads" + (spinning ? "" : " asleep");
        this.y = y;
        this.session = session(environment, file, batch, threads, spinning);
        this.x = new float[Math.toIntExact(network.signal().shape().elements(batch))];
        this.inputMemory = memory(y.length);
        this.outputMemory = memory(x.length);
        this.input = OnnxTensor.createTensor(environment, inputMemory, dims(network.input(), batch));
        this.output = OnnxTensor.createTensor(environment, outputMemory, dims(network.signal(), batch));
        this.inputs = Map.of(network.input().name(), input);
        this.outputs = Map.of(network.signal().name(), output);
    }

    private static OrtSession session(OrtEnvironment environment, byte[] file, int batch, int threads,
            boolean spinning) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
            options.setSymbolicDimensionValue(BATCH, batch);
            return environment.createSession(file, options);
        }
    }

    private static FloatBuffer memory(int elements) {
        return ByteBuffer.allocateDirect(elements * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static long[] dims(Value value, int batch) {
        int[] dims = value.shape().toArray();
        long[] shape = new long[dims.length];
        for (int axis = 0; axis < dims.length; axis++) {
            shape[axis] = dims[axis] == Shape.BATCH ? batch : dims[axis];
        }
        return shape;
    }

    /** Such as {@code ONNX Runtime 1.29.0}. */
    static String version() {
        return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run() throws OrtException {
        inputMemory.put(0, y);
        session.run(inputs, outputs).close();
        outputMemory.get(0, x);
    }

    /** The signals of the last run. */
    float[] signals() {
        return x;
    }

    @Override
    public void close() throws OrtException {
        input.close();
        output.close();
        session.close();
    }
}
