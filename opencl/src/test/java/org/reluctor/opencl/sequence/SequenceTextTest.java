package org.reluctor.opencl.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.WeightFormat;

class SequenceTextTest {
    private static Operation product(ProductForm form, int rows) {
        Expression expression = new Expression();
        expression.store(expression.product());
        return new Gemv(form, rows, 8, 1, expression);
    }

    private static Call call(int rows) {
        return Call.product(product(ProductForm.PLAIN, rows), 0, 0, 0, List.of(32));
    }

    /** A prime number of items had work-groups of one. */
    @Test
    void neighbours_anyNumberOfItems_fillAWorkGroup() {
        assertEquals(64, StepwiseSequence.neighbours(1021, 4096));
        assertEquals(64, StepwiseSequence.neighbours(128, 4096));
        assertEquals(32, StepwiseSequence.neighbours(1021, 32));
        assertEquals(7, StepwiseSequence.neighbours(7, 4096));
    }

    @Test
    void kernel_ofItemsInFreeGroups_returnsBeyondThem() {
        String kernel = KernelText.kernel("k", "f", product(ProductForm.PLAIN, 1021));
        assertTrue(kernel.contains("const int frames, const int items, "), kernel);
        assertTrue(kernel.contains("if ((int)get_global_id(0) >= items)\n    return;"), kernel);
        Operation coarse = product(ProductForm.panel(WeightFormat.FLOAT32), 1021);
        assertFalse(KernelText.kernel("k", "f", coarse).contains("items"), "work-groups of one need no guard");
    }

    @Test
    void of_callsOfEqualText_shareAFunction() {
        Call first = call(8);
        Call second = call(1021);
        Call other = Call.product(product(ProductForm.panel(WeightFormat.FLOAT32), 8), 0, 0, 0, List.of(32));
        FunctionNames names = new FunctionNames(List.of(first, second, other));
        assertEquals(names.of(first), names.of(second));
        assertNotEquals(names.of(first), names.of(other));
        assertEquals(2, names.functions().size());
    }

    /** What the others may still have to do when a work-item begins to wait. */
    @Test
    void meeting_ofACooperativeLaunch_isToldTheOperationsBeforeIt() {
        List<Call> calls = List.of(call(8), call(1021));
        String text = CooperativeSequence.text(calls, new FunctionNames(calls));
        long operations = calls.get(0).operation().operationsPerFrame();
        assertTrue(text.contains("if (!meet(cells + 1, target, cells, " + operations + "L * frames))"), text);
    }

    @Test
    void roundUp_nearTheLargestOffset_isRefusedAndNotNegative() {
        assertEquals(64, ConstantArena.roundUp(33));
        assertThrows(ArithmeticException.class, () -> ConstantArena.roundUp(Integer.MAX_VALUE - 5));
    }
}
