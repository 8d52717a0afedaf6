package org.reluctor.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.engine.lowering.ConvolutionFactor;
import org.reluctor.engine.lowering.Core;
import org.reluctor.engine.lowering.FoldFactor;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.engine.lowering.MatrixFactor;
import org.reluctor.engine.lowering.Operand;
import org.reluctor.engine.lowering.Step;
import org.reluctor.engine.lowering.Tensor;
import org.reluctor.network.Quote;
import org.reluctor.opencl.operation.ConvolutionMethod;
import org.reluctor.opencl.operation.ConvolutionWindow;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.operation.Weights;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.ConstantArena;

/**
 * Makes calls of steps, and collects the constants that they read. Needed until these are on the device: it holds all
 * of them.
 */
final class CallBuilder {
    private final OperationChoice choice;
    private final List<Integer> slots;
    private final ConstantArena constants = new ConstantArena();
    private final Map<Matrix, Weights> matrices = new HashMap<>();
    private final Map<Filters, float[]> filters = new HashMap<>();
    private final Map<Operand, List<Integer>> joined = new IdentityHashMap<>();

    /**
     * What tells packed weights of products apart. Records compare arrays by identity: products by one constant of the
     * file share one packed copy, whatever they are applied to.
     */
    private record Matrix(float[] elements, int rows, int columns, boolean transposed) {
        Weights pack(ProductForm form) {
            return Weights.pack(form, elements, rows, columns, transposed);
        }
    }

    /** The same of convolutions. Several may read one array in different shapes. */
    private record Filters(float[] weights, ConvolutionMethod method, int inputs, int outputs,
            ConvolutionWindow window) {
        float[] pack() {
            return method.pack(weights, inputs, outputs, window);
        }
    }

    /** {@code slots}: where tensors begin, by their slot. */
    CallBuilder(OperationChoice choice, List<Integer> slots) {
        this.choice = choice;
        this.slots = slots;
    }

    /** The constants of all calls so far. */
    ConstantArena constants() {
        return constants;
    }

    private int offset(Tensor tensor) {
        return slots.get(tensor.slot());
    }

    /** {@code tiled}: for batches whose frames share tiles. */
    Call call(Step step, boolean tiled) {
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
        check(step, factor);
        Matrix key = new Matrix(factor.elements(), factor.rows(), factor.columns(), factor.transposed());
        Weights weights = matrices.computeIfAbsent(key, matrix -> matrix.pack(choice.form(factor)));
        int scales = weights.scales().length == 0 ? 0 : constants.add(weights.scales());
        return Call.product(choice.product(factor, step.expression(), tiled), constants.add(weights.words()), scales,
                offset(step.input()), tail(step));
    }

    /** A weight that the format turns into an infinity would change results, and differently with the batch. */
    private void check(Step step, MatrixFactor factor) {
        WeightFormat format = choice.form(factor).format();
        if (format == WeightFormat.FLOAT32) {
            return;
        }
        for (float weight : factor.elements()) {
            if (!format.holds(weight)) {
                throw new LoweringException("a weight of the product that gives "
                        + Quote.of(step.outputs().get(0).name()) + " is " + weight + ", more than "
                        + format.name().toLowerCase(Locale.ROOT) + " holds; use float32"
                        + (WeightFormat.BFLOAT16.holds(weight) ? " or bfloat16" : ""));
            }
        }
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
        Filters key = new Filters(factor.weights(), method, factor.input().channels(), factor.output().channels(),
                factor.window());
        return constants.add(filters.computeIfAbsent(key, Filters::pack));
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
                case JOINED -> tail.addAll(joined.computeIfAbsent(operand, this::join));
                default -> throw new IllegalArgumentException(operand.access().name());
            }
        }
        step.outputs().forEach(output -> tail.add(offset(output)));
        return tail;
    }

    /** Of an operand of several parts the offsets of its maps, places and strides. */
    private List<Integer> join(Operand operand) {
        int constant = constants.add(operand.constant());
        int[] places = new int[operand.map().length];
        int[] strides = new int[places.length];
        for (int feature = 0; feature < places.length; feature++) {
            int place = operand.map()[feature];
            if (operand.parts()[feature] == Operand.CONSTANT) {
                places[feature] = -1 - (constant + place);
            } else {
                Tensor tensor = operand.tensors().get(operand.parts()[feature]);
                places[feature] = offset(tensor) + place;
                strides[feature] = tensor.features();
            }
        }
        return List.of(constants.add(places), constants.add(strides));
    }
}
