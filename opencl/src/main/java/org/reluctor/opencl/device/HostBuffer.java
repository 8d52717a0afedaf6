package org.reluctor.opencl.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.reluctor.opencl.binding.Queues;

/** Host memory that a queue copies from and to; allocated once, reused for every batch. */
public final class HostBuffer {
    private final ByteBuffer bytes;
    private final FloatBuffer floats;
    private final IntBuffer integers;
    private final Queues.HostMemory memory;

    /** Room for so many float32 (or int32) elements. */
    public HostBuffer(int elements) {
        bytes = ByteBuffer.allocateDirect(Math.multiplyExact(elements, Float.BYTES));
        bytes.order(ByteOrder.nativeOrder());
        floats = bytes.asFloatBuffer();
        integers = bytes.asIntBuffer();
        memory = new Queues.HostMemory(bytes);
    }

    /** The elements as float32; absolute access only, the position is nobody's. */
    public FloatBuffer floats() {
        return floats;
    }

    /** The elements as int32. */
    public IntBuffer integers() {
        return integers;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    Queues.HostMemory memory() {
        return memory;
    }
}
