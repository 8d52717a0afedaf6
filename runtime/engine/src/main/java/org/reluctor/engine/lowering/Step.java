package org.reluctor.engine.lowering;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.ImageLayout;

/**
 * One call of a kernel function: a product, convolution or fold with a pointwise tail, or pointwise work alone.
 * While the network is lowered, further nodes join its tail; afterwards it does not change.
 */
public final class Step {
    private final int index;
    private final Core core;
    private final Tensor input;
    private final int features;
    private final Expression expression = new Expression();
    private final Map<Value, Integer> terms = new IdentityHashMap<>();
    private final Map<Value, Tensor> stored = new IdentityHashMap<>();
    private final List<Operand> operands = new ArrayList<>();
    private final List<Integer> operandTerms = new ArrayList<>();
    private final List<Tensor> outputs = new ArrayList<>();

    /**
     * A step.
     *
     * @param core     null for pointwise work alone
     * @param input    what a product or a convolution is applied to, otherwise null
     * @param features elements of a frame of its results as they are stored
     */
    Step(int index, Core core, Tensor input, int features) {
        this.index = index;
        this.core = core;
        this.input = input;
        this.features = features;
    }

    int index() {
        return index;
    }

    /** What it begins with, or null for pointwise work alone. */
    public Core core() {
        return core;
    }

    /** What a product or a convolution is applied to, otherwise null. */
    public Tensor input() {
        return input;
    }

    /** The layout of results that have zeros around them, or null. */
    ImageLayout image() {
        return core instanceof ConvolutionFactor convolution ? convolution.output() : null;
    }

    /** Features after which what belongs to channels repeats; 0 where nothing does. */
    int period() {
        if (core instanceof MatrixFactor matrix) {
            return matrix.tokens() > 1 ? matrix.rows() : 0;
        }
        return core instanceof ConvolutionFactor convolution ? convolution.output().channels() : 0;
    }

    /** Elements of a frame of its results as they are stored. */
    public int features() {
        return features;
    }

    public Expression expression() {
        return expression;
    }

    /** In the expression's order. */
    public List<Operand> operands() {
        return operands;
    }

    /** In the expression's order. */
    public List<Tensor> outputs() {
        return outputs;
    }

    void define(Value value, int term) {
        terms.put(value, term);
    }

    /** The term of a value that this step computes, or null. */
    Integer term(Value value) {
        return terms.get(value);
    }

    /** An operand as a term; the same one twice is read once. */
    int operand(Operand operand) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).sameAs(operand)) {
                return operandTerms.get(i);
            }
        }
        operands.add(operand);
        int term = expression.operand(operand.access());
        operandTerms.add(term);
        return term;
    }

    /** The tensor that holds a value of this step, stored from now on. */
    Tensor store(Value value) {
        return stored.computeIfAbsent(value, key -> {
            Tensor tensor = new Tensor(key.name(), features, image());
            expression.store(terms.get(key));
            outputs.add(tensor);
            return tensor;
        });
    }
}
