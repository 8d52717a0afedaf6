package org.reluctor.opencl.sequence;

import java.util.List;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;

/**
 * All calls in one launch: a work-item takes one frame, or a tile of frames, through all of them. Frames never meet, so
 * nothing has to be waited for in between. For CPUs and networks whose weights stay in a core's cache: the price of a
 * launch, which is more than that of a small layer, is paid once.
 */
public final class PerFrameSequence implements LaunchSequence {
    private final DeviceSession session;
    private final Holdings held = new Holdings();
    private final Kernel kernel;
    private final int framesPerItem;
    private final Kernel.Argument all;
    private final long[] global = {1};
    private final long[] local = {1};

    /** The calls over these arenas; both stay the caller's. */
    public PerFrameSequence(DeviceSession session, List<Call> calls, DeviceBuffer constants, DeviceBuffer tensors) {
        this.session = session;
        this.framesPerItem = calls.stream().mapToInt(call -> call.operation().framesPerItem()).max().orElse(1);
        FunctionNames names = new FunctionNames(calls);
        try {
            Program program = held.add(session.program(KernelText.program(List.of(names.text(), text(calls, names)))));
            this.kernel = held.add(program.kernel("network")).with(constants).with(tensors);
            this.all = kernel.argument();
        } catch (RuntimeException e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
    }

    private String text(List<Call> calls, FunctionNames names) {
        StringBuilder text = new StringBuilder("__kernel __attribute__((reqd_work_group_size(1, 1, 1)))\n"
                + "void network(ARENAS, const int all)\n{\n  const int start = get_global_id(0) * "
                + framesPerItem + ";\n  const int end = min(start + " + framesPerItem + ", all);\n");
        for (Call call : calls) {
            Operation operation = call.operation();
            int step = operation.framesPerItem();
            text.append("  for (int f = start; f < end; f += ").append(step).append(")\n");
            text.append("    for (int j = 0; j < ").append(operation.rowsOfItems()).append("; j++)\n");
            text.append("      for (int i = 0; i < ").append(operation.items()).append("; i++)\n        ");
            text.append(names.invocation(call, "i", "j", "f", "min(" + step + ", end - f)"));
        }
        return text.append("}\n").toString();
    }

    @Override
    public void enqueue(int frames) {
        global[0] = (frames + framesPerItem - 1) / framesPerItem;
        all.set(frames);
        session.queue().launch(kernel, global, local);
    }

    @Override
    public String describe(int count) {
        return "in one launch, a work-item for every " + (framesPerItem == 1 ? "frame" : framesPerItem + " frames")
                + " of " + count;
    }

    @Override
    public void close() {
        held.close();
    }
}
