package org.reluctor.engine.lowering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Gives tensors their buffers: one whose last reader has run hands its buffer on to the next of the same kind. */
final class Lifetimes {
    private final Map<Tensor, Integer> lastUse = new IdentityHashMap<>();
    private final Map<Object, Deque<Integer>> free = new HashMap<>();
    private final List<Integer> slots = new ArrayList<>();

    private Lifetimes() {
    }

    /** Places every tensor; returns the elements a frame of each buffer. */
    static List<Integer> place(Tensor input, List<Tensor> outputs, List<Step> steps) {
        Lifetimes lifetimes = new Lifetimes();
        steps.forEach(step -> reads(step).forEach(tensor -> lifetimes.lastUse.put(tensor, step.index())));
        outputs.forEach(tensor -> lifetimes.lastUse.put(tensor, Integer.MAX_VALUE));
        // The host may write the next input while results are still being read.
        lifetimes.lastUse.put(input, Integer.MAX_VALUE);
        lifetimes.take(input);
        for (Step step : steps) {
            step.outputs().forEach(lifetimes::take);
            reads(step).stream().distinct().filter(tensor -> lifetimes.lastUse.get(tensor) == step.index())
                    .forEach(lifetimes::handOn);
        }
        return lifetimes.slots;
    }

    private static List<Tensor> reads(Step step) {
        List<Tensor> reads = new ArrayList<>();
        step.operands().forEach(operand -> reads.addAll(operand.tensors()));
        if (step.input() != null) {
            reads.add(step.input());
        }
        if (step.core() instanceof FoldFactor fold) {
            reads.add(fold.left());
            reads.add(fold.right());
        }
        return reads;
    }

    private void take(Tensor tensor) {
        if (tensor.slot() >= 0) {
            return;
        }
        Deque<Integer> ofKind = free.computeIfAbsent(tensor.kind(), key -> new ArrayDeque<>());
        if (ofKind.isEmpty()) {
            slots.add(tensor.features());
            tensor.place(slots.size() - 1);
        } else {
            tensor.place(ofKind.pop());
        }
    }

    private void handOn(Tensor tensor) {
        free.get(tensor.kind()).push(tensor.slot());
    }
}
