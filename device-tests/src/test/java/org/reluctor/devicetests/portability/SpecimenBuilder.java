package org.reluctor.devicetests.portability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.reluctor.opencl.operation.Access;
import org.reluctor.opencl.operation.Convolution;
import org.reluctor.opencl.operation.ConvolutionMethod;
import org.reluctor.opencl.operation.ConvolutionWindow;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Fold;
import org.reluctor.opencl.operation.Function;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.ImageLayout;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.operation.Weights;
import org.reluctor.opencl.sequence.Call;

/**
 * Puts operands around an operation and computes in float64 what must come of them. Products, folds and pointwise work
 * all end in one tail: the value plus an operand of every access, through a ReLU; and the value itself.
 */
final class SpecimenBuilder {
    /** A rounding for each sum of the tail, and some. */
    private static final double TAIL_ROUNDING = 8 * 0x1p-24;
    /** Of the largest result: 32 roundings, as the operators Conv and MatMul have. */
    private static final double CONVOLUTION_ROUNDING = 32 * 0x1p-24;
    /** OpenCL allows a power 16 units in the last place, all else less. */
    private static final double FUNCTION_ROUNDING = 32 * 0x1p-24;

    private final String name;
    private final boolean isPlain;
    private final Operands operands;
    private boolean spoilt;

    /** Makes a product of an expression, or whatever else is to be checked. */
    interface Maker {
        Operation make(Expression tail);
    }

    /** A value for each feature of each frame, and how far off the device may be before the tail. */
    private record Values(double[] exact, double[] tolerance) {
        /** Where nothing is stored. */
        static final double UNTOUCHED = Double.MAX_VALUE;

        Values(int length) {
            this(new double[length], new double[length]);
        }
    }

    /** {@code isPlain}: for any device, not only for CPUs; the seed tells all operands. */
    SpecimenBuilder(String name, boolean isPlain, long seed, int frames) {
        this.name = name;
        this.isPlain = isPlain;
        this.operands = new Operands(seed, frames);
    }

    /** With a NaN in the first half of the input of a product or a convolution, and an infinity in the second. */
    SpecimenBuilder notFinite() {
        spoilt = true;
        return this;
    }

    private float[] spoilt(float[] x) {
        if (spoilt) {
            x[x.length / 3] = Float.NaN;
            x[2 * x.length / 3] = Float.POSITIVE_INFINITY;
        }
        return x;
    }

    /** A product in that form. */
    Specimen product(ProductForm form, int rows, int columns, int tokens, Maker maker) {
        float[] w = operands.gaussian(rows * columns);
        float[] x = spoilt(operands.halfZero(operands.frames() * tokens * columns));
        Weights packed = Weights.pack(form, w, rows, columns, false);
        float[] rounded = Weights.rounded(form.format(), w, rows, columns, false);
        int scales = form.format() == WeightFormat.INT8 ? operands.constants().add(packed.scales()) : 0;
        List<Number> leading = List.of(operands.constants().add(packed.words()), scales, operands.tensor(x));
        Values z = new Values(operands.frames() * tokens * rows);
        for (int at = 0; at < z.exact.length; at++) {
            double size = 0;
            for (int column = 0; column < columns; column++) {
                double term = (double) rounded[at % rows * columns + column] * x[at / rows * columns + column];
                z.exact[at] += term;
                size += Math.abs(term);
            }
            z.tolerance[at] = Gemv.errorBound(columns + 4) * size;
        }
        return finished(tail(true), maker, leading, 3, z);
    }

    /** A convolution by that method; what is around the images of the results stays zero. */
    Specimen convolution(ConvolutionMethod method, ImageLayout from, ImageLayout to, ConvolutionWindow window) {
        float[] w = operands.gaussian(to.channels() * from.channels() * window.taps());
        float[] x = spoilt(operands.gaussian(operands.frames() * from.features()));
        List<Number> leading = new ArrayList<>();
        leading.add(operands.constants().add(method.pack(w, from.channels(), to.channels(), window)));
        if (method == ConvolutionMethod.WINOGRAD) {
            leading.add(operands.constants().add(
                    ConvolutionMethod.PLAIN.pack(w, from.channels(), to.channels(), window)));
        }
        leading.add(operands.tensor(x));
        Values z = new Values(operands.frames() * to.features());
        Arrays.fill(z.exact, Values.UNTOUCHED);
        double largest = 0;
        for (int at = 0; at < operands.frames() * to.height() * to.width() * to.channels(); at++) {
            int channel = at % to.channels();
            int column = at / to.channels() % to.width();
            int row = at / to.channels() / to.width() % to.height();
            int frame = at / to.channels() / to.width() / to.height();
            double sum = 0;
            for (int k = 0; k < from.channels() * window.taps(); k++) {
                int tap = k % window.taps();
                int place = from.place(k / window.taps(),
                        row * window.strideY() + tap / window.width() * window.dilationY(),
                        column * window.strideX() + tap % window.width() * window.dilationX());
                sum += (double) w[channel * from.channels() * window.taps() + k] * x[frame * from.features() + place];
            }
            z.exact[frame * to.features() + to.place(channel, row, column)] = sum;
            largest = Double.isFinite(sum) ? Math.max(largest, Math.abs(sum)) : largest;
        }
        Arrays.fill(z.tolerance, CONVOLUTION_ROUNDING * largest);
        return finished(tail(true), tail -> new Convolution(method, from, to, window, tail), leading, leading.size(),
                z);
    }

