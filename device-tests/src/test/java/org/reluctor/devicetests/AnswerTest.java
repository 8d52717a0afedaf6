package org.reluctor.devicetests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static Answer answer(float... elements) {
        double[] tolerance = new double[elements.length];
        Arrays.fill(tolerance, 0.5);
        return new Answer("sum", elements, tolerance);
    }

    @Test
    void difference_ofFiniteElements_isTheLargestShareOfTheTolerance() {
        assertEquals(0.5, answer(1, 2, -3).difference(answer(1.125f, 2, -2.75f)));
        assertEquals(0.25, answer(1, 2, -3).absoluteDifference(answer(1.125f, 2, -2.75f)));
        assertEquals(1, answer(1, 2, -3).equalElements(answer(1.125f, 2, -2.75f)));
    }

    @Test
    void difference_notFinite_isNothingOrInfinite() {
        float infinity = Float.POSITIVE_INFINITY;
        assertEquals(0, answer(Float.NaN, infinity).difference(answer(Float.NaN, infinity)));
        assertEquals(2, answer(Float.NaN, infinity).equalElements(answer(Float.NaN, infinity)));
        assertEquals(Double.POSITIVE_INFINITY, answer(Float.NaN).difference(answer(0)));
        assertEquals(Double.POSITIVE_INFINITY, answer(1).difference(answer(infinity)));
        assertEquals(Double.POSITIVE_INFINITY, answer(infinity).difference(answer(-infinity)));
    }

    @Test
    void difference_ofOtherComputations_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> answer(1).difference(answer(1, 2)));
    }

    @Test
    void read_afterWrite_isTheSame() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        answer(1, Float.NaN).write(new DataOutputStream(bytes));
        Answer read = Answer.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertEquals("sum", read.name());
        assertArrayEquals(new float[] {1, Float.NaN}, read.elements());
        assertArrayEquals(new double[] {0.5, 0.5}, read.tolerance());
    }
}
