package org.reluctor.learn.gradient;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins formulas: what only one other formula of the same dimensions reads is computed there, so that a chain of
 * operators reads and writes memory once. Drops what nobody needs.
 */
public final class Fusion {
    /** Tensors that one formula may read. */
    private static final int MOST_INPUTS = 8;

    private final Map<Integer, Integer> uses = new HashMap<>();
    private final BitSet kept = new BitSet();

    private Fusion(List<Tensor> kept) {
        kept.forEach(tensor -> this.kept.set(tensor.storage()));
    }

    /**
     * The same computation in fewer instructions.
     *
     * @param kept what must be there in the end
     */
    public static List<Instruction> fuse(List<Instruction> instructions, List<Tensor> kept) {
        return new Fusion(kept).fuse(instructions);
    }

    private List<Instruction> fuse(List<Instruction> all) {
        List<Instruction> needed = needed(all);
        needed.forEach(instruction -> instruction.from().forEach(from -> uses.merge(from.storage(), 1, Integer::sum)));
        Map<Integer, Instruction.Pointwise> waiting = new HashMap<>();
        List<Instruction> result = new ArrayList<>();
        for (Instruction instruction : needed) {
            Instruction joined = instruction instanceof Instruction.Pointwise pointwise ? join(pointwise, waiting)
                    : instruction;
            result.add(joined);
            if (joined instanceof Instruction.Pointwise pointwise && mayWait(pointwise)) {
                waiting.put(joined.to().storage(), pointwise);
            }
        }
        return needed(result);
    }

    private boolean mayWait(Instruction.Pointwise pointwise) {
        int storage = pointwise.to().storage();
        return !kept.get(storage) && uses.getOrDefault(storage, 0) == 1;
    }

    /** What leads to the tensors that are kept. */
    private List<Instruction> needed(List<Instruction> all) {
        BitSet wanted = (BitSet) kept.clone();
        List<Instruction> reversed = new ArrayList<>();
        for (int at = all.size() - 1; at >= 0; at--) {
            Instruction instruction = all.get(at);
            if (wanted.get(instruction.to().storage())) {
                reversed.add(instruction);
                instruction.from().forEach(from -> wanted.set(from.storage()));
            }
        }
        Collections.reverse(reversed);
        return reversed;
    }

    private static Instruction.Pointwise join(Instruction.Pointwise consumer,
            Map<Integer, Instruction.Pointwise> waiting) {
        Instruction.Pointwise joined = consumer;
        for (Tensor from : consumer.from()) {
            Instruction.Pointwise producer = waiting.get(from.storage());
            if (producer != null && producer.to().equals(from) && from.hasDims(joined.to().dims())) {
                Instruction.Pointwise candidate = substitute(joined, producer);
                joined = candidate.from().size() <= MOST_INPUTS ? candidate : joined;
            }
        }
        return joined;
    }

    private static Instruction.Pointwise substitute(Instruction.Pointwise consumer, Instruction.Pointwise producer) {
        Set<Tensor> inputs = new LinkedHashSet<>(consumer.from());
        inputs.remove(producer.to());
        inputs.addAll(producer.from());
        List<Tensor> from = List.copyOf(inputs);
        Formula inner = producer.formula().replace(index -> Formula.input(from.indexOf(producer.from().get(index))));
        Formula outer = consumer.formula().replace(index -> {
            Tensor tensor = consumer.from().get(index);
            return tensor.equals(producer.to()) ? inner : Formula.input(from.indexOf(tensor));
        });
        return new Instruction.Pointwise(consumer.to(), outer, from);
    }
}
