package org.reluctor.engine.lowering;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Expression;

/**
 * One launch: a product with a pointwise tail, or pointwise work alone. While the network is lowered, further nodes
 * join its tail; afterwards it does not change.
 */
public final class Step {
    private final int index;
    private final MatrixFactor factor;
    private final Tensor input;
    private final FoldFactor fold;
    private final int features;
    private final Expression expression = new Expression();
    private final Map<Value, Integer> terms = new IdentityHashMap<>();
    private final Map<Value, Tensor> stored = new IdentityHashMap<>();
    private final List<Operand> operands = new ArrayList<>();
    private final List<Integer> operandTerms = new ArrayList<>();
    private final List<Tensor> outputs = new ArrayList<>();

    /** A step of pointwise work on {@code features} elements a frame. */
    Step(int index, int features) {
        this(index, null, null, null, features);
    }

    /** A step that begins with a product or a fold; those that are not there are null. */
    Step(int index, MatrixFactor factor, Tensor input, FoldFactor fold, int features) {
        this.index = index;
        this.factor = factor;
        this.input = input;
        this.fold = fold;
        this.features = features;
    }

    int index() {
        return index;
    }

    /** The product's matrix, or null. */
    public MatrixFactor factor() {
        return factor;
    }

    /** What the product is applied to, or null. */
    public Tensor input() {
        return input;
    }

    /** What is folded, or null. */
    public FoldFactor fold() {
        return fold;
    }

    /** Results of one frame. */
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
            Tensor tensor = new Tensor(key.name(), features);
            expression.store(terms.get(key));
            outputs.add(tensor);
            return tensor;
        });
    }
}
