package org.reluctor.opencl.binding;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_program;
import org.jocl.cl_mem;
import org.reluctor.opencl.OpenClException;

/** Programs from source and from binaries, kernels, and kernel arguments. */
public final class Programs {
    private static final long MOST_LOG_BYTES = 1 << 24;

    private Programs() {
    }

    /** A program of one source text, not yet built. */
    public static Handle fromSource(Handle context, String source) {
        int[] status = new int[1];
        cl_program program = CL.clCreateProgramWithSource(context.as(cl_context.class), 1, new String[] {source},
                new long[] {source.getBytes(StandardCharsets.UTF_8).length}, status);
        Status.check(status[0], "clCreateProgramWithSource");
        return LiveObjects.made(new Handle(program));
    }

    /**
     * A program of a driver's binary, not yet built. The caller must have checked the bytes: a truncated binary can
     * abort the whole process inside the driver.
     */
    public static Handle fromBinary(Handle context, Handle device, byte[] binary) {
        int[] status = new int[1];
        int[] binaryStatus = new int[1];
        cl_program program = CL.clCreateProgramWithBinary(context.as(cl_context.class), 1,
                new cl_device_id[] {device.as(cl_device_id.class)}, new long[] {binary.length}, new byte[][] {binary},
                binaryStatus, status);
        Status.check(status[0], "clCreateProgramWithBinary");
        Handle made = LiveObjects.made(new Handle(program));
        if (binaryStatus[0] != CL.CL_SUCCESS) {
            releaseProgram(made);
            Status.check(binaryStatus[0], "clCreateProgramWithBinary");
        }
        return made;
    }

    /**
     * Compiles and links.
     *
     * @throws OpenClException with the beginning of the driver's build log; all of it is the exception's detail
     */
    public static void build(Handle program, Handle device, String options) {
        cl_program id = program.as(cl_program.class);
        cl_device_id deviceId = device.as(cl_device_id.class);
        int status = CL.clBuildProgram(id, 1, new cl_device_id[] {deviceId}, options, null, null);
        if (status != CL.CL_SUCCESS) {
            String log = log(id, deviceId);
            throw new OpenClException(status, "clBuildProgram: " + Status.name(status) + "\n"
                    + BuildLog.beginning(log), log);
        }
    }

    private static String log(cl_program program, cl_device_id device) {
        long[] size = new long[1];
        int status = CL.clGetProgramBuildInfo(program, device, CL.CL_PROGRAM_BUILD_LOG, 0, null, size);
        if (status != CL.CL_SUCCESS || size[0] == 0) {
            return "";
        }
        if (size[0] < 0 || size[0] > MOST_LOG_BYTES) {
            return "(a build log of " + size[0] + " bytes)";
        }
        byte[] bytes = new byte[(int) size[0]];
        CL.clGetProgramBuildInfo(program, device, CL.CL_PROGRAM_BUILD_LOG, bytes.length, Pointer.to(bytes), null);
        return new String(bytes, StandardCharsets.UTF_8).trim();
    }

    /**
     * The built program in the driver's own format, for the one device it was built for. The context may have others,
     * whose entries are empty.
     */
    public static byte[] binary(Handle program) {
        cl_program id = program.as(cl_program.class);
        int[] devices = new int[1];
        Status.check(CL.clGetProgramInfo(id, CL.CL_PROGRAM_NUM_DEVICES, Sizeof.cl_int, Pointer.to(devices), null),
                "clGetProgramInfo");
        long[] sizes = new long[devices[0]];
        Status.check(CL.clGetProgramInfo(id, CL.CL_PROGRAM_BINARY_SIZES, sizes.length * (long) Sizeof.size_t,
                Pointer.to(sizes), null), "clGetProgramInfo");
        byte[][] binaries = new byte[sizes.length][];
        Pointer[] pointers = new Pointer[sizes.length];
        byte[] largest = {};
        for (int i = 0; i < sizes.length; i++) {
            binaries[i] = new byte[(int) sizes[i]];
            pointers[i] = Pointer.to(binaries[i]);
            largest = binaries[i].length > largest.length ? binaries[i] : largest;
        }
        Status.check(CL.clGetProgramInfo(id, CL.CL_PROGRAM_BINARIES, pointers.length * (long) Sizeof.POINTER,
                Pointer.to(pointers), null), "clGetProgramInfo");
        return largest;
    }

