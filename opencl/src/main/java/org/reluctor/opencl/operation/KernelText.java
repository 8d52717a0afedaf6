package org.reluctor.opencl.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Joins kernel files and expressions into the source of a program. Each operation is a function BODY of an item
 * along two axes, a first frame and a number of frames, the arenas, and its parameters; kernels call these functions.
 */
public final class KernelText {
    /**
     * Parameters of every function and kernel: the arena of constants and that of tensors. Functions that have them
     * are not static: oclgrind does not know what restrict becomes where it then compiles one into its caller.
     */
    private static final String ARENAS = "__global const float *restrict c, __global float *a";

    /** Kernel files by name: a network's plan asks for the same few again and again. Before what is made of them. */
    private static final Map<String, String> PARTS = new ConcurrentHashMap<>();

    /** A product followed by a sum must round twice, as the reference does; fma is written out where it is meant. */
    private static final String HEAD = "#pragma OPENCL FP_CONTRACT OFF\n#define ARENAS " + ARENAS + "\n"
            + "#define MAP_AT(map, f) ((__global const int *)c)[(map) + (f)]\n"
            + "#define EACH(i, n) _Pragma(\"unroll\") for (int i = 0; i < (n); i++)\n" + part("gather");
    /** Tells Intel's compiler for FPGAs that no logic is needed to count work-items. */
    private static final String SINGLE_ITEM = "#ifdef INTELFPGA_CL\n__attribute__((max_global_work_dim(0)))\n#endif\n";
    private static final Pattern DEFINITION = Pattern.compile("(?m)^#define (\\w+)");

    private KernelText() {
    }

    /** An operation's function under that name, ready to stand in a program beside others. */
    public static String function(String name, Operation operation) {
        StringBuilder named = new StringBuilder("#define BODY ").append(name).append('\n').append(operation.text());
        DEFINITION.matcher(named.toString()).results().map(found -> found.group(1)).distinct()
                .forEach(macro -> named.append("#undef ").append(macro).append('\n'));
        return named.toString();
    }

    /**
     * Whether kernels of that operation are launched with more work-items than it has items, so that work-groups are
     * full: they are told the items, behind the frames, and what is beyond does nothing.
     */
    public static boolean isGuarded(Operation operation) {
        return operation.batching() == Batching.AXIS && operation.workGroup().width() == 0;
    }

    /**
     * A kernel that computes one item of that function: of the arenas, the batch's frames, its items where it
     * {@link #isGuarded}, and its parameters.
     */
    public static String kernel(String name, String function, Operation operation) {
        String declared = operation.parameters().stream()
                .map(parameter -> ", const " + (operation.floatParameters().contains(parameter) ? "float " : "int ")
                        + parameter).collect(Collectors.joining());
        Batching batching = operation.batching();
        int vectors = operation.workGroup().localVectors();
        boolean guarded = isGuarded(operation);
        return (batching == Batching.SINGLE ? SINGLE_ITEM : "") + "__kernel " + attribute(operation.workGroup())
                + "void " + name + "(ARENAS, const int " + (batching == Batching.SINGLE ? "frame" : "frames")
                + (guarded ? ", const int items" : "") + declared + ")\n{\n"
                + (vectors == 0 ? "" : "  __local float4 tile[" + vectors + "];\n")
                + (guarded ? guard(operation) : "")
                + "  " + function + "(" + item(operation) + ", " + String.join(", ", operation.parameters())
                + ");\n}\n";
    }

    private static String guard(Operation operation) {
        return "  if ((int)get_global_id(" + (2 - operation.frameAxis()) + ") >= items)\n    return;\n";
    }

    private static String attribute(WorkGroup group) {
        return group.width() == 0 ? ""
                : "__attribute__((reqd_work_group_size(" + group.width() + ", 1, " + group.depth() + "))) ";
    }

    /** What a function is given in front of its parameters: items, frames, arenas. */
    private static String item(Operation operation) {
        return switch (operation.batching()) {
            case AXIS -> {
                String first = "(int)get_global_id(" + operation.frameAxis() + ") * " + operation.framesPerItem();
                yield "get_global_id(" + (2 - operation.frameAxis()) + "), get_global_id(1), " + first + ", min("
                        + operation.framesPerItem() + ", frames - " + first + "), c, a";
            }
            case COUNT -> "get_global_id(0), get_global_id(1), get_global_id(2), frames, c, a, tile";
            case SINGLE -> "0, 0, frame, 1, c, a";
            default -> throw new IllegalArgumentException(operation.batching().name());
        };
    }

    /** The source of a program of such parts, in order. */
    public static String program(Iterable<String> parts) {
        StringBuilder source = new StringBuilder(HEAD);
        parts.forEach(source::append);
        return source.toString();
    }

    /** A kernel file's text; its name without {@code .cl}. */
    public static String part(String file) {
        return PARTS.computeIfAbsent(file, KernelText::read);
    }

    private static String read(String file) {
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
