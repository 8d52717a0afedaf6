package org.reluctor.opencl.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.Kernel;

/**
 * A formula for every element of a tensor, of elements of other tensors in one buffer. Sizes are compiled in; where
 * the tensors lie is not, so that equal work shares one program.
 *
 * @param formula OpenCL C statements that compute {@code result} of x0, x1, …, all of type V: a float or a vector
 * @param dims    of the loops, outermost first
 * @param strides for each input, elements that a step along each loop goes; along the last 0 or 1
 */
public record PointwiseLoop(String formula, int[] dims, int[][] strides) {
    /** Elements that an item of a CPU works on, about. */
    private static final int STRETCH = 4096;

    public PointwiseLoop {
        for (int[] steps : strides) {
            if (steps.length != dims.length || steps[steps.length - 1] > 1) {
                throw new IllegalArgumentException("strides " + Arrays.toString(steps) + " for loops "
                        + Arrays.toString(dims));
            }
        }
    }

    /** The kernel of that name, to stand in a program beside others. */
    public String text(DeviceKind kind, String name) {
        return text(kind == DeviceKind.CPU).replace("KERNEL", name);
    }

    /**
     * As a launch.
     *
     * @param kernel  of {@link #text}
     * @param offset  of the result
     * @param offsets of the inputs
     */
    public Launches bind(Kernel kernel, DeviceKind kind, DeviceBuffer buffer, int offset, int... offsets) {
        boolean coarse = kind == DeviceKind.CPU;
        kernel.with(buffer).with(offset);
        Arrays.stream(offsets).forEach(kernel::with);
        long items = coarse ? (long) segments() * ceil(rows(), rowsOfItem()) : (long) rows() * length();
        return new Launches().add(kernel, new long[] {items}, coarse ? new long[] {1} : null);
    }

    private static int ceil(int count, int each) {
        return (count + each - 1) / each;
    }

    private int length() {
        return dims[dims.length - 1];
    }

    private int rows() {
        return IntStream.of(dims).limit(dims.length - 1L).reduce(1, Math::multiplyExact);
    }

    private int segments() {
        return ceil(length(), STRETCH);
    }

    private int rowsOfItem() {
        return Math.max(1, STRETCH / length());
    }

    private String text(boolean coarse) {
        List<Integer> inputs = IntStream.range(0, strides.length).boxed().toList();
        String offsets = inputs.stream().map(at -> ", const int o" + at).collect(Collectors.joining());
        String head = "__kernel " + (coarse ? "__attribute__((reqd_work_group_size(1, 1, 1))) " : "")
                + "void KERNEL(__global float *a, const int to" + offsets + ")\n{\n";
        String scalar = "      a[at + i] = KERNEL_1(" + arguments(false) + ");\n";
        return function("float16", 16) + function("float", 1) + head + (coarse
                ? "  const int item = get_global_id(0) / " + segments() + ";\n"
                + "  const int first = get_global_id(0) % " + segments() + " * " + STRETCH + ";\n"
                + "  const int last = min(first + " + STRETCH + ", " + length() + ");\n"
                + "  for (int row = item * " + rowsOfItem() + "; row < min((item + 1) * " + rowsOfItem() + ", "
                + rows()
                + "); row++) {\n" + places() + "    int i = first;\n    for (; i + 16 <= last; i += 16) {\n"
                + "      vstore16(KERNEL_16(" + arguments(true) + "), 0, a + at + i);\n    }\n"
                + "    for (; i < last; i++) {\n" + scalar + "    }\n  }\n}\n"
                : "  const int row = get_global_id(0) / " + length() + ";\n"
                + "  const int i = get_global_id(0) % " + length()
                + ";\n" + places() + scalar + "}\n");
    }

    private String function(String type, int width) {
        String parameters = IntStream.range(0, strides.length).mapToObj(at -> "const " + type + " x" + at)
                .collect(Collectors.joining(", "));
        return "#define V " + type + "\n" + type + " KERNEL_" + width + "(" + parameters + ")\n{\n" + formula
                + "  return result;\n}\n#undef V\n";
    }

    private String arguments(boolean vector) {
        return IntStream.range(0, strides.length).mapToObj(at -> {
            boolean moves = strides[at][dims.length - 1] == 1;
            String place = "a" + "[p" + at + (moves ? " + i]" : "]");
            return !vector ? place : moves ? "vload16(0, a + p" + at + " + i)" : "(float16)(" + place + ")";
        }).collect(Collectors.joining(", "));
    }

    /** Where a row begins in the result and in every input. */
    private String places() {
        StringBuilder text = new StringBuilder("    const int at = to + row * " + length() + ";\n");
        for (int input = 0; input < strides.length; input++) {
            text.append("    const int p").append(input).append(" = o").append(input);
            int inner = 1;
            for (int axis = dims.length - 2; axis >= 0; axis--) {
                if (strides[input][axis] != 0) {
                    text.append(" + row / ").append(inner).append(" % ").append(dims[axis]).append(" * ")
                            .append(strides[input][axis]);
                }
                inner *= dims[axis];
            }
            text.append(";\n");
        }
        return text.toString();
    }
}