    /** Names of a built program's kernels, in the driver's order. */
    public static List<String> kernelNames(Handle program) {
        cl_program id = program.as(cl_program.class);
        long[] size = new long[1];
        Status.check(CL.clGetProgramInfo(id, CL.CL_PROGRAM_KERNEL_NAMES, 0, null, size), "clGetProgramInfo");
        byte[] bytes = new byte[(int) size[0]];
        Status.check(CL.clGetProgramInfo(id, CL.CL_PROGRAM_KERNEL_NAMES, bytes.length, Pointer.to(bytes), null),
                "clGetProgramInfo");
        String names = new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').strip();
        return names.isEmpty() ? List.of() : List.of(names.split(";"));
    }

    public static void releaseProgram(Handle program) {
        Status.check(CL.clReleaseProgram(program.as(cl_program.class)), "clReleaseProgram");
        LiveObjects.released();
    }

    /** A kernel object with arguments of its own; many may share one function. */
    public static Handle kernel(Handle program, String name) {
        int[] status = new int[1];
        cl_kernel kernel = CL.clCreateKernel(program.as(cl_program.class), name, status);
        Status.check(status[0], "clCreateKernel", name);
        return LiveObjects.made(new Handle(kernel));
    }

    public static void releaseKernel(Handle kernel) {
        Status.check(CL.clReleaseKernel(kernel.as(cl_kernel.class)), "clReleaseKernel");
        LiveObjects.released();
    }

    public static void setBuffer(Handle kernel, int index, Handle buffer, String kernelName) {
        Status.check(CL.clSetKernelArg(kernel.as(cl_kernel.class), index, Sizeof.cl_mem,
                Pointer.to(buffer.as(cl_mem.class))), "clSetKernelArg " + index, kernelName);
    }

    public static void setShared(Handle kernel, int index, Handle memory, String kernelName) {
        Status.check(CL.clSetKernelArgSVMPointer(kernel.as(cl_kernel.class), index, memory.as(Pointer.class)),
                "clSetKernelArgSVMPointer " + index, kernelName);
    }

    /** An int argument that is set often: memory and pointer are made once. */
    public static final class IntArgument {
        private final cl_kernel kernel;
        private final int index;
        private final String kernelName;
        private final int[] value = new int[1];
        private final Pointer pointer = Pointer.to(value);

        public IntArgument(Handle kernel, int index, String kernelName) {
            this.kernel = kernel.as(cl_kernel.class);
            this.index = index;
            this.kernelName = kernelName;
        }

        /** The value for the launches to come. */
        public void set(int newValue) {
            value[0] = newValue;
            int status = CL.clSetKernelArg(kernel, index, Sizeof.cl_int, pointer);
            if (status != CL.CL_SUCCESS) {
                Status.check(status, "clSetKernelArg " + index, kernelName);
            }
        }
    }

    public static void setFloat(Handle kernel, int index, float value, String kernelName) {
        Status.check(CL.clSetKernelArg(kernel.as(cl_kernel.class), index, Sizeof.cl_float,
                Pointer.to(new float[] {value})), "clSetKernelArg " + index, kernelName);
    }

    public static void setInt(Handle kernel, int index, int value, String kernelName) {
        Status.check(CL.clSetKernelArg(kernel.as(cl_kernel.class), index, Sizeof.cl_int,
                Pointer.to(new int[] {value})), "clSetKernelArg " + index, kernelName);
    }
}
