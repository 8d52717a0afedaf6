package org.reluctor.opencl.training;

/**
 * One axis of a convolution taken as a product: kernel place k of output place o meets input place t / divide where
 * t = o · multiply + k · dilate − pad is divisible, and zero where there is none. A convolution multiplies by its
 * stride; its derivative, and a transposed convolution, divide by it.
 *
 * @param kernel   places of the kernel
 * @param out      places that are computed
 * @param in       places that are read
 * @param multiply stride of a convolution, or 1
 * @param divide   stride of a transposed convolution, or 1
 * @param dilate   steps between places of the kernel; negative where it is turned round
 * @param pad      zeros in front; negative where it is turned round
 */
public record PatchAxis(int kernel, int out, int in, int multiply, int divide, int dilate, int pad) {
    /** An axis that is not there: of length one, with a kernel of one. */
    public static final PatchAxis NONE = new PatchAxis(1, 1, 1, 1, 1, 1, 0);

    /** How a convolution reads its input. */
    public static PatchAxis convolution(int kernel, int out, int in, int stride, int dilation, int pad) {
        return new PatchAxis(kernel, out, in, stride, 1, dilation, pad);
    }

    /** How a transposed convolution reads its input, and a convolution's derivative the gradient of its output. */
    public static PatchAxis transposed(int kernel, int out, int in, int stride, int dilation, int pad) {
        return new PatchAxis(kernel, out, in, 1, stride, -dilation, -pad);
    }

    /** The input place that a kernel place of an output place meets, or -1 where there is none. */
    public int place(int outPlace, int kernelPlace) {
        int t = outPlace * multiply + kernelPlace * dilate - pad;
        return t < 0 || t % divide != 0 || t / divide >= in ? -1 : t / divide;
    }

    /** Whether a step from an output place to the next is one from an input place to the next. */
    boolean even() {
        return multiply == 1 && divide == 1;
    }

    /** How far from an output place the input places lie that it meets, at most. */
    int reach() {
        return Math.max(Math.abs(pad), Math.abs((kernel - 1) * dilate - pad));
    }

    /** As definitions of matrix_view.cl; these numbers are compiled in, for the divisions by them. */
    String macros(String prefix, String axis) {
        String define = "#define " + prefix + "_";
        return define + "KERNEL_" + axis + " " + kernel + "\n" + define + "OUT_" + axis + " " + out + "\n"
                + define + "IN_" + axis + " " + in + "\n" + define + "MULTIPLY_" + axis + " " + multiply + "\n"
                + define + "DIVIDE_" + axis + " " + divide + "\n" + define + "DILATE_" + axis + " (" + dilate + ")\n"
                + define + "PAD_" + axis + " (" + pad + ")\n";
    }
}
