package org.reluctor.opencl.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private static final ProductForm PANEL = ProductForm.panel(WeightFormat.FLOAT32);

    @Test
    void text_biasAndRelu_readsTheOperandAndStoresTheLastTerm() {
        Expression expression = new Expression();
        int biased = expression.apply(Function.ADD, expression.product(), expression.operand(Access.FEATURE));
        expression.store(expression.apply(Function.RELU, biased));
        assertEquals("""
                #define OPERANDS , const int p0, const int o0
                #define FINISH(T, A, FRAME, FEATURE, PERIODIC, MAPPED, JOINED, STORE, f) { \\
                  const T t0 = A; \\
                  const T t1 = FEATURE(p0, f); \\
                  const T t2 = t0 + t1; \\
                  const T t3 = (t2 <= (T)(0)) ? (T)(0) : t2; \\
                  STORE(o0, f, t3); \\
                }
                """, expression.text());
    }

    @Test
    void text_periodicOperand_isGivenItsPeriod() {
        Expression expression = new Expression();
        expression.store(expression.operand(Access.PERIODIC));
        assertTrue(expression.text().startsWith("#define OPERANDS , const int p0, const int n0, const int o0\n"));
        assertEquals(List.of("p0", "n0", "o0"), expression.names());
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
        assertThrows(IllegalArgumentException.class, () -> new Gemv(PANEL, 1, 1, 1, expression));
    }

    @Test
    void program_ofTwoKernels_leavesNoMacroBehind() {
        Expression expression = new Expression();
        expression.store(expression.product());
        Gemv gemv = new Gemv(PANEL, 4, 4, 1, expression);
        String source = KernelText.program(List.of(KernelText.function("a", gemv), KernelText.function("b", gemv)));
        for (String macro : List.of("BODY", "OPERANDS", "FINISH", "FINISH_16", "PUT_16")) {
            assertEquals(count(source, "#define " + macro + "[ (]"), count(source, "#undef " + macro + "\n"), macro);
        }
        assertFalse(source.contains("fast-relaxed"));
    }

    @Test
    void kernel_handsItsParametersOnInOrder() {
        Expression expression = new Expression();
        int scaled = expression.apply(Function.MUL, expression.product(), expression.operand(Access.SCALAR));
        expression.store(expression.apply(Function.ADD, scaled, expression.operand(Access.MAPPED)));
        String kernel = KernelText.kernel("k", "f", new Gemv(PANEL, 4, 4, 1, expression));
        assertTrue(kernel.contains("const float p0, const int p1, const int m1, const int n1, const int o0)"), kernel);
        assertTrue(kernel.contains("c, a, weights, scales, input, rows, columns, tokens, p0, p1, m1, n1, o0);"),
                kernel);
    }

    private static long count(String text, String pattern) {
        return java.util.regex.Pattern.compile(pattern).matcher(text).results().count();
    }
}
