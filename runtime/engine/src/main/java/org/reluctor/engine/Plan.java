package org.reluctor.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.engine.lowering.LoweredNetwork;
import org.reluctor.engine.lowering.MatrixFactor;
import org.reluctor.engine.lowering.Operand;
import org.reluctor.engine.lowering.Step;
import org.reluctor.opencl.device.CommandQueue;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Program;
import org.reluctor.opencl.operation.Arguments;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Launch;
import org.reluctor.opencl.operation.Layout;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.operation.Pointwise;
import org.reluctor.opencl.operation.Weights;
import org.reluctor.opencl.tuning.KernelForm;

/**
 * The launches of a network on a device, in order: one sequence for single frames and one for groups of frames, over
 * the same weights and the same buffers.
 */
final class Plan implements AutoCloseable {
    private final DeviceSession session;
    private final KernelForm form;
    private final LoweredNetwork network;
    private final List<DeviceBuffer> slots = new ArrayList<>();
    private final List<DeviceBuffer> constants = new ArrayList<>();
    private final Map<MatrixFactor, DeviceBuffer> weights = new HashMap<>();
    private final Map<float[], DeviceBuffer> features = new IdentityHashMap<>();
    private final Map<Layout, List<Operation>> operations = new HashMap<>();
    private final Map<Layout, List<Launch>> launches = new HashMap<>();
    private final Program program;

    Plan(DeviceSession session, KernelForm form, LoweredNetwork network, int maxBatch) {
        this.session = session;
        this.form = form;
        this.network = network;
        for (int perFrame : network.slots()) {
            slots.add(session.buffer(Layout.GROUPS.elements(maxBatch, perFrame)));
        }
        for (Layout layout : Layout.values()) {
            operations.put(layout, network.steps().stream().map(step -> operation(step, layout)).toList());
        }
        Map<String, String> names = names();
        program = session.program(KernelText.program(
                names.entrySet().stream().map(entry -> KernelText.named(entry.getValue(), entry.getKey())).sorted()
                        .toList()));
        for (Layout layout : Layout.values()) {
            launches.put(layout, launches(operations.get(layout), names));
        }
    }

    /** Steps of equal text share one kernel: a network of many equal phases compiles in the time of one. */
    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (Layout layout : Layout.values()) {
            for (Operation operation : operations.get(layout)) {
                names.computeIfAbsent(operation.text(), text -> "k" + names.size());
            }
        }
        return names;
    }

    private Operation operation(Step step, Layout layout) {
        MatrixFactor factor = step.factor();
        if (factor == null) {
            return new Pointwise(layout, step.features(), step.expression());
        }
        return layout == Layout.FRAMES
                ? new Gemv(form, factor.rows(), factor.columns(), factor.tokens(), step.expression())
                : new Gemm(form, factor.rows(), factor.columns(), factor.tokens(), step.expression());
    }

    private List<Launch> launches(List<Operation> list, Map<String, String> names) {
        List<Launch> made = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Operation operation = list.get(i);
            made.add(operation.launch(program.kernel(names.get(operation.text())), arguments(network.steps().get(i))));
        }
        return made;
    }

    private Arguments arguments(Step step) {
        return new Arguments(step.factor() == null ? null : weights(step.factor()),
                step.input() == null ? null : slots.get(step.input().slot()),
                step.operands().stream().map(this::argument).toList(),
                step.outputs().stream().map(tensor -> slots.get(tensor.slot())).toList());
    }

    private Arguments.Operand argument(Operand operand) {
        return switch (operand.access()) {
            case FRAME -> Arguments.Operand.of(slots.get(operand.tensor().slot()));
            case FEATURE -> Arguments.Operand.of(features.computeIfAbsent(operand.constant(), this::constant));
            case SCALAR -> Arguments.Operand.of(operand.constant()[0]);
            case MAPPED -> Arguments.Operand.mapped(slots.get(operand.tensor().slot()), map(operand.map()),
                    operand.tensor().features());
            default -> throw new IllegalArgumentException(operand.access().name());
        };
    }

    private DeviceBuffer weights(MatrixFactor factor) {
        // Records compare arrays by identity: factors of one constant of the file share one copy on the device.
        return weights.computeIfAbsent(factor, key -> constant(
                Weights.pack(form, key.elements(), key.rows(), key.columns(), key.transposed())));
    }

    private DeviceBuffer constant(float[] elements) {
        DeviceBuffer buffer = session.buffer(elements);
        constants.add(buffer);
        return buffer;
    }

    private DeviceBuffer map(int[] elements) {
        DeviceBuffer buffer = session.buffer(elements);
        constants.add(buffer);
        return buffer;
    }

    /** The buffer of the measurements. */
    DeviceBuffer input() {
        return slots.get(network.input().slot());
    }

    /** The buffer of an output, in the network's order. */
    DeviceBuffer output(int index) {
        return slots.get(network.outputs().get(index).slot());
    }

    /** Enqueues all launches for a batch. */
    void enqueue(Layout layout, int frames) {
        CommandQueue queue = session.queue();
        List<Launch> list = launches.get(layout);
        for (int i = 0; i < list.size(); i++) {
            list.get(i).enqueue(queue, frames);
        }
    }

    List<Operation> operations(Layout layout) {
        return operations.get(layout);
    }

    @Override
    public void close() {
        launches.values().forEach(list -> list.forEach(Launch::close));
        program.close();
        slots.forEach(DeviceBuffer::close);
        constants.forEach(DeviceBuffer::close);
    }
}
