package org.reluctor.learn.gradient;

import java.util.Arrays;
import java.util.List;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.PatchAxis;
import org.reluctor.opencl.training.ProductSize;

/** The instructions in float64, written to be read: what devices are measured against. Keeps every array. */
public final class HostArithmetic implements Arithmetic {
    private final List<Instruction> instructions;
    private final double[][] arrays;

    /** Of all that the tape has recorded until now. */
    public HostArithmetic(Tape tape) {
        this(tape, tape.instructions());
    }

    /** Of those instructions of the tape. */
    public HostArithmetic(Tape tape, List<Instruction> instructions) {
        this.instructions = instructions;
        arrays = new double[tape.storages()][];
        tape.constants().forEach((storage, values) -> arrays[storage] = values);
    }

    @Override
    public void write(Tensor tensor, float[] values) {
        double[] array = new double[values.length];
        for (int at = 0; at < array.length; at++) {
            array[at] = values[at];
        }
        write(tensor, array);
    }

    /** The same in full precision, shared. */
    public void write(Tensor tensor, double[] values) {
        if (values.length != tensor.elements()) {
            throw new IllegalArgumentException(values.length + " elements for " + tensor);
        }
        arrays[tensor.storage()] = values;
    }

    @Override
    public double[] read(Tensor tensor) {
        return arrays[tensor.storage()].clone();
    }

    @Override
    public void run() {
        for (Instruction instruction : instructions) {
            double[] to = new double[instruction.to().elements()];
            if (instruction instanceof Instruction.Pointwise pointwise) {
                run(pointwise, to);
            } else if (instruction instanceof Instruction.Product product) {
                run(product, to);
            } else if (instruction instanceof Instruction.Gather gather) {
                run(gather, to);
            } else {
                run((Instruction.Sum) instruction, to);
            }
            arrays[instruction.to().storage()] = to;
        }
    }

    private void run(Instruction.Pointwise pointwise, double[] to) {
        Stretching.Loops loops = Stretching.loops(pointwise.to().dims(), pointwise.from());
        double[] inputs = new double[pointwise.from().size()];
        for (int at = 0; at < to.length; at++) {
            for (int input = 0; input < inputs.length; input++) {
                inputs[input] = array(pointwise.from().get(input))[place(at, loops.dims(), loops.strides()[input])];
            }
            to[at] = pointwise.formula().evaluate(inputs);
        }
    }

    private static int place(int element, int[] dims, int[] strides) {
        int rest = element;
        int place = 0;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            place += rest % dims[axis] * strides[axis];
            rest /= dims[axis];
        }
        return place;
    }

    private double[] array(Tensor tensor) {
        return arrays[tensor.storage()];
    }

    private void run(Instruction.Product product, double[] to) {
        ProductSize size = product.size();
        double[] left = array(product.left());
        double[] right = array(product.right());
        Instruction.Views views = product.views();
        for (int index = 0; index < size.stack() * size.rows() * size.columns(); index++) {
            int matrix = index / (size.rows() * size.columns());
            int row = index / size.columns() % size.rows();
            int column = index % size.columns();
            double sum = 0;
            for (int k = 0; k < size.inner(); k++) {
                int place = place(views.right(), matrix, k, column);
                sum += place < 0 ? 0 : left[place(views.left(), matrix, row, k)] * right[place];
            }
            to[place(views.to(), matrix, row, column)] = sum;
        }
    }

    /** Where an element lies; below 0 where patches have none. */
    private static int place(MatrixView view, int matrix, int row, int column) {
        int r = view.across() ? column : row;
        int q = view.across() ? row : column;
        int start = view.offset() + matrix * view.stackStride();
        if (view.patches() == null) {
            return start + r * view.rowStride() + q / view.run() * view.frameStride() + q % view.run();
        }
        PatchAxis down = view.patches().y();
        PatchAxis along = view.patches().x();
        int area = down.out() * along.out();
        int y = down.place(q % area / along.out(), r / along.kernel() % down.kernel());
        int x = along.place(q % along.out(), r % along.kernel());
        return y < 0 || x < 0 ? -1 : start + r / (along.kernel() * down.kernel()) * view.rowStride()
                + q / area * view.frameStride() + y * along.in() + x;
    }

    private void run(Instruction.Gather gather, double[] to) {
        Places places = gather.places();
        double[] from = array(gather.source());
        int each = from.length / gather.frames();
        for (int at = 0; at < to.length; at++) {
            int element = at % places.elements();
            int first = places.starts()[element];
            int last = places.starts()[element + 1];
            double sum = first == last ? places.fill() : 0;
            for (int place = first; place < last; place++) {
                sum += from[at / places.elements() * each + places.places()[place]];
            }
            to[at] = sum;
        }
    }

    private void run(Instruction.Sum sum, double[] to) {
        Instruction.Extent extent = sum.extent();
        double[] from = array(sum.source());
        Arrays.fill(to, sum.greatest() ? Double.NEGATIVE_INFINITY : 0);
        for (int at = 0; at < from.length; at++) {
            int place = at / (extent.count() * extent.inner()) * extent.inner() + at % extent.inner();
            to[place] = sum.greatest() ? Math.max(to[place], from[at]) : to[place] + from[at];
        }
        for (int at = 0; at < to.length && !sum.greatest(); at++) {
            to[at] *= sum.scale();
        }
    }

    @Override
    public void close() {
        // Arrays are the collector's.
    }
}
