package org.reluctor.opencl.sequence;

import java.util.List;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;

/**
 * All calls in one launch that the compute units share: each takes its part of a call's items, then all meet before
 * the next call. For single frames through networks whose weights are larger than a core's cache: all cores' bandwidth
 * at the price of one launch.
 *
 * <p>OpenCL promises no progress between work-groups. CPU drivers run as many at once as there are compute units, but
 * a core may be taken away at any time: so nobody waits for ever (cooperative.cl). A batch that was given up, and some
 * after it, run as another sequence; then the compute units are trusted again.
 */
public final class CooperativeSequence implements LaunchSequence {
    /** Batches that run otherwise after one was given up. */
    private static final int DISTRUSTED_BATCHES = 1000;

    private final DeviceSession session;
    private final LaunchSequence otherwise;
    private final Holdings held = new Holdings();
    private final Kernel kernel;
    private final DeviceBuffer meetings;
    private final HostBuffer flag = new HostBuffer(1);
    private final HostBuffer zeros;
    private final int workers;
    private final long[] global;
    private final long[] local = {1};
    private final Kernel.Argument frames;
    private final Kernel.Argument target;
    private int launches;
    private int lastFrames;
    private int distrust;
    private long givenUp;

    /**
     * The calls over these arenas; both stay the caller's.
     *
     * @param otherwise the same calls in a form that needs no work-item to wait for another; closed with this one,
     *                  also where this one cannot be made
     */
    public CooperativeSequence(DeviceSession session, List<Call> calls, DeviceBuffer constants, DeviceBuffer tensors,
            LaunchSequence otherwise) {
        this.session = session;
        this.otherwise = otherwise;
        this.workers = session.device().computeUnits();
        this.global = new long[] {workers};
        this.zeros = new HostBuffer(calls.size() + 1);
        held.add(otherwise);
        try {
            FunctionNames names = new FunctionNames(calls);
            Program program = held.add(session.program(KernelText.program(List.of(KernelText.part("cooperative"),
                    names.text(), text(calls, names)))));
            this.meetings = held.add(session.zeroed(calls.size() + 1));
            this.kernel = held.add(program.kernel("network")).with(constants).with(tensors).with(meetings);
            this.frames = kernel.argument();
            this.target = kernel.argument();
        } catch (RuntimeException e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
    }

    static String text(List<Call> calls, FunctionNames names) {
        StringBuilder text = new StringBuilder("__kernel __attribute__((reqd_work_group_size(1, 1, 1)))\n"
                + "void network(ARENAS, volatile __global int *cells, const int frames, const int target)\n"
                + "{\n  const int me = get_global_id(0);\n  const int all = get_global_size(0);\n");
        for (int at = 0; at < calls.size(); at++) {
            Operation operation = calls.get(at).operation();
            int items = operation.items();
            int share = Math.multiplyExact(items, operation.rowsOfItems());
            int step = operation.framesPerItem();
            String groups = "((frames + " + (step - 1) + ") / " + step + ")";
            String first = "i % " + groups + " * " + step;
            text.append("  for (int i = me; i < ").append(share).append(" * ").append(groups).append("; i += all)\n")
                    .append("    ").append(names.invocation(calls.get(at), "i / " + groups + " % " + items,
                            "i / " + groups + " / " + items, first, "min(" + step + ", frames - " + first + ")"));
            if (at < calls.size() - 1) {
                text.append("  if (!meet(cells + ").append(at + 1).append(", target, cells, ")
                        .append(operation.operationsPerFrame()).append("L * frames))\n    return;\n");
            }
        }
        return text.append("}\n").toString();
    }

    @Override
    public void enqueue(int frames) {
        if (distrust > 0) {
            distrust--;
            otherwise.enqueue(frames);
            return;
        }
        lastFrames = frames;
        launches++;
        this.frames.set(frames);
        target.set(launches * workers);
        session.queue().launch(kernel, global, local);
    }

    @Override
    public void rehearse(int frames) {
        otherwise.rehearse(frames);
        enqueue(frames);
    }

    @Override
    public void settle() {
        if (lastFrames == 0) {
            return;
        }
        session.queue().read(meetings, flag, 0, Integer.BYTES);
        if (flag.integers().get(0) != 0) {
            // The cells hold the counts of a meeting that never was.
            session.queue().write(zeros, meetings, 0, meetings.lengthBytes());
            launches = 0;
            distrust = DISTRUSTED_BATCHES;
            givenUp++;
            otherwise.enqueue(lastFrames);
        }
        lastFrames = 0;
    }

    @Override
    public long givenUp() {
        return givenUp;
    }

    @Override
    public String describe(int count) {
        return "in one launch shared by " + workers + " compute units; where they do not meet in time, "
                + otherwise.describe(count);
    }

    @Override
    public void close() {
        held.close();
    }
}
