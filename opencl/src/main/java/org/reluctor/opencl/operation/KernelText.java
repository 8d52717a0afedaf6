package org.reluctor.opencl.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Joins kernel files and expressions into the source of a program. */
public final class KernelText {
    /** A product followed by a sum must round twice, as the reference does; fma is written out where it is meant. */
    private static final String HEAD = "#pragma OPENCL FP_CONTRACT OFF\n";
    private static final List<String> MACROS = List.of("KERNEL", "OPERANDS", "FINISH", "FINISH_VECTOR", "AT_FRAME",
            "AT_FEATURE", "AT_MAPPED", "PUT", "AT_FRAME_16", "AT_FEATURE_16", "AT_MAPPED_16", "PUT_16");

    private KernelText() {
    }

    /** The text of one kernel file around one expression, without a name. */
    static String of(String file, Expression expression) {
        return expression.text() + resource(file + ".cl");
    }

    /** The same with a name, ready to stand in a program beside others. */
    public static String named(String name, String text) {
        StringBuilder named = new StringBuilder("#define KERNEL ").append(name).append('\n').append(text);
        MACROS.forEach(macro -> named.append("#undef ").append(macro).append('\n'));
        return named.toString();
    }

    /** The source of a program of named kernels. */
    public static String program(Iterable<String> named) {
        StringBuilder source = new StringBuilder(HEAD);
        named.forEach(source::append);
        return source.toString();
    }

    private static String resource(String file) {
        try (InputStream in = KernelText.class.getResourceAsStream("/org/reluctor/opencl/kernels/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no kernel file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
