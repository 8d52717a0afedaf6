package org.reluctor.learn.device;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reluctor.learn.gradient.Arithmetic;
import org.reluctor.learn.gradient.Fusion;
import org.reluctor.learn.gradient.Instruction;
import org.reluctor.learn.gradient.Places;
import org.reluctor.learn.gradient.Tape;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.Movement;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.training.GatherLoop;
import org.reluctor.opencl.training.Launches;
import org.reluctor.opencl.training.MatrixProduct;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.Patches;
import org.reluctor.opencl.training.SumLoop;
import org.reluctor.opencl.training.TrainingKernels;

/**
 * A tape's instructions in float32 on a device: all arrays lie in one buffer there, a run is a fixed sequence of
 * launches, and nothing comes back that is not read. The same bytes every time on one device.
 */
public final class DeviceArithmetic implements Arithmetic {
    private final DeviceSession session;
    private final TrainingKernels kernels;
    private final Holdings held = new Holdings();
    private final ArenaPlan plan;
    private final long operations;
    private final PointwiseProgram formulas;
    private final DeviceBuffer arena;
    private final DeviceBuffer scratch;
    private final Launches launches = new Launches();
    private final Map<Integer, HostBuffer> buffers = new HashMap<>();

    /**
     * Compiles and allocates; takes seconds where programs are not in the session's cache.
     *
     * @param session stays the caller's
     * @param tape    of which all that leads to {@code kept} is executed
     * @param kept    what will be written or read; neighbours here are neighbours in memory
     */
    public DeviceArithmetic(DeviceSession session, Tape tape, List<Tensor> kept) {
        this.session = session;
        List<Instruction> instructions = Fusion.fuse(tape.instructions(), kept);
        operations = instructions.stream().filter(Instruction.Product.class::isInstance)
                .mapToLong(product -> ((Instruction.Product) product).size().operations()).sum();
        plan = new ArenaPlan(tape.storages(), Patches.MARGIN);
        kept.forEach(plan::reserve);
        reserveGiven(instructions, kept);
        plan.place(instructions);
        try {
            kernels = held.add(new TrainingKernels(session));
            arena = held.add(session.zeroed(plan.end() + Patches.MARGIN));
            scratch = held.add(session.buffer(scratchElements(instructions)));
            held.add(launches);
            writeConstants(tape, instructions, kept);
            formulas = new PointwiseProgram(kernels, instructions);
            instructions.forEach(this::bind);
        } catch (RuntimeException | Error e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
    }

    private void reserveGiven(List<Instruction> instructions, List<Tensor> kept) {
        Set<Integer> placed = new HashSet<>();
        kept.forEach(tensor -> placed.add(tensor.storage()));
        Set<Integer> computed = new HashSet<>();
        instructions.forEach(instruction -> computed.add(instruction.to().storage()));
        for (Instruction instruction : instructions) {
            for (Tensor from : instruction.from()) {
                if (!computed.contains(from.storage()) && placed.add(from.storage())) {
                    plan.reserve(from);
                }
            }
        }
    }

    private void writeConstants(Tape tape, List<Instruction> instructions, List<Tensor> kept) {
        Map<Integer, double[]> constants = tape.constants();
        Set<Tensor> read = new LinkedHashSet<>(kept);
        instructions.forEach(instruction -> read.addAll(instruction.from()));
        for (Tensor tensor : read) {
            double[] values = constants.get(tensor.storage());
            if (values != null) {
                write(tensor, floats(values));
            }
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int at = 0; at < floats.length; at++) {
            floats[at] = (float) values[at];
        }
        return floats;
    }

    private long scratchElements(List<Instruction> instructions) {
        return instructions.stream().filter(Instruction.Product.class::isInstance)
                .mapToLong(product -> plan((Instruction.Product) product).scratchElements()).max().orElse(0);
    }

    private void bind(Instruction instruction) {
        int to = plan.offset(instruction.to());
        if (instruction instanceof Instruction.Pointwise pointwise) {
            launches.add(formulas.bind(pointwise, arena, to,
                    pointwise.from().stream().mapToInt(plan::offset).toArray()));
        } else if (instruction instanceof Instruction.Product product) {
            launches.add(plan(product).bind(kernels, new MatrixProduct.Buffers(arena, arena, arena), scratch,
                    MatrixProduct.Factors.ASSIGN));
        } else if (instruction instanceof Instruction.Gather gather) {
            bind(gather, to);
        } else {
            Instruction.Sum sum = (Instruction.Sum) instruction;
            Instruction.Extent extent = sum.extent();
            launches.add(new SumLoop(extent.outer(), extent.count(), extent.inner(), sum.greatest(),
                    (float) sum.scale()).bind(kernels, arena, plan.offset(sum.source()), to));
        }
    }

    private MatrixProduct plan(Instruction.Product product) {
        Instruction.Views views = product.views();
        return MatrixProduct.of(session.device().kind(), product.size(), at(views.left(), product.left()),
                at(views.right(), product.right()), at(views.to(), product.to()));
    }

    private MatrixView at(MatrixView view, Tensor tensor) {
        return new MatrixView(view.offset() + plan.offset(tensor), view.rowStride(), view.run(), view.frameStride(),
                view.stackStride(), view.across(), view.patches());
    }

    private void bind(Instruction.Gather gather, int to) {
        Places places = gather.places();
        boolean single = true;
        int[] one = new int[places.elements()];
        for (int at = 0; at < one.length; at++) {
            int count = places.starts()[at + 1] - places.starts()[at];
            single &= count <= 1;
            one[at] = count == 0 ? Movement.NOWHERE : places.places()[places.starts()[at]];
        }
        DeviceBuffer table = table(single ? one : places.places());
        DeviceBuffer starts = single ? table : table(places.starts());
        GatherLoop loop = new GatherLoop(gather.frames(), gather.source().elements() / gather.frames(),
                places.elements(), single, (float) places.fill());
        launches.add(loop.bind(kernels, arena, starts, table, plan.offset(gather.source()), to));
    }

    private DeviceBuffer table(int[] integers) {
        DeviceBuffer buffer = held.add(session.buffer(integers.length));
        HostBuffer host = new HostBuffer(Math.max(1, integers.length));
        host.integers().put(0, integers);
        session.queue().write(host, buffer, 0, 4L * integers.length);
        return buffer;
    }

    /** For launches beside these. */
    TrainingKernels kernels() {
        return kernels;
    }

    /** The buffer of all arrays. */
    DeviceBuffer arena() {
        return arena;
    }

    /** Where a kept array begins in it. */
    int offset(Tensor tensor) {
        return plan.offset(tensor);
    }

    /** Floating-point operations of one run's products. */
    public long operations() {
        return operations;
    }

    /** Launches of one run. */
    public int launchCount() {
        return launches.count();
    }

    @Override
    public void write(Tensor tensor, float[] values) {
        if (values.length != tensor.elements()) {
            throw new IllegalArgumentException(values.length + " elements for " + tensor);
        }
        HostBuffer host = host(tensor);
        host.floats().put(0, values);
        session.queue().write(host, arena, 4L * plan.offset(tensor), 4L * values.length);
    }

    /** Kept from batch to batch: memory outside the heap is given back late. */
    private HostBuffer host(Tensor tensor) {
        return buffers.computeIfAbsent(tensor.storage(), storage -> new HostBuffer(Math.max(1, tensor.elements())));
    }

    @Override
    public void run() {
        launches.enqueue(session.queue());
    }

    @Override
    public double[] read(Tensor tensor) {
        HostBuffer host = host(tensor);
        session.queue().read(arena, host, 4L * plan.offset(tensor), 4L * tensor.elements());
        double[] values = new double[tensor.elements()];
        for (int at = 0; at < values.length; at++) {
            values[at] = host.floats().get(at);
        }
        return values;
    }

    @Override
    public void close() {
        held.close();
    }
}
