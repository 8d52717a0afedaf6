package org.reluctor.engine.lowering;

import java.util.Arrays;
import org.reluctor.network.Broadcasting;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Fold;
import org.reluctor.opencl.operation.Function;

/** MatMul and Gemm, and reductions over axes, of which sums are products by constant rows. */
final class ProductLowering {
    private final StepGraph graph;
    private final Sparsity sparsity;

    ProductLowering(StepGraph graph, Sparsity sparsity) {
        this.graph = graph;
        this.sparsity = sparsity;
    }

    void matMul(Node node) {
        Value left = node.inputs().get(0);
        Value right = node.inputs().get(1);
        if (isOneMatrix(right)) {
            byConstant(node, left, right);
        } else if (isOneMatrix(left)) {
            ofConstant(node, left, right);
        } else {
            ofComputed(node, graph.computed(left), graph.computed(right));
        }
    }

    private boolean isSparse(Value input, float[] weights) {
        return sparsity.contains(input) && Sparsity.allFinite(weights);
    }

    /** Whether it is a constant matrix or vector, not a stack of them. */
    private static boolean isOneMatrix(Value value) {
        Shape shape = value.shape();
        int last = shape.rank() < 2 ? 1 : shape.dim(-1) * shape.dim(-2);
        return value.isConstant() && (shape.rank() < 2 || shape.frameElements() == last);
    }

    private void byConstant(Node node, Value left, Value right) {
        boolean vector = right.shape().rank() == 1;
        int columns = right.shape().dim(vector ? 0 : -2);
        int rows = vector ? 1 : right.shape().dim(-1);
        define(node.output(), left, new MatrixFactor(right.floats(), rows, columns, true,
                StepGraph.features(left) / columns, isSparse(left, right.floats())));
    }

    /** W·X as (Xᵀ·Wᵀ)ᵀ, both transpositions by views. */
    private void ofConstant(Node node, Value left, Value right) {
        boolean vector = left.shape().rank() == 1;
        int rows = vector ? 1 : left.shape().dim(-2);
        int columns = left.shape().dim(-1);
        int width = right.shape().dim(-1);
        int stacks = StepGraph.features(right) / (columns * width);
        View transposed = graph.view(right).through(transposition(stacks, columns, width));
        Step step = graph.begin(new MatrixFactor(left.floats(), rows, columns, false,
                stacks * width, false),
                graph.copy(right.name() + ":transposed", transposed));
        Value root = Value.computed(node.output().name() + ":product", Shape.of(Shape.BATCH, step.features()));
        graph.define(step, root, step.expression().product());
        graph.lay(node.output(), View.of(root).through(transposition(stacks, width, rows)));
    }

    /** Sources of [stacks, b, a] in [stacks, a, b]. */
    private static int[] transposition(int stacks, int a, int b) {
        int[] sources = new int[stacks * a * b];
        for (int at = 0; at < sources.length; at++) {
            int stack = at / (a * b);
            sources[at] = stack * a * b + at % a * b + at / a % b;
        }
        return sources;
    }

    void gemm(Node node) {
        Value a = node.inputs().get(0);
        Value b = node.inputs().get(1);
        if (a.isConstant() || !b.isConstant() || node.attributes().integer("transA", 0) != 0) {
            throw new LoweringException("node " + node.label() + ": Gemm of " + a + " by " + b + " with transA="
                    + node.attributes().integer("transA", 0)
                    + "; the device computes A·B or A·Bᵀ with a computed A and a constant B");
        }
        boolean transB = node.attributes().integer("transB", 0) != 0;
        int rows = b.shape().dim(transB ? 0 : 1);
        int columns = b.shape().dim(transB ? 1 : 0);
        float[] elements = scaled(b.floats(), node.attributes().real("alpha", 1));
        Step step = define(node.output(), a, new MatrixFactor(elements, rows, columns, !transB, 1,
                isSparse(a, elements)));
        if (node.inputs().size() > 2) {
            addC(node, step, node.inputs().get(2), node.attributes().real("beta", 1));
        }
    }

