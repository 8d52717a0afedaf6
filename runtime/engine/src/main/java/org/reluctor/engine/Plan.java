package org.reluctor.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.reluctor.engine.lowering.ConvolutionFactor;
import org.reluctor.engine.lowering.Core;
import org.reluctor.engine.lowering.FoldFactor;
import org.reluctor.engine.lowering.LoweredNetwork;
import org.reluctor.engine.lowering.MatrixFactor;
import org.reluctor.engine.lowering.Operand;
import org.reluctor.engine.lowering.Step;
import org.reluctor.engine.lowering.Tensor;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.Batching;
import org.reluctor.opencl.operation.ConvolutionMethod;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.Weights;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.ConstantArena;
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
    private final LaunchParameters parameters;
    private final OperationChoice choice;
    private final ConstantArena constants = new ConstantArena();
    private final Map<MatrixFactor, Weights> packed = new HashMap<>();
    /** Weights of convolutions, by the network's own, in the orders in which methods read them. */
    private final Map<float[], Map<ConvolutionMethod, float[]>> kernels = new IdentityHashMap<>();
    private final List<Integer> slots = new ArrayList<>();
    /** By whether frames are computed in tiles. */
    private final Map<Boolean, List<Call>> calls = new HashMap<>();
    private final Map<Boolean, LaunchSequence> sequences = new HashMap<>();
    private final DeviceBuffer constantBuffer;
    private final DeviceBuffer tensorBuffer;

    Plan(DeviceSession session, LaunchParameters parameters, LoweredNetwork network, int maxBatch) {
        this.parameters = parameters;
        this.choice = new OperationChoice(parameters.form(), parameters.weights());
        TensorArena tensors = new TensorArena(maxBatch);
        network.slots().forEach(features -> slots.add(tensors.add(features)));
        List<Boolean> kinds = Stream.of(1, maxBatch).map(parameters::isTiled).distinct().toList();
        for (boolean tiled : kinds) {
            calls.put(tiled, network.steps().stream().map(step -> call(step, tiled)).toList());
        }
        this.constantBuffer = constants.upload(session);
        this.tensorBuffer = tensors.allocate(session);
        long weightBytes = constants.lengthBytes();
        for (boolean tiled : kinds) {
            sequences.put(tiled, sequence(session, tiled, maxBatch, weightBytes));
        }
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
        return together && parameters.cooperative()
                ? new CooperativeSequence(session, list, constantBuffer, tensorBuffer, stepwise) : stepwise;
    }

    private Call call(Step step, boolean tiled) {
        Core core = step.core();
        if (core instanceof MatrixFactor matrix) {
            return product(step, matrix, tiled);
        }
        if (core instanceof ConvolutionFactor convolution) {
            return convolution(step, convolution);
        }
        if (core instanceof FoldFactor fold) {
            return fold(step, fold);
        }
        return Call.pointwise(choice.pointwise(step), tail(step));
    }

    private Call product(Step step, MatrixFactor factor, boolean tiled) {
        Weights weights = packed(factor, choice.form(factor));
        int scales = weights.scales().length == 0 ? 0 : constants.add(weights.scales());
        return Call.product(choice.product(factor, step.expression(), tiled), constants.add(weights.words()), scales,
                offset(step.input()), tail(step));
    }

    private Call convolution(Step step, ConvolutionFactor factor) {
        ConvolutionMethod method = choice.method(factor);
        List<Integer> weights = new ArrayList<>(List.of(weights(factor, method)));
        if (method == ConvolutionMethod.WINOGRAD) {
            weights.add(weights(factor, ConvolutionMethod.PLAIN));
        }
        return Call.convolution(choice.convolution(factor, step.expression()), weights, offset(step.input()),
                tail(step));
    }

    private int weights(ConvolutionFactor factor, ConvolutionMethod method) {
        Map<ConvolutionMethod, float[]> orders = kernels.computeIfAbsent(factor.weights(),
                key -> new EnumMap<>(ConvolutionMethod.class));
        return constants.add(orders.computeIfAbsent(method, key -> key.pack(factor.weights(),
                factor.input().channels(), factor.output().channels(), factor.window())));
    }

    private Call fold(Step step, FoldFactor fold) {
        List<Number> arguments = new ArrayList<>(List.of(
                offset(fold.left()), constants.add(fold.leftMap()), fold.left().features(),
                offset(fold.right()), constants.add(fold.rightMap()), fold.right().features()));
        arguments.addAll(tail(step));
        return Call.pointwise(choice.fold(fold, step), arguments);
    }

    /** Offsets and scalars in the order of the step's expression: operands, then outputs. */
    private List<Number> tail(Step step) {
        List<Number> tail = new ArrayList<>();
        for (Operand operand : step.operands()) {
            switch (operand.access()) {
                case FRAME -> tail.add(offset(operand.tensor()));
                case FEATURE -> tail.add(constants.add(operand.constant()));
                case PERIODIC -> tail.addAll(List.of(constants.add(operand.constant()), operand.period()));
                case SCALAR -> tail.add(operand.constant()[0]);
                case MAPPED -> tail.addAll(List.of(offset(operand.tensor()), constants.add(operand.map()),
                        operand.tensor().features()));
                default -> throw new IllegalArgumentException(operand.access().name());
            }
        }
        step.outputs().forEach(output -> tail.add(offset(output)));
        return tail;
    }

    /** Records compare arrays by identity: factors of one constant of the file share one packed copy. */
    private Weights packed(MatrixFactor factor, ProductForm form) {
        return packed.computeIfAbsent(factor, key -> Weights.pack(form, key.elements(), key.rows(),
                key.columns(), key.transposed()));
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

    /** Launches whatever may be launched for a batch, see {@link LaunchSequence#rehearse}. */
    void rehearse(int frames) {
        LaunchSequence sequence = sequences.get(parameters.isTiled(frames));
        sequence.rehearse(frames);
        sequence.settle();
    }

    /** To be called before results are read, see {@link LaunchSequence#settle}. */
    void settle(int frames) {
        sequences.get(parameters.isTiled(frames)).settle();
    }

    List<Operation> operations(int frames) {
        return calls.get(parameters.isTiled(frames)).stream().map(Call::operation).toList();
    }

    /** See {@link LaunchSequence#givenUp}. */
    long givenUp() {
        return sequences.values().stream().mapToLong(LaunchSequence::givenUp).sum();
    }

    @Override
    public void close() {
        sequences.values().forEach(LaunchSequence::close);
        constantBuffer.close();
        tensorBuffer.close();
    }
}
