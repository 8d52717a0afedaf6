package org.reluctor.learn.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.ProductSize;

/**
 * Records a computation on tensors, and appends to it, once, the computation of a number's gradient (reverse-mode
 * differentiation; Griewank and Walther, Evaluating Derivatives, section 3.2). Instructions that no variable comes
 * into are recorded but not derived. Not safe between threads.
 */
public final class Tape {
    /** What an instruction hands on to its inputs, given the gradient of its result. */
    private record Derivation(Tensor result, Consumer<Tensor> hand) {
    }

    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Derivation> derivations = new ArrayList<>();
    private final Map<Integer, double[]> constants = new HashMap<>();
    private final Map<Integer, Tensor> gradients = new HashMap<>();
    private final BitSet varying = new BitSet();
    private boolean deriving;
    private int storages;

    /** All that was recorded, in order. */
    public List<Instruction> instructions() {
        return List.copyOf(instructions);
    }

    /** Arrays by storage that are what they are, row-major, shared. */
    public Map<Integer, double[]> constants() {
        return constants;
    }

    /** How many arrays there are; storages count from 0. */
    public int storages() {
        return storages;
    }

    private Tensor made(int... dims) {
        return new Tensor(storages++, dims);
    }

    /** An array that is given before the instructions are executed, without derivative. */
    public Tensor given(int... dims) {
        return made(dims);
    }

    /** An array that is given, and with respect to which the derivative is wanted. */
    public Tensor variable(int... dims) {
        Tensor variable = made(dims);
        varying.set(variable.storage());
        return variable;
    }

    /** An array that never changes. */
    public Tensor constant(double[] values, int... dims) {
        Tensor constant = made(dims);
        constants.put(constant.storage(), values);
        return constant;
    }

    private boolean varies(Tensor tensor) {
        return varying.get(tensor.storage());
    }

    private Tensor record(Instruction instruction, Consumer<Tensor> hand) {
        instructions.add(instruction);
        if (!deriving && instruction.from().stream().anyMatch(this::varies)) {
            varying.set(instruction.to().storage());
            derivations.add(new Derivation(instruction.to(), hand));
        }
        return instruction.to();
    }

    /** A formula element by element, of tensors that stretch to the largest. */
    public Tensor pointwise(Formula formula, Tensor... from) {
        return stretched(formula, Stretching.dims(from), from);
    }

    /** The same, stretched to given dimensions. */
    Tensor stretched(Formula formula, int[] dims, Tensor... from) {
        Tensor to = made(dims);
        List<Formula> handed = formula.gradients(from.length);
        return record(new Instruction.Pointwise(to, formula, List.of(from)), gradient -> {
            for (int at = 0; at < from.length; at++) {
                if (handed.get(at) != null && varies(from[at])) {
                    add(from[at], shrink(derived(handed.get(at), from, to, gradient), from[at].dims()));
                }
            }
        });
    }

    private Tensor derived(Formula formula, Tensor[] from, Tensor value, Tensor gradient) {
        if (formula.equals(Formula.input(from.length + 1))) {
            return gradient;
        }
        Tensor[] all = Arrays.copyOf(from, from.length + 2);
        all[from.length] = value;
        all[from.length + 1] = gradient;
        BitSet used = new BitSet();
        formula.replace(index -> {
            used.set(index);
            return Formula.input(index);
        });
        int[] kept = used.stream().toArray();
        Formula compact = formula.replace(index -> Formula.input(Arrays.binarySearch(kept, index)));
        return stretched(compact, value.dims(), Arrays.stream(kept).mapToObj(at -> all[at]).toArray(Tensor[]::new));
    }

    /** The sum over all dimensions along which a tensor of those dimensions was stretched. */
    private Tensor shrink(Tensor gradient, int[] dims) {
        Tensor sum = gradient;
        int missing = gradient.rank() - dims.length;
        for (int axis = gradient.rank() - 1; axis >= 0; axis--) {
            boolean stretched = axis < missing || dims[axis - missing] == 1;
            if (stretched && sum.dim(axis) != 1) {
                sum = sum(sum, 1, axis);
            }
        }
        return sum.as(dims);
    }

    /** The same array under other dimensions. */
    public Tensor reshape(Tensor x, int... dims) {
        return x.as(dims);
    }

    /** The product of two matrices, or of the first with the transpose of the second. */
    public Tensor matMul(Tensor a, Tensor b, boolean transposed) {
        return new MatrixProducts(this).product(a, false, b, transposed,
                new int[] {a.dim(0), b.dim(transposed ? 0 : 1)});
    }

    /** Scaled sum over some dimensions, which stay as 1. */
    public Tensor sum(Tensor x, double scale, int... axes) {
        Tensor sum = x;
        for (int axis : axes) {
            sum = reduce(sum, axis, false, axis == axes[axes.length - 1] ? scale : 1);
        }
        return sum;
    }

    /** The greatest along some dimensions, which stay as 1; equal ones share the derivative. */
    public Tensor greatest(Tensor x, int... axes) {
        Tensor most = x;
        for (int axis : axes) {
            most = reduce(most, axis, true, 1);
        }
        return most;
    }