    private void addC(Node node, Step step, Value c, float beta) {
        Value scaled = c.isConstant() ? Value.constant(c.name() + ":scaled", c.shape(), scaled(c.floats(), beta)) : c;
        int added = graph.read(step, beta == 1 ? c : scaled, node.output().shape(), null);
        if (!c.isConstant() && beta != 1) {
            added = step.expression().apply(Function.MUL, added, step.operand(Operand.scalar(beta)));
        }
        step.define(node.output(), step.expression().apply(Function.ADD, step.term(node.output()), added));
    }

    private static float[] scaled(float[] elements, float factor) {
        if (factor == 1) {
            return elements;
        }
        float[] scaled = new float[elements.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = factor * elements[i];
        }
        return scaled;
    }

    private Step define(Value output, Value input, MatrixFactor factor) {
        Step step = graph.begin(factor, graph.inOrder(input));
        graph.define(step, output, step.expression().product());
        return step;
    }

    /** Sum, mean or length over axes: the reduced ones brought last, then a row of ones (or of 1/count). */
    void reduce(Node node) {
        Value x = node.inputs().get(0);
        int[] sources = Reduction.sources(x.shape(), node.attributes().integers("axes"));
        int results = StepGraph.features(node.output());
        int count = sources.length / results;
        float[] row = new float[count];
        Arrays.fill(row, node.operator() == Operator.REDUCE_MEAN ? (float) (1.0 / count) : 1);
        Value summed = node.operator() == Operator.REDUCE_L2 ? square(node, x) : x;
        View view = graph.view(summed).through(sources);
        Tensor tensor = view.isInOrder(graph.storedFeatures(view.root())) ? graph.stored(view.root())
                : graph.copy(x.name() + ":reduced", view);
        Step step = graph.begin(new MatrixFactor(row, 1, count, false, results, false), tensor);
        int sum = step.expression().product();
        graph.define(step, node.output(), node.operator() == Operator.REDUCE_L2
                ? step.expression().apply(Function.SQRT, sum) : sum);
    }

    private Value square(Node node, Value x) {
        Value squared = Value.computed(node.name() + ":squared", x.shape());
        Step step = graph.begin(StepGraph.features(x));
        int term = graph.read(step, x, x.shape(), null);
        graph.define(step, squared, step.expression().apply(Function.MUL, term, term));
        return squared;
    }

    /** The largest over axes. */
    void reduceMax(Node node) {
        Value x = node.inputs().get(0);
        int[] sources = Reduction.sources(x.shape(), node.attributes().integers("axes"));
        int count = sources.length / StepGraph.features(node.output());
        define(node.output(), graph.fold(Fold.Kind.MAXIMUM, count, x, sources, x, sources));
    }

    private void define(Value output, FoldFactor fold) {
        Step step = graph.begin(fold);
        graph.define(step, output, step.expression().product());
    }

    /** Σ over k of left[…, r, k]·right[…, k, c], stacks broadcast. */
    private void ofComputed(Node node, Value left, Value right) {
        Shape shape = node.output().shape();
        Shape leftShape = left.shape();
        Shape rightShape = right.shape();
        int count = leftShape.dim(-1);
        int width = rightShape.dim(-1);
        int height = leftShape.dim(-2);
        int[] leftStacks = Broadcasting.sources(stacks(leftShape), stacks(shape));
        int[] rightStacks = Broadcasting.sources(stacks(rightShape), stacks(shape));
        long pairs = (long) StepGraph.features(node.output()) * count;
        if (pairs > Lowering.MOST_PLACES) {
            throw new LoweringException("node " + node.label() + ": MatMul of " + left + " by " + right
                    + ", both computed, multiplies " + pairs + " pairs a frame; at most " + Lowering.MOST_PLACES
                    + " are supported");
        }
        int[] leftElements = new int[(int) pairs];
        int[] rightElements = new int[leftElements.length];
        for (int at = 0; at < leftElements.length; at++) {
            int k = at % count;
            int result = at / count;
            int stack = result / (height * width);
            leftElements[at] = (leftStacks[stack] * height + result / width % height) * count + k;
            rightElements[at] = (rightStacks[stack] * count + k) * width + result % width;
        }
        define(node.output(), graph.fold(Fold.Kind.DOT, count, left, leftElements, right, rightElements));
    }

    /** The dimensions of the stack of matrices. */
    private static Shape stacks(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
    }
}
