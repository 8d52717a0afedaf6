package org.reluctor.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.reluctor.engine.lowering.LoweredNetwork;
import org.reluctor.engine.lowering.Step;
import org.reluctor.engine.lowering.Tensor;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.operation.Batching;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.pace.Pace;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.CooperativeSequence;
import org.reluctor.opencl.sequence.LaunchSequence;
import org.reluctor.opencl.sequence.LedSequence;
import org.reluctor.opencl.sequence.PerFrameSequence;
import org.reluctor.opencl.sequence.StepwiseSequence;
import org.reluctor.opencl.sequence.TensorArena;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * A network on a device: its constants and tensors in two arenas, and two sequences of calls over them, one for single
 * frames and one for tiles of frames.
 */
final class Plan implements AutoCloseable {
    private static final long REHEARSAL_PAUSE_NANOS = 1_000_000;

    private final LaunchParameters parameters;
    private final List<Integer> slots = new ArrayList<>();
    /** By whether frames are computed in tiles. */
    private final Map<Boolean, List<Call>> calls = new HashMap<>();
    private final Map<Boolean, LaunchSequence> sequences = new HashMap<>();
    private final Holdings held = new Holdings();
    private final DeviceBuffer constantBuffer;
    private final DeviceBuffer tensorBuffer;

    Plan(DeviceSession session, LaunchParameters parameters, LoweredNetwork network, int maxBatch) {
        this.parameters = parameters;
        TensorArena tensors = new TensorArena(maxBatch);
        network.slots().forEach(features -> slots.add(tensors.add(features)));
        CallBuilder builder = new CallBuilder(new OperationChoice(parameters.form(), parameters.weights()), slots);
        List<Boolean> kinds = Stream.of(1, maxBatch).map(parameters::isTiled).distinct().toList();
        for (boolean tiled : kinds) {
            calls.put(tiled, network.steps().stream().map(step -> call(builder, step, tiled)).toList());
        }
        try {
            this.constantBuffer = held.add(builder.constants().upload(session));
            this.tensorBuffer = held.add(tensors.allocate(session));
            long weightBytes = builder.constants().lengthBytes();
            for (boolean tiled : kinds) {
                sequences.put(tiled, held.add(sequence(session, tiled, maxBatch, weightBytes)));
            }
        } catch (RuntimeException | Error e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
    }

    private static Call call(CallBuilder builder, Step step, boolean tiled) {
        Pace.rest();
        return builder.call(step, tiled);
    }

    /**
     * Batches of forms whose items are a core's work are led by the calling thread where there is a way to, unless all
     * weights are near every core and there are tiles of frames enough for each.
     */
    private LaunchSequence sequence(DeviceSession session, boolean tiled, int maxBatch, long weightBytes) {
        LaunchSequence batches = batches(session, tiled, weightBytes);
        boolean led = parameters.form() == KernelForm.PANEL && session.callerQueue().isPresent()
                && constantBuffer.isShared() && tensorBuffer.isShared();
        int mostFrames = Math.min(maxBatch, parameters.tiledFrom() - 1);
        if (tiled) {
            mostFrames = weightBytes > parameters.perFrameUpToBytes() ? maxBatch
                    : Gemm.TILE * session.device().computeUnits();
        }
        return led ? new LedSequence(session, calls.get(tiled), constantBuffer, tensorBuffer, mostFrames, batches)
                : batches;
    }

    private LaunchSequence batches(DeviceSession session, boolean tiled, long weightBytes) {
        List<Call> list = calls.get(tiled);
        boolean together = list.stream().allMatch(call -> call.operation().batching() == Batching.AXIS);
        if (together && weightBytes <= parameters.perFrameUpToBytes()) {
            return new PerFrameSequence(session, list, constantBuffer, tensorBuffer);
        }
        LaunchSequence stepwise = new StepwiseSequence(session, list, constantBuffer, tensorBuffer);
        // Where another work-item's plain stores are seen behind an atomic, and all work-items run at once: on CPUs.
        boolean cooperative = parameters.cooperative() && session.device().kind() == DeviceKind.CPU;
        return together && cooperative
                ? new CooperativeSequence(session, list, constantBuffer, tensorBuffer, stepwise) : stepwise;
    }

    /** Where a tensor begins, in elements. */
    int offset(Tensor tensor) {
        return slots.get(tensor.slot());
    }

    /** The buffer in which all tensors lie. */
    DeviceBuffer tensors() {
        return tensorBuffer;
    }

    /** Enqueues all launches for a batch. */
    void enqueue(int frames) {
        sequences.get(parameters.isTiled(frames)).enqueue(frames);
    }

    /**
     * Launches whatever may be launched for batches of any size, see {@link LaunchSequence#rehearse}. Work-groups do
     * not depend on the batch, and drivers tell no more than small launches from large ones: so the ends of each way of
     * computing and the powers of two stand for all sizes.
     */
    void rehearse(int maxBatch) {
        SortedSet<Integer> sizes = new TreeSet<>(List.of(parameters.tiledFrom() - 1, parameters.tiledFrom(), maxBatch));
        for (long size = 1; size < maxBatch; size *= 2) {
            sizes.add((int) size);
        }
        for (int frames : sizes.subSet(1, maxBatch + 1)) {
            LaunchSequence sequence = sequences.get(parameters.isTiled(frames));
            sequence.rehearse(frames);
            sequence.settle();
            Pace.rest();
            // Another network may be at work on the same processors, and its frames wait.
            LockSupport.parkNanos(REHEARSAL_PAUSE_NANOS);
        }
    }

    /** To be called before results are read, see {@link LaunchSequence#settle}. */
    void settle(int frames) {
        sequences.get(parameters.isTiled(frames)).settle();
    }

    List<Operation> operations(int frames) {
        return calls.get(parameters.isTiled(frames)).stream().map(Call::operation).toList();
    }

    /** See {@link LaunchSequence#describe}. */
    String describe(int frames) {
        return sequences.get(parameters.isTiled(frames)).describe(frames);
    }

    /** Length of the buffer of weights and other constants. */
    long constantBytes() {
        return constantBuffer.lengthBytes();
    }

    /** See {@link LaunchSequence#givenUp}. */
    long givenUp() {
        return sequences.values().stream().mapToLong(LaunchSequence::givenUp).sum();
    }

    @Override
    public void close() {
        held.close();
    }
}