    /** A fold of that kind. */
    Specimen fold(Fold.Kind kind, int features, int count, Maker maker) {
        int n = features + 5;
        float[] left = operands.gaussian(operands.frames() * n);
        float[] right = operands.gaussian(operands.frames() * n);
        int[] leftMap = operands.map(features * count, n);
        int[] rightMap = operands.map(features * count, n);
        List<Number> leading = List.of(operands.tensor(left), operands.constants().add(leftMap), n,
                operands.tensor(right), operands.constants().add(rightMap), n);
        Values z = new Values(operands.frames() * features);
        for (int at = 0; at < z.exact.length; at++) {
            int base = at / features * n;
            double dot = 0;
            double size = 0;
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = at % features * count; i < (at % features + 1) * count; i++) {
                double l = leftMap[i] < 0 ? 0 : left[base + leftMap[i]];
                double term = rightMap[i] < 0 ? 0 : l * right[base + rightMap[i]];
                dot += term;
                size += Math.abs(term);
                largest = Math.max(largest, l);
            }
            z.exact[at] = kind == Fold.Kind.DOT ? dot : largest;
            z.tolerance[at] = kind == Fold.Kind.DOT ? Gemv.errorBound(count + 8) * size : 0;
        }
        return finished(tail(true), maker, leading, 0, z);
    }

    /** Pointwise work on so many features. */
    Specimen pointwise(int features, Maker maker) {
        float[] x = operands.gaussian(operands.frames() * features);
        Values z = new Values(x.length);
        IntStream.range(0, x.length).forEach(at -> z.exact[at] = x[at]);
        return finished(tail(false), maker, List.of(operands.tensor(x)), 0, z);
    }

    private static Expression tail(boolean behindValue) {
        Expression tail = new Expression();
        int value = behindValue ? tail.product() : tail.operand(Access.FRAME);
        int sum = value;
        for (Access access : Access.values()) {
            sum = tail.apply(Function.ADD, sum, tail.operand(access));
        }
        tail.store(tail.apply(Function.RELU, sum));
        tail.store(value);
        return tail;
    }

    /** The call's arguments: the leading ones up to the operation's sizes, the sizes, the others, then the tail's. */
    private Specimen finished(Expression tail, Maker maker, List<Number> leading, int beforeSizes, Values z) {
        Operation operation = maker.make(tail);
        int features = z.exact.length / operands.frames();
        List<Number> arguments = new ArrayList<>(leading.subList(0, beforeSizes));
        arguments.addAll(operation.sizes());
        arguments.addAll(leading.subList(beforeSizes, leading.size()));
        Values sums = new Values(z.exact.clone(), z.tolerance.clone());
        double[] sizes = new double[z.exact.length];
        for (Access access : Access.values()) {
            Operands.Operand operand = operands.operand(access, features);
            arguments.addAll(operand.arguments());
            for (int at = 0; at < sizes.length; at++) {
                double read = operand.reading().at(at / features, at % features);
                sums.exact[at] += read;
                sizes[at] += Math.abs(read) + Math.abs(z.exact[at]);
            }
        }
        for (int at = 0; at < sizes.length; at++) {
            boolean stored = z.exact[at] != Values.UNTOUCHED;
            z.exact[at] = stored ? z.exact[at] : 0;
            sums.exact[at] = stored ? Math.max(0, sums.exact[at]) : 0;
            sums.tolerance[at] += TAIL_ROUNDING * (stored ? sizes[at] : 0);
        }
        return specimen(operation, arguments, List.of(sums, z), features);
    }

    private Specimen specimen(Operation operation, List<Number> arguments, List<Values> values, int features) {
        List<Number> all = new ArrayList<>(arguments);
        List<Specimen.Result> results = new ArrayList<>();
        for (Values value : values) {
            int offset = operands.tensors().add(features);
            all.add(offset);
            results.add(new Specimen.Result(offset, value.exact, value.tolerance));
        }
        return new Specimen(name, isPlain, operands.frames(), new Call(operation, all), operands.constants(),
                operands.tensors(), operands.inputs(), results);
    }

    /** Every function of the tail, each stored, on so many features. */
    Specimen functions(int features, Maker maker) {
        float[] a = operands.gaussian(operands.frames() * features);
        float[] b = operands.gaussian(operands.frames() * features);
        Expression all = new Expression();
        int first = all.operand(Access.FRAME);
        int second = all.operand(Access.FRAME);
        List<Values> values = new ArrayList<>();
        for (Function function : Function.values()) {
            all.store(function.isBinary() ? all.apply(function, first, second) : all.apply(function, first));
            Values value = new Values(a.length);
            for (int at = 0; at < a.length; at++) {
                value.exact[at] = Functions.exact(function, a[at], b[at]);
                value.tolerance[at] = FUNCTION_ROUNDING * Math.abs(value.exact[at]) + Float.MIN_NORMAL;
            }
            values.add(value);
        }
        Operation operation = maker.make(all);
        List<Number> arguments = new ArrayList<>(operation.sizes());
        arguments.addAll(List.of(operands.tensor(a), operands.tensor(b)));
        return specimen(operation, arguments, values, features);
    }
}