    private Tensor reduce(Tensor x, int axis, boolean greatest, double scale) {
        int[] dims = x.dims().clone();
        dims[axis] = 1;
        int inner = x.elementsFrom(axis + 1);
        Instruction.Extent extent = new Instruction.Extent(x.elements() / inner / x.dim(axis), x.dim(axis), inner);
        Tensor to = made(dims);
        return record(new Instruction.Sum(to, x, extent, greatest, scale), gradient ->
                add(x, greatest ? shared(x, to, gradient, axis) : stretch(gradient, scale, x.dims())));
    }

    private Tensor stretch(Tensor gradient, double scale, int[] dims) {
        Formula part = scale == 1 ? Formula.input(0) : Elementary.MUL.of(Formula.of(scale), Formula.input(0));
        return stretched(part, dims, gradient);
    }

    private Tensor shared(Tensor x, Tensor most, Tensor gradient, int axis) {
        Tensor reached = pointwise(Elementary.EQUAL.of(Formula.input(0), Formula.input(1)), x, most);
        Tensor count = sum(reached, 1, axis);
        Formula part = Elementary.DIV.of(Elementary.MUL.of(Formula.input(0), Formula.input(1)), Formula.input(2));
        return pointwise(part, reached, gradient, count);
    }

    /** Elements of equal parts of x brought to other places. */
    public Tensor gather(Tensor x, int frames, Places places, int... dims) {
        Tensor to = made(dims);
        return record(new Instruction.Gather(to, x, frames, places), gradient ->
                add(x, gather(gradient, frames, places.transposed(x.elements() / frames), x.dims())));
    }

    /** left · right; the result has those dimensions, and the views cover all three tensors. */
    public Tensor product(ProductSize size, Tensor left, Tensor right, Instruction.Views views, int... dims) {
        Tensor to = made(dims);
        return record(new Instruction.Product(to, size, left, right, views), gradient -> {
            if (varies(left)) {
                add(left, leftGradient(size, left, right, views, gradient));
            }
            if (varies(right)) {
                add(right, rightGradient(size, left, right, views, gradient));
            }
        });
    }

    private Tensor leftGradient(ProductSize size, Tensor left, Tensor right, Instruction.Views views,
            Tensor gradient) {
        MatrixView target = views.left();
        return target.across()
                ? plainProduct(new ProductSize(size.inner(), size.columns(), size.rows(), size.stack()), right,
                        gradient, new Instruction.Views(views.right(), views.to().transposed(), target.transposed()),
                        left.dims())
                : plainProduct(new ProductSize(size.rows(), size.columns(), size.inner(), size.stack()), gradient,
                        right, new Instruction.Views(views.to(), views.right().transposed(), target), left.dims());
    }

    private Tensor rightGradient(ProductSize size, Tensor left, Tensor right, Instruction.Views views,
            Tensor gradient) {
        MatrixView target = views.right();
        return target.across()
                ? plainProduct(new ProductSize(size.columns(), size.rows(), size.inner(), size.stack()), gradient,
                        left, new Instruction.Views(views.to().transposed(), views.left(), target.transposed()),
                        right.dims())
                : plainProduct(new ProductSize(size.inner(), size.rows(), size.columns(), size.stack()), left,
                        gradient, new Instruction.Views(views.left().transposed(), views.to(), target), right.dims());
    }

    private Tensor plainProduct(ProductSize size, Tensor left, Tensor right, Instruction.Views views, int[] dims) {
        Tensor to = made(dims);
        instructions.add(new Instruction.Product(to, size, left, right, views));
        return to;
    }

    /** A convolution, or the transpose of one. */
    Tensor convolution(ConvolutionProducts shape, boolean transposed, Tensor x, Tensor weights, int... dims) {
        Tensor to = made(dims);
        Instruction forward = transposed ? shape.input(to, weights, x) : shape.output(to, weights, x);
        return record(forward, gradient -> {
            if (varies(x)) {
                Tensor back = made(x.dims());
                instructions.add(transposed ? shape.output(back, weights, gradient)
                        : shape.input(back, weights, gradient));
                add(x, back);
            }
            if (varies(weights)) {
                Tensor back = made(weights.dims());
                instructions.add(transposed ? shape.weights(back, x, gradient) : shape.weights(back, gradient, x));
                add(weights, back);
            }
        });
    }

    private void add(Tensor tensor, Tensor gradient) {
        Tensor part = gradient.as(tensor.dims());
        Tensor sum = gradients.get(tensor.storage());
        Tensor both = sum == null ? part : pointwise(
                Elementary.ADD.of(Formula.input(0), Formula.input(1)), sum.as(tensor.dims()), part);
        gradients.put(tensor.storage(), both);
    }

    /**
     * Appends the computation of a number's gradient; once for a tape.
     *
     * @param number a tensor of one element
     */
    public void differentiate(Tensor number) {
        if (number.elements() != 1 || !gradients.isEmpty()) {
            throw new IllegalArgumentException("a tape is differentiated once, and only a number is");
        }
        double[] one = {1};
        gradients.put(number.storage(), constant(one, number.dims()));
        deriving = true;
        for (int at = derivations.size() - 1; at >= 0; at--) {
            Derivation derivation = derivations.get(at);
            Tensor gradient = gradients.get(derivation.result().storage());
            if (gradient != null) {
                derivation.hand().accept(gradient.as(derivation.result().dims()));
            }
        }
    }

    /** The gradient with respect to a variable, of its dimensions; none where the number does not depend on it. */
    public Optional<Tensor> gradient(Tensor variable) {
        return Optional.ofNullable(gradients.get(variable.storage()))
                .map(gradient -> gradient.as(variable.dims()));
    }
}
