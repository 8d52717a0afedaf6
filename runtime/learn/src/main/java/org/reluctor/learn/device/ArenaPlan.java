package org.reluctor.learn.device;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.reluctor.learn.gradient.Instruction;
import org.reluctor.learn.gradient.Tensor;

/**
 * Where in one buffer each array lies: those that are given or kept have places of their own, others share places as
 * soon as nobody reads them any more, which keeps them in the caches, too.
 */
final class ArenaPlan {
    private static final int ALIGNMENT = 16;
    private static final int NOWHERE = -1;

    private final int[] offsets;
    private final int[] lengths;
    private final TreeMap<Integer, Integer> free = new TreeMap<>();
    private int end;

    /** @param margin elements in front of the first array */
    ArenaPlan(int storages, int margin) {
        offsets = new int[storages];
        lengths = new int[storages];
        Arrays.fill(offsets, NOWHERE);
        end = margin;
    }

    /** Gives an array a place of its own behind all others. */
    void reserve(Tensor tensor) {
        offsets[tensor.storage()] = end;
        lengths[tensor.storage()] = aligned(tensor.elements());
        end = Math.addExact(end, lengths[tensor.storage()]);
    }

    private static int aligned(int elements) {
        return Math.multiplyExact(Math.addExact(elements, ALIGNMENT - 1) / ALIGNMENT, ALIGNMENT);
    }

    /** Places all that is not placed yet. */
    void place(List<Instruction> instructions) {
        int[] lastUse = new int[offsets.length];
        boolean[] shared = new boolean[offsets.length];
        for (int at = 0; at < instructions.size(); at++) {
            final int now = at;
            instructions.get(at).from().forEach(from -> lastUse[from.storage()] = now);
        }
        for (int at = 0; at < instructions.size(); at++) {
            Instruction instruction = instructions.get(at);
            int storage = instruction.to().storage();
            if (offsets[storage] == NOWHERE) {
                shared[storage] = true;
                lengths[storage] = aligned(instruction.to().elements());
                offsets[storage] = take(lengths[storage]);
            }
            final int now = at;
            instruction.from().stream().mapToInt(Tensor::storage).distinct()
                    .filter(from -> shared[from] && lastUse[from] == now).forEach(this::release);
        }
    }

    /** The smallest free place that is large enough, or a new one. */
    private int take(int length) {
        Map.Entry<Integer, Integer> best = null;
        for (Map.Entry<Integer, Integer> place : free.entrySet()) {
            boolean fits = place.getValue() >= length;
            if (fits && (best == null || place.getValue() < best.getValue())) {
                best = place;
            }
        }
        if (best == null) {
            int fresh = end;
            end = Math.addExact(end, length);
            return fresh;
        }
        int offset = best.getKey();
        int rest = best.getValue() - length;
        free.remove(offset);
        if (rest > 0) {
            free.put(offset + length, rest);
        }
        return offset;
    }

    private void release(int storage) {
        int offset = offsets[storage];
        int length = lengths[storage];
        Map.Entry<Integer, Integer> before = free.floorEntry(offset);
        if (before != null && before.getKey() + before.getValue() == offset) {
            offset = before.getKey();
            length += before.getValue();
        }
        Integer after = free.remove(offset + length);
        free.put(offset, length + (after == null ? 0 : after));
    }

    /** The place of an array's first element. */
    int offset(Tensor tensor) {
        if (offsets[tensor.storage()] == NOWHERE) {
            throw new IllegalArgumentException(tensor + " has no place: nothing computes it");
        }
        return offsets[tensor.storage()];
    }

    /** Where the last array ends. */
    int end() {
        return end;
    }
}
