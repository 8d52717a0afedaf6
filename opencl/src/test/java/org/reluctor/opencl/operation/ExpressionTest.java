package org.reluctor.opencl.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.opencl.tuning.KernelForm;

class ExpressionTest {
    @Test
    void text_biasAndRelu_readsTheOperandAndStoresTheLastTerm() {
        Expression expression = new Expression();
        int biased = expression.apply(Function.ADD, expression.product(), expression.operand(Access.FEATURE));
        expression.store(expression.apply(Function.RELU, biased));
        assertEquals("""
                #define OPERANDS , __global const float *restrict p0, __global float *restrict o0
                #define FINISH_VECTOR 1
                #define FINISH(T, A, FRAME, FEATURE, MAPPED, STORE, f) { \\
                  const T t0 = A; \\
                  const T t1 = FEATURE(p0, f); \\
                  const T t2 = t0 + t1; \\
                  const T t3 = (t2 <= (T)(0)) ? (T)(0) : t2; \\
                  STORE(o0, f, t3); \\
                }
                """, expression.text());
    }

    @Test
    void text_mappedOperand_takesNoVectorPath() {
        Expression expression = new Expression();
        expression.store(expression.operand(Access.MAPPED));
        assertTrue(expression.text().contains("#define FINISH_VECTOR 0"));
    }

    @Test
    void product_afterAnotherTerm_isRefused() {
        Expression expression = new Expression();
        expression.operand(Access.SCALAR);
        assertThrows(IllegalStateException.class, expression::product);
    }

    @Test
    void gemv_thatStoresNothing_isRefused() {
        Expression expression = new Expression();
        expression.product();
        assertThrows(IllegalArgumentException.class, () -> new Gemv(KernelForm.PANEL, 1, 1, 1, expression));
    }

    @Test
    void program_ofTwoKernels_leavesNoMacroBehind() {
        Expression expression = new Expression();
        expression.store(expression.product());
        String text = new Gemv(KernelForm.PANEL, 4, 4, 1, expression).text();
        String source = KernelText.program(List.of(KernelText.named("a", text), KernelText.named("b", text)));
        for (String macro : List.of("KERNEL", "OPERANDS", "FINISH", "FINISH_VECTOR", "PUT_16")) {
            assertEquals(count(source, "#define " + macro + "[ (]"), count(source, "#undef " + macro + "\n"), macro);
        }
        assertFalse(source.contains("fast-relaxed"));
    }

    private static long count(String text, String pattern) {
        return java.util.regex.Pattern.compile(pattern).matcher(text).results().count();
    }
}
