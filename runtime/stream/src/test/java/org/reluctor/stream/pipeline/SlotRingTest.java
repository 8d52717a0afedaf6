package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotRingTest {
    @Test
    void ring_randomAddsPollsAndRemovals_behavesAsAQueue() {
        SlotRing ring = new SlotRing(5);
        Deque<Slot> model = new ArrayDeque<>();
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            step(ring, model, random);
            assertEquals(model.size(), ring.size());
            int position = 0;
            for (Slot slot : model) {
                assertSame(slot, ring.get(position++));
            }
        }
    }

    private static void step(SlotRing ring, Deque<Slot> model, Random random) {
        int what = random.nextInt(3);
        if (what == 0 && model.size() < ring.capacity()) {
            Slot slot = new Slot(true);
            ring.add(slot);
            model.add(slot);
        } else if (what == 1) {
            assertSame(model.poll(), ring.poll());
        } else if (!model.isEmpty()) {
            Slot removed = ring.remove(random.nextInt(model.size()));
            model.remove(removed);
        }
    }

    @Test
    void add_fullRing_isAnError() {
        SlotRing ring = new SlotRing(1);
        ring.add(new Slot(true));
        assertThrows(IllegalStateException.class, () -> ring.add(new Slot(true)));
        ring.poll();
        assertNull(ring.poll());
    }
}
