package org.reluctor.opencl.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;

/** One launch for each call: the form that every device can run, and the one for large batches and large weights. */
public final class StepwiseSequence implements LaunchSequence {
    private final DeviceSession session;
    private final Program program;
    private final List<Step> steps = new ArrayList<>();
    private int lastFrames;

    /** A kernel with its arguments, and its sizes; frames and the size of their axis change from batch to batch. */
    private record Step(Kernel kernel, Kernel.Number frames, int frameAxis, int framesPerItem, long[] global,
            long[] local) {
    }

    /** The calls over these arenas; both stay the caller's. */
    public StepwiseSequence(DeviceSession session, List<Call> calls, DeviceBuffer constants, DeviceBuffer tensors) {
        this.session = session;
        FunctionNames names = new FunctionNames(calls);
        List<String> parts = new ArrayList<>(List.of(names.text()));
        for (Map.Entry<String, Operation> function : names.functions().entrySet()) {
            parts.add(KernelText.kernel("k" + function.getKey(), function.getKey(), function.getValue()));
        }
        this.program = session.program(KernelText.program(parts));
        for (Call call : calls) {
            steps.add(step(call, program.kernel("k" + names.of(call)).with(constants).with(tensors)));
        }
    }

    private static Step step(Call call, Kernel kernel) {
        Kernel.Number frames = kernel.number();
        for (Number argument : call.arguments()) {
            if (argument instanceof Float) {
                kernel.with(argument.floatValue());
            } else {
                kernel.with(argument.intValue());
            }
        }
        Operation operation = call.operation();
        long[] local = new long[3];
        Arrays.fill(local, 1);
        int frameAxis = operation.isCoarse() ? 0 : 2;
        long[] global = {operation.items(), operation.rowsOfItems(), operation.items()};
        return new Step(kernel, frames, frameAxis, operation.framesPerItem(), global,
                operation.isCoarse() ? local : null);
    }

    @Override
    public void enqueue(int frames) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (frames != lastFrames) {
                step.frames.set(frames);
                step.global[step.frameAxis] = (frames + step.framesPerItem - 1) / step.framesPerItem;
            }
            session.queue().launch(step.kernel, step.global, step.local);
        }
        lastFrames = frames;
    }

    @Override
    public void close() {
        steps.forEach(step -> step.kernel.close());
        program.close();
    }
}
