package org.reluctor.opencl.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel of the pipeline form is what a compiler to hardware takes; and the lint finds what is not. */
class PipelineLintTest {
    /** A compiler that defines nothing, Intel's and AMD's. */
    private static final List<Set<String>> COMPILERS = List.of(Set.of(), Set.of("INTELFPGA_CL"), Set.of("__xilinx__"));

    static Stream<Operation> operations() {
        Stream<Operation> products = Arrays.stream(WeightFormat.values()).filter(KernelForm.PIPELINE::reads)
                .map(format -> new PipelineProduct(ProductForm.pipeline(format), 20, 37, 3, everything(true)));
        Stream<Operation> folds = Arrays.stream(Fold.Kind.values())
                .map(kind -> new PipelineFold(kind, 12, 9, everything(true)));
        Operation convolution = new Convolution(ConvolutionMethod.PIPELINE, ImageLayout.bare(3, 7, 9),
                ImageLayout.bare(5, 3, 7), new ConvolutionWindow(3, 3, 2, 1, 1, 1), everything(true));
        return Stream.of(products, folds, Stream.of(convolution, new PipelinePointwise(50, everything(false))))
                .flatMap(all -> all);
    }

    /** All accesses and all functions in one tail. */
    private static Expression everything(boolean withProduct) {
        Expression tail = new Expression();
        int term = withProduct ? tail.product() : tail.operand(Access.FRAME);
        for (Access access : Access.values()) {
            term = tail.apply(Function.ADD, term, tail.operand(access));
        }
        for (Function function : Function.values()) {
            term = function.isBinary() ? tail.apply(function, term, term) : tail.apply(function, term);
        }
        tail.store(term);
        return tail;
    }

    private static String program(Operation operation) {
        return KernelText.program(List.of(KernelText.function("f", operation),
                KernelText.kernel("k", "f", operation)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void pipelineKernel_forAnyCompiler_hasNothingForbidden(Operation operation) {
        for (Set<String> compiler : COMPILERS) {
            List<String> tokens = KernelTokens.of(program(operation), compiler);
            assertEquals(List.of(), PipelineLint.findings(tokens), operation.describe() + " " + compiler);
            assertTrue(tokens.containsAll(List.of("for", "__kernel", "reqd_work_group_size")), "expanded: " + tokens);
        }
    }

    @Test
    void operations_together_useEveryPipelineFile() throws Exception {
        URI folder = KernelText.class.getResource("/org/reluctor/opencl/kernels").toURI();
        List<String> programs = operations().map(PipelineLintTest::program).toList();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<Path> pipelines = files.filter(file -> file.toString().contains("pipeline")).toList();
            assertTrue(pipelines.size() >= 4, pipelines.toString());
            for (Path file : pipelines) {
                String text = Files.readString(file);
                assertTrue(programs.stream().anyMatch(program -> program.contains(text)), file + " is not checked");
            }
        }
    }

    @Test
    void tokens_ofMacrosAndConditions_areWhatACompilerSees() {
        assertEquals(List.of("x", "=", "(", "1", "+", "2", ")", "*", "3", ";"), KernelTokens.of("""
                #define SUM(a, b) (a + b)
                #define THREE 3
                #if defined(A)
                y
                #elif defined(B)
                x = SUM(1, /* two */ 2) * THREE; // z
                #else
                z
                #endif
                """, Set.of("B")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "int i = 0; while (i < 4) { i++; }",
        "int i = 0; do { i++; } while (i < 4);",
        "for (int i = 0; i < n; i++) { a[i] = 0; }",
        "for (int i = n; i < 4; i++) { a[i] = 0; }",
        "for (int i = 0; i < 4; i += n) { a[i] = 0; }",
        "for (int i = 0; i < 4; i++) { if (a[i] > 0.0f) i = 4; }",
        "for (int i = 0; i < 4; i++) { if (a[i] > 0.0f) break; }",
        "for (int i = 0; i < 4; i++) { if (a[i] > 0.0f) return; }",
        "for (;;) { }",
        "LOOP(i, n) { a[i] = 0; }",
        "again: if (a[0] > 0.0f) goto again;",
        "barrier(CLK_LOCAL_MEM_FENCE);",
        "mem_fence(CLK_GLOBAL_MEM_FENCE);",
        "atomic_inc((volatile __global int *)a);",
        "atom_add((volatile __global int *)a, 1);",
        "a[get_global_id(0)] = 0;",
        "double d = a[0];",
        "float d = 0.5 * a[0];",
        "float d = 1e3 * a[0];",
        "ulong u = 1;",
        "int u = (int)convert_long(a[0]);",
        "int u = 7L;",
        "half h = 0;",
        "float h = vload_half(0, (__global const void *)a);",
        "float x[n]; x[0] = 0;",
        "__global float **p;",
        "__global float *const *p;",
        "float (*f)(float);",
        "twice(n);"})
    void badSample_isFound(String statement) {
        String program = """
                #define LOOP(i, m) for (int i = 0; i < m; i++)
                void thrice(int n);
                void twice(int n) { if (n > 0) { thrice(n - 1); } }
                %s
                __kernel void k(__global float *a, const int n) { %s }
                """.formatted(statement.equals("twice(n);") ? "void thrice(int n) { twice(n); }" : "", statement);
        assertTrue(PipelineLint.findings(KernelTokens.of(program, Set.of())).size() > 0, program);
    }

    @Test
    void goodSample_isNotFound() {
        String program = """
                #define N (4 * 8)
                float twice(float x) { return 2.0f * x; }
                __kernel void k(__global float *restrict a, const int n)
                {
                  float x[N];
                  for (int i = N - 1; i >= 0; i--) {
                    x[i] = twice(a[n + i]) * 0x1p-3f;
                  }
                  for (int i = 0; i < N; i += 2)
                    a[n + i] = x[i];
                }
                """;
        assertEquals(List.of(), PipelineLint.findings(KernelTokens.of(program, Set.of())));
    }
}
