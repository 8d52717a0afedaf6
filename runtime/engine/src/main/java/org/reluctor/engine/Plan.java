package org.reluctor.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.engine.lowering.FoldFactor;
import org.reluctor.engine.lowering.LoweredNetwork;
import org.reluctor.engine.lowering.MatrixFactor;
import org.reluctor.engine.lowering.Operand;
import org.reluctor.engine.lowering.Step;
import org.reluctor.engine.lowering.Tensor;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.Batching;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Fold;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.Layout;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.operation.PipelineFold;
import org.reluctor.opencl.operation.PipelinePointwise;
import org.reluctor.opencl.operation.PipelineProduct;
import org.reluctor.opencl.operation.Pointwise;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.TiledGemm;
import org.reluctor.opencl.operation.TiledGemv;
import org.reluctor.opencl.operation.Weights;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.ConstantArena;
import org.reluctor.opencl.sequence.CooperativeSequence;
import org.reluctor.opencl.sequence.LaunchSequence;
import org.reluctor.opencl.sequence.PerFrameSequence;
import org.reluctor.opencl.sequence.StepwiseSequence;
import org.reluctor.opencl.sequence.TensorArena;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * A network on a device: its constants and tensors in two arenas, and two sequences of calls over them, one for single
 * frames and one for groups of frames.
 */
final class Plan implements AutoCloseable {
    /** Fewer rows than half of a sparse panel are quicker with a dense product of 16 rows a panel. */
    private static final int SPARSE_FROM_ROWS = 64;
    /** Fewer samples than that leave most of a tile empty. */
    private static final int TILED_FROM_TOKENS = 16;

    private final LaunchParameters parameters;
    private final ConstantArena constants = new ConstantArena();
    private final Map<MatrixFactor, Weights> packed = new HashMap<>();
    private final List<Integer> slots = new ArrayList<>();
    private final Map<Layout, List<Call>> calls = new EnumMap<>(Layout.class);
    private final Map<Layout, LaunchSequence> sequences = new EnumMap<>(Layout.class);
    private final DeviceBuffer constantBuffer;
    private final DeviceBuffer tensorBuffer;

    Plan(DeviceSession session, LaunchParameters parameters, LoweredNetwork network, int maxBatch) {
        this.parameters = parameters;
        TensorArena tensors = new TensorArena(maxBatch, parameters.layout(maxBatch));
        network.slots().forEach(features -> slots.add(tensors.add(features)));
        List<Layout> layouts = parameters.layout(maxBatch) == Layout.FRAMES ? List.of(Layout.FRAMES)
                : List.of(Layout.values());
        for (Layout layout : layouts) {
            calls.put(layout, network.steps().stream().map(step -> call(step, layout)).toList());
        }
        this.constantBuffer = constants.upload(session);
        this.tensorBuffer = tensors.allocate(session);
        long weightBytes = packed.values().stream().mapToLong(Weights::lengthBytes).sum();
        for (Layout layout : layouts) {
            sequences.put(layout, sequence(session, layout, weightBytes));
        }
    }

    private LaunchSequence sequence(DeviceSession session, Layout layout, long weightBytes) {
        List<Call> list = calls.get(layout);
        boolean apart = list.stream().anyMatch(call -> call.operation().batching() != Batching.AXIS);
        if (!apart && weightBytes <= parameters.perFrameUpToBytes()) {
            return new PerFrameSequence(session, list, constantBuffer, tensorBuffer);
        }
        LaunchSequence stepwise = new StepwiseSequence(session, list, constantBuffer, tensorBuffer);
        return !apart && parameters.cooperative() && layout == Layout.FRAMES
                ? new CooperativeSequence(session, list, constantBuffer, tensorBuffer, stepwise) : stepwise;
    }

    private Call call(Step step, Layout layout) {
        MatrixFactor factor = step.factor();
        if (step.fold() != null) {
            return fold(step, layout);
        }
        if (factor == null) {
            return Call.pointwise(parameters.form() == KernelForm.PIPELINE
                    ? new PipelinePointwise(step.features(), step.expression())
                    : new Pointwise(layout, step.features(), step.expression()), tail(step));
        }
        ProductForm form = form(factor);
        Operation product = product(form, factor, step.expression(), layout);
        Weights weights = packed(factor, form);
        int scales = weights.scales().length == 0 ? 0 : constants.add(weights.scales());
        return Call.product(product, constants.add(weights.words()), scales, offset(step.input()), tail(step));
    }

    private ProductForm form(MatrixFactor factor) {
        return switch (parameters.form()) {
            case PLAIN -> ProductForm.PLAIN;
            case TILED -> ProductForm.tiled(parameters.weights());
            case PIPELINE -> ProductForm.pipeline(parameters.weights());
            default -> factor.sparse() && factor.rows() >= SPARSE_FROM_ROWS ? ProductForm.sparse(parameters.weights())
                    : ProductForm.panel(parameters.weights());
        };
    }

    private static Operation product(ProductForm form, MatrixFactor factor, Expression tail, Layout layout) {
        int rows = factor.rows();
        int columns = factor.columns();
        int tokens = factor.tokens();
        if (form.kernel() == KernelForm.PIPELINE) {
            return new PipelineProduct(form, rows, columns, tokens, tail);
        }
        if (form.kernel() == KernelForm.TILED) {
            return tokens < TILED_FROM_TOKENS ? new TiledGemv(form, rows, columns, tokens, tail)
                    : new TiledGemm(form, rows, columns, tokens, tail);
        }
        return layout == Layout.FRAMES ? new Gemv(form, rows, columns, tokens, tail)
                : new Gemm(form, rows, columns, tokens, tail);
    }

    private Call fold(Step step, Layout layout) {
        FoldFactor fold = step.fold();
        List<Number> arguments = new ArrayList<>(List.of(
                offset(fold.left()), constants.add(fold.leftMap()), fold.left().features(),
                offset(fold.right()), constants.add(fold.rightMap()), fold.right().features()));
        arguments.addAll(tail(step));
        return Call.pointwise(parameters.form() == KernelForm.PIPELINE
                ? new PipelineFold(fold.kind(), step.features(), fold.count(), step.expression())
                : new Fold(layout, fold.kind(), step.features(), fold.count(), step.expression()), arguments);
    }

    /** Offsets and scalars in the order of the step's expression: operands, then outputs. */
    private List<Number> tail(Step step) {
        List<Number> tail = new ArrayList<>();
        for (Operand operand : step.operands()) {
            switch (operand.access()) {
                case FRAME -> tail.add(offset(operand.tensor()));
                case FEATURE -> tail.add(constants.add(operand.constant()));
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
    void enqueue(Layout layout, int frames) {
        sequences.get(layout).enqueue(frames);
    }

    /** To be called before results are read, see {@link LaunchSequence#settle}. */
    void settle(Layout layout) {
        sequences.get(layout).settle();
    }

    List<Operation> operations(Layout layout) {
        return calls.get(layout).stream().map(Call::operation).toList();
    }

    @Override
    public void close() {
        sequences.values().forEach(LaunchSequence::close);
        constantBuffer.close();
        tensorBuffer.close();
    }
}
