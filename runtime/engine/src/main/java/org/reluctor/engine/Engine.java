package org.reluctor.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.reluctor.engine.lowering.LoweredNetwork;
import org.reluctor.engine.lowering.Lowering;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.engine.lowering.Tensor;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.CommandQueue;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.pace.Pace;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * A recovery network on a device, ready to compute batches. Used by one thread at a time; close it before its session.
 * {@link #run} allocates nothing.
 */
public final class Engine implements AutoCloseable {
    /** Of all tensors: their elements are counted by int, with a little between them. */
    private static final long MOST_BYTES = (Integer.MAX_VALUE - (1L << 24)) * Float.BYTES;

    private final RecoveryNetwork network;
    private final DeviceSession session;
    private final int maxBatch;
    private final Plan plan;
    private final Tensor inputTensor;
    private final List<Tensor> outputTensors;
    private final FrameTransfer input;
    private final FrameTransfer[] outputs;
    private final Holdings held = new Holdings();

    private Engine(RecoveryNetwork network, DeviceSession session, LaunchParameters parameters, int maxBatch) {
        this.network = network;
        this.session = session;
        this.maxBatch = maxBatch;
        // Steps hold every constant once more; once the plan has them on the device, nobody needs them here.
        LoweredNetwork lowered = Lowering.lower(network);
        Pace.rest();
        checkSize(network, session, lowered, maxBatch);
        this.inputTensor = lowered.input();
        this.outputTensors = lowered.outputs();
        this.plan = new Plan(session, parameters, lowered, maxBatch);
        held.add(plan);
        try {
            this.input = new FrameTransfer(inputTensor.features(), maxBatch);
            this.outputs = outputTensors.stream().map(tensor -> new FrameTransfer(tensor.features(), maxBatch))
                    .toArray(FrameTransfer[]::new);
        } catch (RuntimeException | Error e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
        // Before anything is given back.
        held.add(() -> session.queue().finish());
    }

    private static void checkSize(RecoveryNetwork network, DeviceSession session, LoweredNetwork lowered,
            int maxBatch) {
        long frameBytes = lowered.slots().stream().mapToLong(Integer::longValue).sum() * Float.BYTES;
        int largest = Math.max(lowered.input().features(),
                lowered.outputs().stream().mapToInt(Tensor::features).max().orElse(0));
        long most = Math.min(session.device().maxBufferBytes(), MOST_BYTES);
        if (maxBatch > most / frameBytes || maxBatch > Integer.MAX_VALUE / Float.BYTES / largest) {
            throw new LoweringException(network.name() + " needs " + (frameBytes + (1 << 20) - 1 >> 20)
                    + " MiB on the device for each frame of a batch; batches of " + maxBatch + " are more than "
                    + session.device() + " takes (" + (most >> 20) + " MiB in all): lower batch.max");
        }
    }

    /**
     * Brings a network onto a device: lowers it, compiles or loads its kernels, and uploads its weights.
     *
     * @param maxBatch most frames of one {@link #run}, at least 1
     * @throws LoweringException if the network asks for something the engine does not compute
     * @throws OpenClException   if the device fails
     */
    public static Engine create(RecoveryNetwork network, DeviceSession session, int maxBatch) {
        return create(network, session, LaunchParameters.of(session.device()), maxBatch);
    }

    /** As {@link #create(RecoveryNetwork, DeviceSession, int)}, launched otherwise than is best for the device. */
    public static Engine create(RecoveryNetwork network, DeviceSession session, LaunchParameters parameters,
            int maxBatch) {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch is " + maxBatch + "; it must be at least 1");
        }
        if (!parameters.form().reads(parameters.weights())) {
            throw new LoweringException(session.device() + " does not read weights as "
                    + parameters.weights().name().toLowerCase(Locale.ROOT) + "; it reads "
                    + Arrays.stream(WeightFormat.values()).filter(parameters.form()::reads)
                            .map(format -> format.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", ")));
        }
        return new Engine(network, session, parameters, maxBatch);
    }

    public RecoveryNetwork network() {
        return network;
    }

    public int maxBatch() {
        return maxBatch;
    }

    /**
     * Computes a batch and waits for what is wanted of it.
     *
     * @param y       measurements, [frames][features of the network's input], divided by its input scale
     * @param frames  1 to {@link #maxBatch()}
     * @param results for each output of the network, in its order, the array that receives it, [frames][features of
     *                that output], as the network computes it; null, or left out at the end, for one that is not wanted
     * @throws IllegalArgumentException if an array is too short, or there are more than the network has outputs; then
     *                                  nothing is computed
     * @throws OpenClException          if the device fails; the engine is then of no further use
     */
    public void run(float[] y, int frames, float[]... results) {
        if (frames < 1 || frames > maxBatch) {
            throw new IllegalArgumentException(frames + " frames; this engine takes 1 to " + maxBatch);
        }
        checkArrays(y, frames, results);
        CommandQueue queue = session.queue();
        queue.write(input.pack(y, frames), plan.tensors(), offsetBytes(inputTensor),
                input.lengthBytes(frames));
        plan.enqueue(frames);
        plan.settle(frames);
        for (int i = 0; i < results.length; i++) {
            if (results[i] != null) {
                queue.read(plan.tensors(), outputs[i].host(), offsetBytes(outputTensors.get(i)),
                        outputs[i].lengthBytes(frames));
                outputs[i].unpack(results[i], frames);
            }
        }
    }

    private void checkArrays(float[] y, int frames, float[][] results) {
        if (results.length > outputs.length) {
            throw new IllegalArgumentException(results.length + " results; the network has " + outputs.length);
        }
        input.check("y", y, frames);
        for (int i = 0; i < results.length; i++) {
            if (results[i] != null) {
                outputs[i].check("a result", results[i], frames);
            }
        }
    }

    /**
     * Launches, for batches of all sizes, all that {@link #run} may ever launch, also what it does only in need. Some
     * drivers finish a kernel at its first launch in a shape: after this nothing is left to compile.
     *
     * @throws OpenClException if the device fails
     */
    public void rehearse() {
        run(new float[maxBatch * inputTensor.features()], maxBatch);
        plan.rehearse(maxBatch);
        session.queue().finish();
    }

    private long offsetBytes(Tensor tensor) {
        return plan.offset(tensor) * (long) Float.BYTES;
    }

    /** One line an operation for batches of that size: what it computes, operations and weight bytes. */
    public List<String> describe(int frames) {
        List<String> lines = new ArrayList<>();
        for (Operation operation : plan.operations(frames)) {
            lines.add(String.format(Locale.ROOT, "%s, %,d operations a frame, %,d bytes of weights",
                    operation.describe(), operation.operationsPerFrame(), operation.weightBytes()));
        }
        return lines;
    }

    /** How the calls of {@link #describe} are launched for batches of that size, in words. */
    public String describeLaunches(int frames) {
        return plan.describe(frames);
    }

    /** Bytes of device memory for what is computed: tensors of batches of {@link #maxBatch} that share it in turn. */
    public long tensorBytes() {
        return plan.tensors().lengthBytes();
    }

    /** Bytes of device memory for weights, biases and other constants, as they are stored. */
    public long constantBytes() {
        return plan.constantBytes();
    }

    /** Floating-point operations of one frame. */
    public long operationsPerFrame() {
        return plan.operations(1).stream().mapToLong(Operation::operationsPerFrame).sum();
    }

    /** Bytes of weights that one batch reads, each step counting its own. */
    public long weightBytes() {
        return plan.operations(1).stream().mapToLong(Operation::weightBytes).sum();
    }

    /**
     * Batches so far that the compute units could not finish in one launch together, because a core was taken away, and
     * that were computed another way: correct, and slower.
     */
    public long givenUp() {
        return plan.givenUp();
    }

    @Override
    public void close() {
        held.close();
    }
}
