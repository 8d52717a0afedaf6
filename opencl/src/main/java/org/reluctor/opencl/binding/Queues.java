package org.reluctor.opencl.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.reluctor.opencl.OpenClException;

/** In-order command queues, buffers, and what is enqueued. The enqueue calls allocate nothing in Java. */
public final class Queues {
    /** The largest OpenCL type, which is what the arenas' vector loads want at least. */
    private static final int SHARED_ALIGNMENT = 128;

    private Queues() {
    }

    /** Host memory that commands copy from and to: a direct buffer and its address as JOCL wants it, made once. */
    public static final class HostMemory {
        private final Pointer pointer;

        public HostMemory(ByteBuffer direct) {
            if (!direct.isDirect()) {
                throw new IllegalArgumentException("a command queue copies from and to direct buffers only");
            }
            pointer = Pointer.to(direct);
        }
    }

    /** An in-order queue; the call of OpenCL 1.2, which every version has. */
    @SuppressWarnings("deprecation")
    public static Handle queue(Handle context, Handle device) {
        int[] status = new int[1];
        cl_command_queue queue = CL.clCreateCommandQueue(context.as(cl_context.class), device.as(cl_device_id.class), 0,
                status);
        Status.check(status[0], "clCreateCommandQueue");
        return LiveObjects.made(new Handle(queue));
    }

    public static void releaseQueue(Handle queue) {
        Status.check(CL.clReleaseCommandQueue(queue.as(cl_command_queue.class)), "clReleaseCommandQueue");
        LiveObjects.released();
    }

    public static Handle buffer(Handle context, long lengthBytes) {
        int[] status = new int[1];
        cl_mem memory = CL.clCreateBuffer(context.as(cl_context.class), CL.CL_MEM_READ_WRITE, lengthBytes, null,
                status);
        Status.check(status[0], "clCreateBuffer", lengthBytes + " bytes");
        return LiveObjects.madeBuffer(new Handle(memory), lengthBytes);
    }

    /** Memory that the host and the context's devices share; {@link #view} makes it readable here. */
    public static Handle sharedMemory(Handle context, long lengthBytes) {
        Pointer memory = CL.clSVMAlloc(context.as(cl_context.class), CL.CL_MEM_READ_WRITE
                | CL.CL_MEM_SVM_FINE_GRAIN_BUFFER | CL.CL_MEM_SVM_ATOMICS, lengthBytes, SHARED_ALIGNMENT);
        if (memory == null) {
            throw new OpenClException(CL.CL_MEM_OBJECT_ALLOCATION_FAILURE, "clSVMAlloc (" + lengthBytes + " bytes): "
                    + Status.name(CL.CL_MEM_OBJECT_ALLOCATION_FAILURE));
        }
        return LiveObjects.madeBuffer(new Handle(memory), lengthBytes);
    }

    /** Shared memory as the host sees it, in native byte order; not to be used after its release. */
    public static ByteBuffer view(Handle sharedMemory, long lengthBytes) {
        return sharedMemory.as(Pointer.class).getByteBuffer(0, lengthBytes).order(ByteOrder.nativeOrder());
    }

    public static void releaseSharedMemory(Handle context, Handle sharedMemory, long lengthBytes) {
        CL.clSVMFree(context.as(cl_context.class), sharedMemory.as(Pointer.class));
        LiveObjects.releasedBuffer(lengthBytes);
    }

    public static void releaseBuffer(Handle buffer, long lengthBytes) {
        Status.check(CL.clReleaseMemObject(buffer.as(cl_mem.class)), "clReleaseMemObject");
        LiveObjects.releasedBuffer(lengthBytes);
    }

    /** Copies from the start of {@code host} to {@code offsetBytes} in {@code buffer}, and waits. */
    public static void write(Handle queue, Handle buffer, HostMemory host, long offsetBytes,
            long lengthBytes) {
        Status.check(CL.clEnqueueWriteBuffer(queue.as(cl_command_queue.class), buffer.as(cl_mem.class), true,
                offsetBytes, lengthBytes, host.pointer, 0, null, null), "clEnqueueWriteBuffer");
    }

    /** Copies from {@code offsetBytes} in {@code buffer} to the start of {@code host}, and waits. */
    public static void read(Handle queue, Handle buffer, HostMemory host, long offsetBytes,
            long lengthBytes) {
        Status.check(CL.clEnqueueReadBuffer(queue.as(cl_command_queue.class), buffer.as(cl_mem.class), true,
                offsetBytes, lengthBytes, host.pointer, 0, null, null), "clEnqueueReadBuffer");
    }

    /** Enqueues one launch; {@code local} may be null. */
    public static void launch(Handle queue, Handle kernel, long[] global, long[] local, String kernelName) {
        Status.check(CL.clEnqueueNDRangeKernel(queue.as(cl_command_queue.class), kernel.as(cl_kernel.class),
                global.length, null, global, local, 0, null, null), "clEnqueueNDRangeKernel", kernelName);
    }

    /** Makes sure that what was enqueued will begin without anybody waiting for it. */
    public static void flush(Handle queue) {
        Status.check(CL.clFlush(queue.as(cl_command_queue.class)), "clFlush");
    }

    public static void finish(Handle queue) {
        Status.check(CL.clFinish(queue.as(cl_command_queue.class)), "clFinish");
    }
}
