package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void of_batchedShape_countsFramesAndElements() {
        Shape shape = Shape.of(Shape.BATCH, 3, 4);
        assertTrue(shape.hasBatch());
        assertEquals(12, shape.frameElements());
        assertEquals(60, shape.elements(5));
        assertEquals(4, shape.dim(-1));
        assertEquals("[B, 3, 4]", shape.toString());
        assertEquals(shape, Shape.of(shape.toArray()));
    }

    @Test
    void of_scalarAndConstantShapes_haveNoBatch() {
        assertEquals(1, Shape.of().frameElements());
        assertFalse(Shape.of(2, 3).hasBatch());
        assertEquals(6, Shape.of(2, 3).elements(5));
        assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
        assertEquals("[2, 1]", Shape.of(2, 1).toString());
    }

    @Test
    void of_batchBehindFirstOrNegative_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Shape.of(2, Shape.BATCH));
        assertThrows(IllegalArgumentException.class, () -> Shape.of(-2));
    }
}
