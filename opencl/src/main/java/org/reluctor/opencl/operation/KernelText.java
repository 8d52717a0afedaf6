package org.reluctor.opencl.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Joins kernel files and expressions into the source of a program. Each operation is a function BODY of an item, a
 * frame (or group of frames), the arenas, and its parameters; kernels call these functions.
 */
public final class KernelText {
    /**
     * Parameters of every function and kernel: the arena of constants and that of tensors. Functions that have them
     * are not static: oclgrind does not know what restrict becomes where it then compiles one into its caller.
     */
    public static final String ARENAS = "__global const float *restrict c, __global float *a";

    /** A product followed by a sum must round twice, as the reference does; fma is written out where it is meant. */
    private static final String HEAD = "#pragma OPENCL FP_CONTRACT OFF\n#define ARENAS " + ARENAS + "\n"
            + "#define MAP_AT(map, f) ((__global const int *)c)[(map) + (f)]\n";
    /** Tells Intel's compiler for FPGAs that no logic is needed to count work-items. */
    private static final String SINGLE_ITEM = "#ifdef INTELFPGA_CL\n__attribute__((max_global_work_dim(0)))\n#endif\n";
    private static final List<String> MACROS = List.of("BODY", "OPERANDS", "FINISH", "FINISH_VECTOR", "FOLD",
            "FOLD_START", "WEIGHT_16", "COLUMN", "SCALED_16", "AT_FRAME", "AT_FEATURE", "AT_MAPPED", "PUT",
            "AT_FRAME_16", "AT_FEATURE_16", "AT_MAPPED_16", "PUT_16", "FINISH_ONE", "WEIGHT", "SCALED", "BLOCK",
            "SIDE", "STRETCH", "SAMPLE_STRIDE", "SLICES", "FOLD_JOIN", "ROWS", "COLUMNS", "TOKENS", "STEPS",
            "FEATURES", "COUNT");

    private KernelText() {
    }

    /** An operation's function under that name, ready to stand in a program beside others. */
    public static String function(String name, Operation operation) {
        StringBuilder named = new StringBuilder("#define BODY ").append(name).append('\n').append(operation.text());
        MACROS.forEach(macro -> named.append("#undef ").append(macro).append('\n'));
        return named.toString();
    }

    /** A kernel that computes one item of that function; its parameters are the arenas and the operation's. */
    public static String kernel(String name, String function, Operation operation) {
        String declared = operation.parameters().stream()
                .map(parameter -> ", const " + (operation.floatParameters().contains(parameter) ? "float " : "int ")
                        + parameter).collect(Collectors.joining());
        return (operation.batching() == Batching.SINGLE ? SINGLE_ITEM : "") + "__kernel " + attribute(operation)
                + "void " + name + "(ARENAS" + batchParameter(operation) + declared + ")\n{\n"
                + call(function, operation) + "}\n";
    }

    private static String attribute(Operation operation) {
        WorkGroup group = operation.workGroup();
        return group.width() == 0 ? ""
                : "__attribute__((reqd_work_group_size(" + group.width() + ", 1, " + group.depth() + "))) ";
    }

    private static String batchParameter(Operation operation) {
        return switch (operation.batching()) {
            case AXIS -> "";
            case COUNT -> ", const int frames";
            case SINGLE -> ", const int frame";
            default -> throw new IllegalArgumentException(operation.batching().name());
        };
    }

    private static String call(String function, Operation operation) {
        int vectors = operation.workGroup().localVectors();
        String arguments = switch (operation.batching()) {
            case AXIS -> "get_global_id(0), get_global_id(1), get_global_id(2), c, a, ";
            case COUNT -> "get_global_id(0), get_global_id(1), get_global_id(2), frames, c, a, tile, ";
            case SINGLE -> "0, 0, frame, 1, c, a, ";
            default -> throw new IllegalArgumentException(operation.batching().name());
        };
        return (vectors == 0 ? "" : "  __local float4 tile[" + vectors + "];\n") + "  " + function + "(" + arguments
                + String.join(", ", operation.parameters()) + ");\n";
    }

    /** The source of a program of such parts, in order. */
    public static String program(Iterable<String> parts) {
        StringBuilder source = new StringBuilder(HEAD);
        parts.forEach(source::append);
        return source.toString();
    }

    /** A kernel file's text; its name without {@code .cl}. */
    public static String part(String file) {
        try (InputStream in = KernelText.class.getResourceAsStream("/org/reluctor/opencl/kernels/" + file + ".cl")) {
            if (in == null) {
                throw new IllegalStateException("no kernel file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
