package org.reluctor.engine.lowering;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.network.Broadcasting;
import org.reluctor.network.Movement;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Fold;
import org.reluctor.opencl.operation.ImageLayout;

/** The steps so far, and where each value of the network lies. */
final class StepGraph {
    private final List<Step> steps = new ArrayList<>();
    private final Map<Value, View> views = new IdentityHashMap<>();
    private final Map<Value, Step> producers = new IdentityHashMap<>();
    private final Map<Value, Value> copies = new IdentityHashMap<>();
    private final Tensor input;
    private long kept;

    StepGraph(Value input) {
        this.input = new Tensor(input.name(), features(input), null);
    }

    List<Step> steps() {
        return steps;
    }

    Tensor input() {
        return input;
    }

    static int features(Value value) {
        return Math.toIntExact(value.shape().frameElements());
    }

    View view(Value value) {
        return views.getOrDefault(value, View.of(value));
    }

    /** Says where a value lies. */
    void lay(Value value, View view) {
        views.put(value, view);
        keep(view.places() == null ? 0 : view.places().length);
    }

    /** Elements of all maps and repeated constants so far, which live as long as the network is lowered. */
    long kept() {
        return kept;
    }

    private void keep(int elements) {
        kept += elements;
    }

    /** The step that computes the storage of a value, or null for the measurements. */
    Step producer(Value value) {
        return producers.get(view(value).root());
    }

    /** Adds a step of pointwise work. */
    Step begin(int features) {
        return add(null, null, features);
    }

    /** Adds a step that begins with a product of that tensor. */
    Step begin(MatrixFactor factor, Tensor tensor) {
        return add(factor, tensor, Math.multiplyExact(factor.rows(), factor.tokens()));
    }

    /** Adds a step that begins with a convolution of that tensor. */
    Step begin(ConvolutionFactor factor, Tensor tensor) {
        return add(factor, tensor, factor.output().features());
    }

    /** Adds a step that begins with a fold. */
    Step begin(FoldFactor fold) {
        return add(fold, null, fold.leftMap().length / fold.count());
    }

    private Step add(Core core, Tensor tensor, int features) {
        Step step = new Step(steps.size(), core, tensor, features);
        steps.add(step);
        return step;
    }

    /** A computed value's tensor as it is stored, and the places in it of those elements. */
    FoldFactor fold(Fold.Kind kind, int count, Value left, int[] leftElements, Value right, int[] rightElements) {
        return new FoldFactor(kind, count, stored(view(left).root()), places(left, leftElements),
                stored(view(right).root()), places(right, rightElements));
    }

    private int[] places(Value value, int[] elements) {
        View view = view(value);
        int[] places = new int[elements.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = view.place(elements[i]);
        }
        return places;
    }

    /** Says that a step's term is the storage of a root value. */
    void define(Step step, Value root, int term) {
        step.define(root, term);
        producers.put(root, step);
    }

    /** The stored tensor of a root value. */
    Tensor stored(Value root) {
        Step producer = producers.get(root);
        return producer == null ? input : producer.store(root);
    }

    /** A tensor that holds the value's elements in order: its storage, or a copy made once. */
    Tensor inOrder(Value value) {
        View view = view(value);
        int stored = storedFeatures(view.root());
        if (stored == features(value) && view.isInOrder(stored)) {
            return stored(view.root());
        }
        return copyOf(value);
    }

    private Value copy(Value value) {
        Value root = Value.computed(value.name() + ":copy", value.shape());
        Step step = begin(features(value));
        define(step, root, read(step, value, value.shape(), null));
        return root;
    }

    /** A copy of the value in order, wherever it lies. */
    Tensor copyOf(Value value) {
        return stored(copies.computeIfAbsent(value, this::copy));
    }

    /** Copies a view that is no value of the network into a tensor of its own. */
    Tensor copy(String name, View view) {
        Step step = begin(view.places().length);
        Value root = Value.computed(name, Shape.of(Shape.BATCH, view.places().length));
        define(step, root, step.operand(Operand.mapped(stored(view.root()), view.places())));
        return stored(root);
    }

    /** The value itself, or for a constant a copy of it among the tensors. */
    Value computed(Value value) {
        if (value.isConstant()) {
            return copies.computeIfAbsent(value, this::copy);
        }
        return value;
    }

    /** The layout of a stored image, or null. */
    ImageLayout image(Value root) {
        Step producer = producers.get(root);
        return producer == null ? null : producer.image();
    }

    int storedFeatures(Value root) {
        Step producer = producers.get(root);
        return producer == null ? input.features() : producer.features();
    }

    /**
     * A value as a term of a step.
     *
     * @param shape of the step's results, to which the value is broadcast
     * @param order for each place of the step's storage, the element of {@code shape} that lies there, or
     *              {@link Movement#NOWHERE}; null: in order
     */
    int read(Step step, Value value, Shape shape, int[] order) {
        if (value.isConstant() && value.floats().length == 1) {
            return step.operand(Operand.scalar(value.floats()[0]));
        }
        int[] elements = arranged(Broadcasting.sources(value.shape(), shape), order);
        if (value.isConstant()) {
            Operand constant = Operand.constant(value.floats(), elements, step.period());
            keep(constant.constant() == value.floats() ? 0 : constant.constant().length);
            return step.operand(constant);
        }
        return producer(value) == step ? step.term(view(value).root()) : readElements(step, value, elements);
    }

    /** A computed value of an earlier step as a term: for each place of the step's storage the value's element. */
    int readElements(Step step, Value value, int[] elements) {
        int[] places = places(value, elements);
        Tensor tensor = stored(view(value).root());
        boolean whole = tensor.features() == places.length && View.isIdentity(places, step.image() != null);
        keep(whole ? 0 : places.length);
        return step.operand(whole ? Operand.frame(tensor) : Operand.mapped(tensor, places));
    }

    private static int[] arranged(int[] elements, int[] order) {
        if (order == null) {
            return elements;
        }
        int[] arranged = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            arranged[place] = order[place] == Movement.NOWHERE ? Movement.NOWHERE : elements[order[place]];
        }
        return arranged;
    }
}
