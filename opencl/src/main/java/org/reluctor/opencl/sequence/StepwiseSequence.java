package org.reluctor.opencl.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;
import org.reluctor.opencl.operation.Batching;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;

/** One launch for each call: what every device and every form can do, and the quickest for large weights. */
public final class StepwiseSequence implements LaunchSequence {
    private static final int MOST_NEIGHBOURS = 64;

    private final DeviceSession session;
    private final Holdings held = new Holdings();
    private final List<Step> steps = new ArrayList<>();
    private int lastFrames;

    /**
     * A kernel with its arguments, and its sizes, of which that of the frames changes from batch to batch.
     *
     * @param batch the argument that tells of frames: how many there are, or which one
     */
    private record Step(Kernel kernel, Operation operation, Kernel.Argument batch, long[] global, long[] local) {
    }

    /** The calls over these arenas; both stay the caller's. */
    public StepwiseSequence(DeviceSession session, List<Call> calls, DeviceBuffer constants, DeviceBuffer tensors) {
        this.session = session;
        FunctionNames names = new FunctionNames(calls);
        List<String> parts = new ArrayList<>(List.of(names.text()));
        for (Map.Entry<String, Operation> function : names.functions().entrySet()) {
            parts.add(KernelText.kernel("k" + function.getKey(), function.getKey(), function.getValue()));
        }
        try {
            Program program = held.add(session.program(KernelText.program(parts)));
            for (Call call : calls) {
                Kernel kernel = held.add(program.kernel("k" + names.of(call)));
                steps.add(step(call, kernel.with(constants).with(tensors)));
            }
        } catch (RuntimeException e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
    }

    private Step step(Call call, Kernel kernel) {
        Kernel.Argument batch = kernel.argument();
        boolean guarded = KernelText.isGuarded(call.operation());
        if (guarded) {
            kernel.with(call.operation().items());
        }
        for (Number argument : call.arguments()) {
            if (argument instanceof Float) {
                kernel.with(argument.floatValue());
            } else {
                kernel.with(argument.intValue());
            }
        }
        Operation operation = call.operation();
        long[] global = {operation.items(), operation.rowsOfItems(), operation.items()};
        global[operation.frameAxis()] = operation.frameItems(1);
        long[] local = operation.workGroup().sizes();
        if (guarded) {
            int itemAxis = 2 - operation.frameAxis();
            int size = neighbours(operation.items(), session.device().maxWorkGroupItems());
            local = new long[] {1, 1, 1};
            local[itemAxis] = size;
            global[itemAxis] = (operation.items() + size - 1L) / size * size;
        }
        return new Step(kernel, operation, batch, global, local);
    }

    /**
     * Neighbouring items of a work-group. The driver's own choice would depend on the frames, and drivers that compile
     * for a size would do so in the middle of a stream, at the first batch of each size. Groups are full however many
     * items there are: what is beyond them returns at once ({@link KernelText#isGuarded}).
     */
    static int neighbours(int items, int mostOfDevice) {
        return Math.min(items, Math.min(MOST_NEIGHBOURS, mostOfDevice));
    }

    @Override
    public void enqueue(int frames) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.operation.batching() == Batching.SINGLE) {
                frameAfterFrame(step, frames);
                continue;
            }
            if (frames != lastFrames) {
                step.batch.set(frames);
                step.global[step.operation.frameAxis()] = step.operation.frameItems(frames);
            }
            session.queue().launch(step.kernel, step.global, step.local);
        }
        lastFrames = frames;
    }

    private void frameAfterFrame(Step step, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            step.batch.set(frame);
            session.queue().launch(step.kernel, step.global, step.local);
        }
    }

    @Override
    public String describe(int count) {
        boolean single = steps.stream().anyMatch(step -> step.operation.batching() == Batching.SINGLE);
        return single && count > 1 ? "a launch each, for every frame" : "a launch each";
    }

    @Override
    public void close() {
        held.close();
    }
}
