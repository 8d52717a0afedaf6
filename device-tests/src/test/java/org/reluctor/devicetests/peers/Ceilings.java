package org.reluctor.devicetests.peers;

import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;

/**
 * The most that the device was seen to do.
 *
 * @param gflops           billions of operations a second in chains of fused multiply-adds (two operations each)
 * @param cacheGbytes      billions of bytes a second read from a buffer of {@link #CACHE_BYTES}
 * @param memoryGbytes     the same for one of {@link #MEMORY_BYTES}
 */
record Ceilings(double gflops, double cacheGbytes, double memoryGbytes) {
    /** What lies in the last level of a processor's cache. */
    static final long CACHE_BYTES = 20L << 20;
    /** What does not. */
    static final long MEMORY_BYTES = 256L << 20;

    private static final int CHAINS = 16;
    private static final int LENGTH = 20_000;
    private static final int GROUP = 64;
    private static final long TRIAL_NS = 400_000_000;
    private static final int LEAST_TRIALS = 5;

    /** A device that says how long one enqueued piece of work took. */
    private interface Trial {
        void enqueue();
    }

    /** Measures for about two seconds. */
    static Ceilings measure(DeviceSession session) {
        try (Program program = session.program(source(session.device()));
                DeviceBuffer result = session.zeroed(workItems(session.device()) * 16)) {
            return new Ceilings(gflops(session, program, result), gbytes(session, program, result, CACHE_BYTES),
                    gbytes(session, program, result, MEMORY_BYTES));
        }
    }

    /** The better of both: of a measurement before and one after, what was disturbed less. */
    Ceilings best(Ceilings other) {
        return new Ceilings(Math.max(gflops, other.gflops), Math.max(cacheGbytes, other.cacheGbytes),
                Math.max(memoryGbytes, other.memoryGbytes));
    }

    /** Billions of bytes a second for weights of that many bytes. */
    double gbytes(double bytes) {
        return bytes <= 1.5 * CACHE_BYTES ? cacheGbytes : memoryGbytes;
    }

    /** The least time for so much work, µs: the longer of computing and reading. */
    double leastUs(double operations, double bytes) {
        return Math.max(operations / gflops, bytes / gbytes(bytes)) / 1e3;
    }

    private static double gflops(DeviceSession session, Program program, DeviceBuffer result) {
        int items = workItems(session.device());
        try (Kernel kernel = multiplyAdd(program, result)) {
            return operations(session.device()) / fastestNs(session, () -> launch(session, kernel, items));
        }
    }

    private static Kernel multiplyAdd(Program program, DeviceBuffer result) {
        return program.kernel("multiply_add").with(result).with(LENGTH).with(0.999f);
    }

    private static double operations(Device device) {
        return 2.0 * width(device) * CHAINS * LENGTH * workItems(device);
    }

    /** The arithmetic of {@link #measure} as work to be timed by the caller, who waits for the queue. */
    static Work arithmetic(DeviceSession session) {
        Holdings held = new Holdings();
        Program program = held.add(session.program(source(session.device())));
        DeviceBuffer result = held.add(session.zeroed(workItems(session.device()) * 16));
        Kernel kernel = held.add(multiplyAdd(program, result));
        return new Work(operations(session.device()), () -> launch(session, kernel, workItems(session.device())), held);
    }

    /**
     * Work of known size.
     *
     * @param operations a time
     * @param enqueue    puts it into the session's queue
     */
    record Work(double operations, Runnable enqueue, Holdings held) implements AutoCloseable {
        @Override
        public void close() {
            held.close();
        }
    }

    private static double gbytes(DeviceSession session, Program program, DeviceBuffer result, long bytes) {
        int items = workItems(session.device());
        int width = width(session.device());
        int vectors = (int) (bytes / Float.BYTES / width / items / 4 * 4);
        try (DeviceBuffer buffer = session.zeroed((int) (bytes / Float.BYTES));
                Kernel kernel = program.kernel("read_all").with(buffer).with(result).with(vectors)) {
            double read = (double) vectors * items * width * Float.BYTES;
            return read / fastestNs(session, () -> launch(session, kernel, items));
        }
    }

    private static void launch(DeviceSession session, Kernel kernel, int items) {
        session.queue().launch(kernel, new long[] {items},
                new long[] {isCpu(session.device()) || items % GROUP != 0 ? 1 : GROUP});
    }

    private static double fastestNs(DeviceSession session, Trial trial) {
        double fastest = Double.POSITIVE_INFINITY;
        long end = System.nanoTime() + TRIAL_NS;
        for (int i = 0; i < LEAST_TRIALS || System.nanoTime() < end; i++) {
            fastest = Math.min(fastest, nanos(session, trial));
        }
        return fastest;
    }

    private static double nanos(DeviceSession session, Trial trial) {
        long begin = System.nanoTime();
        trial.enqueue();
        session.queue().finish();
        return System.nanoTime() - begin;
    }

    private static boolean isCpu(Device device) {
        return device.kind() == DeviceKind.CPU;
    }

    /** Elements of the vectors that the kernels use. */
    private static int width(Device device) {
        return isCpu(device) ? 16 : 4;
    }

    private static int workItems(Device device) {
        return device.computeUnits() * (isCpu(device) ? 4 : 4096);
    }

    private static String source(Device device) {
        StringBuilder declared = new StringBuilder();
        StringBuilder step = new StringBuilder();
        StringBuilder sum = new StringBuilder("0");
        for (int chain = 0; chain < CHAINS; chain++) {
            declared.append("  V a").append(chain).append(" = (V)(get_global_id(0) + ").append(chain).append(");\n");
            step.append("    a").append(chain).append(" = fma(a").append(chain).append(", x, y);\n");
            sum.append(" + a").append(chain);
        }
        // A core reads on where it was; the work-items of a graphics processor read side by side.
        String place = isCpu(device) ? "get_global_id(0) * count + (i)"
                : "(i) * get_global_size(0) + get_global_id(0)";
        return "#define V float" + width(device) + "\n#define AT(i) from[" + place + "]" + """

            __kernel void multiply_add(__global V *result, const int length, const float factor)
            {
              const V x = (V)factor;
              const V y = (V)(1.0f - factor);
            """ + declared + "  for (int i = 0; i < length; i++) {\n" + step + "  }\n"
                + "  result[get_global_id(0)] = " + sum + ";\n}\n" + """

            __kernel void read_all(__global const V *from, __global V *result, const int count)
            {
              V a = 0, b = 0, c = 0, d = 0;
              for (int i = 0; i < count; i += 4) {
                a += AT(i); b += AT(i + 1); c += AT(i + 2); d += AT(i + 3);
              }
              result[get_global_id(0)] = a + b + c + d;
            }
            """;
    }
}
