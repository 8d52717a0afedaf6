package org.reluctor.opencl.sequence;

import java.util.List;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;

/** The sources of a {@link LedSequence}: what the leader runs and what its helpers run, around led.cl. */
final class LedText {
    /**
     * Operations from which a call is shared: below, meeting costs more than half the work saves (a round trip of a
     * cache line is some 150 ns).
     */
    private static final long SHARED_FROM_OPERATIONS = 30_000;

    private final List<Call> calls;
    private final FunctionNames names;
    private final int helpers;
    private final int turns;

    /** Sources for so many helpers; with no helper nothing is shared. */
    LedText(List<Call> calls, int helpers) {
        this.calls = calls;
        this.names = new FunctionNames(calls);
        this.turns = helpers == 0 ? 0 : (int) calls.stream().filter(LedText::isShared).count();
        this.helpers = turns == 0 ? 0 : helpers;
    }

    /** Helpers that there is work for. */
    int mostHelpers() {
        return helpers;
    }

    /** Calls of a frame that are shared. */
    int turns() {
        return turns;
    }

    private static boolean isShared(Call call) {
        return items(call.operation()) > 1 && call.operation().operationsPerFrame() >= SHARED_FROM_OPERATIONS;
    }

    private static int items(Operation operation) {
        return Math.multiplyExact(operation.items(), operation.rowsOfItems());
    }

    /** A kernel {@code lead} of the two arenas and the cells. */
    String leader() {
        StringBuilder text = head("lead", ", const int frames")
                .append("  const uint frame = begin_frame(cells, ").append(turns)
                .append(", frames);\n  int parties = 1;\n");
        int turn = 0;
        for (Call call : calls) {
            if (isShared(call) && helpers > 0) {
                text.append("  parties = offer(cells, frame, frame + ").append(turn).append(", parties, ")
                        .append(helpers).append(");\n  for (int part = 0; part < parties; part++) {\n")
                        .append("    const int done = part > 0 ? has_done(cells, frame, frame + ").append(turn)
                        .append(", part - 1) : 0;\n    if (done < 0) {\n      end_frame(cells, frame + ").append(turns)
                        .append(", 1);\n      return;\n    }\n    if (done)\n      continue;\n  ");
                turn++;
                share(text, call);
                text.append("  }\n");
            } else {
                text.append("  for (int i = 0; i < ").append(all(call)).append("; i++)\n  ");
                invocation(text, call);
            }
        }
        return program(text.append("  end_frame(cells, frame + ").append(turns).append(", 0);\n}\n"));
    }

    /** A kernel {@code help} of the two arenas and the cells, with a work-item for each helper. */
    String helpers() {
        StringBuilder text = head("help", "").append("""
                  const int me = get_global_id(0);
                  const int part = me + 1;
                  uint frame = FRAME;
                  do {
                    frame = FRAME;
                    atomic_xchg(&HELPER(me)[JOINED], frame);
                    int parties, frames;
                """);
        int turn = 0;
        for (Call call : calls) {
            if (isShared(call)) {
                text.append("    parties = follow(cells, frame + ").append(turn).append(", me);\n")
                        .append("    if (parties < 0)\n      break;\n    if (part < parties) {\n")
                        .append("      frames = FRAMES;\n    ");
                share(text, call);
                text.append("      atomic_xchg(&HELPER(me)[DONE], TURN(frame + ").append(turn).append("));\n    }\n");
                turn++;
            }
        }
        return program(text.append("  } while (await_frame(cells, frame));\n  leave(cells, me);\n}\n"));
    }

    private static StringBuilder head(String kernel, String parameters) {
        return new StringBuilder("__kernel __attribute__((reqd_work_group_size(1, 1, 1)))\nvoid ").append(kernel)
                .append("(ARENAS, volatile __global uint *cells").append(parameters).append(")\n{\n");
    }

    /** Neighbouring items go to one party, so that from batch to batch it finds their weights in its own cache. */
    private void share(StringBuilder text, Call call) {
        text.append("  for (int i = ").append(all(call)).append(" * part / parties; i < ").append(all(call))
                .append(" * (part + 1) / parties; i++)\n    ");
        invocation(text, call);
    }

    /** Tiles of frames, as OpenCL C. */
    private static String tiles(Call call) {
        int step = call.operation().framesPerItem();
        return step == 1 ? "frames" : "((frames + " + (step - 1) + ") / " + step + ")";
    }

    private static String all(Call call) {
        return items(call.operation()) + " * " + tiles(call);
    }

    /** All tiles of frames for one item before the next, so that its weights are used while they are near. */
    private void invocation(StringBuilder text, Call call) {
        int items = call.operation().items();
        int step = call.operation().framesPerItem();
        String item = "i / " + tiles(call);
        String first = "i % " + tiles(call) + " * " + step;
        text.append("  ").append(names.invocation(call, item + " % " + items, item + " / " + items, first,
                "min(" + step + ", frames - " + first + ")"));
    }

    private String program(StringBuilder kernel) {
        return KernelText.program(List.of(KernelText.part("led"), names.text(), kernel.toString()));
    }
}
