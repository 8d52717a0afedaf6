package org.reluctor.opencl.sequence;

import java.util.List;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;

/** The sources of a {@link LedSequence}: what the leader runs and what its helpers run, around led.cl. */
final class LedText {
    /** Operations from which a call is two chunks, as in led.cl. */
    private static final long SHARED_FROM_OPERATIONS = 30_000;

    private final List<Call> calls;
    private final FunctionNames names;
    private final int parties;
    private final int mostFrames;

    /** Sources for so many parties, of which one leads, and batches of so many frames at most. */
    LedText(List<Call> calls, int parties, int mostFrames) {
        this.calls = calls;
        this.names = new FunctionNames(calls);
        this.parties = parties;
        this.mostFrames = mostFrames;
    }

    /** Calls that are shared in a batch of so many frames. */
    int shared(int frames) {
        return (int) calls.stream().filter(call -> isShared(call, frames)).count();
    }

    private boolean isShared(Call call, int frames) {
        return parties > 1 && call.operation().operationsPerFrame() >= SHARED_FROM_OPERATIONS / frames;
    }

    /** A kernel {@code lead} of the two arenas, the cells and a number of frames. */
    String leader() {
        StringBuilder text = head("lead", ", const int frames").append("  const int helped = HELPED;\n")
                .append("  FRAMES = frames;\n");
        for (int at = 0; at < calls.size(); at++) {
            Call call = calls.get(at);
            if (!isShared(call, mostFrames)) {
                text.append("  for (int i = 0; i < ").append(items(call)).append("; i++)\n");
                invocation(text, call);
                continue;
            }
            text.append("  {\n    const long operations = ").append(call.operation().operationsPerFrame())
                    .append("L * frames;\n    const int items = ").append(items(call))
                    .append(";\n    const int chunks = helped ? chunks_of(operations, items) : 1;\n")
                    .append("    if (chunks > 1)\n      lay_open(cells, ").append(at).append(", chunks);\n")
                    .append("    for (int chunk = 0; chunk >= 0; chunk = chunks > 1 ? take_low(cells) : -1) {\n");
            chunk(text, call);
            text.append("    }\n    if (chunks > 1 && !gather(cells, chunks, operations))\n      return;\n  }\n");
        }
        return program(text.append("}\n"));
    }

    /** A kernel {@code help} of the two arenas and the cells, with a work-item for each helper. */
    String helpers() {
        StringBuilder text = head("help", "").append("""
                  uint taken = 0;
                  for (uint look = 0; HELPED || look < STAY; look++) {
                    const int chunk = take_high(cells);
                    if (chunk < 0)
                      continue;
                    look = 0;
                    taken++;
                    const int frames = FRAMES, chunks = CHUNKS;
                    switch (CALL) {
                """);
        for (int at = 0; at < calls.size(); at++) {
            if (isShared(calls.get(at), mostFrames)) {
                text.append("    case ").append(at).append(": {\n    const int items = ")
                        .append(items(calls.get(at))).append(";\n");
                chunk(text, calls.get(at));
                text.append("      break;\n    }\n");
            }
        }
        return program(text.append("""
                    }
                    atomic_inc(&DONE);
                  }
                  atomic_add(&TAKEN, taken);
                  atomic_inc(&AWAY);
                }
                """));
    }

    private static StringBuilder head(String kernel, String parameters) {
        return new StringBuilder("__kernel __attribute__((reqd_work_group_size(1, 1, 1)))\nvoid ").append(kernel)
                .append("(ARENAS, volatile __global uint *cells").append(parameters).append(")\n{\n");
    }

    /** Tiles of frames, as OpenCL C. */
    private static String tiles(Call call) {
        int step = call.operation().framesPerItem();
        return step == 1 ? "frames" : "((frames + " + (step - 1) + ") / " + step + ")";
    }

    private static String items(Call call) {
        Operation operation = call.operation();
        return Math.multiplyExact(operation.items(), operation.rowsOfItems()) + " * " + tiles(call);
    }

    /**
     * A chunk of neighbouring items, so that from batch to batch a party finds their weights in its own cache; all
     * tiles of frames for one item before the next, so that its weights are used while they are near.
     */
    private void chunk(StringBuilder text, Call call) {
        text.append("      const int end = (long)items * (chunk + 1) / chunks;\n")
                .append("      for (int i = (long)items * chunk / chunks; i < end; i++)\n");
        invocation(text, call);
    }

    private void invocation(StringBuilder text, Call call) {
        int items = call.operation().items();
        int step = call.operation().framesPerItem();
        String item = "i / " + tiles(call);
        String first = "i % " + tiles(call) + " * " + step;
        text.append("    ").append(names.invocation(call, item + " % " + items, item + " / " + items, first,
                "min(" + step + ", frames - " + first + ")"));
    }

    private String program(StringBuilder kernel) {
        return KernelText.program(List.of("#define PARTIES " + parties + "\n", KernelText.part("led"), names.text(),
                kernel.toString()));
    }
}
