package org.reluctor.opencl.sequence;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;

/** Gives tensors their offsets in one buffer, with room for the largest batch. */
public final class TensorArena {
    private final int maxFrames;
    private int length;

    /** An arena for batches of up to so many frames, which lie one behind the other. */
    public TensorArena(int maxFrames) {
        this.maxFrames = maxFrames;
    }

    /** The offset of a tensor of so many elements a frame. */
    public int add(int features) {
        int offset = length;
        int elements = Math.multiplyExact(maxFrames, features);
        length = ConstantArena.roundUp(Math.addExact(offset, elements));
        return offset;
    }

    /** The buffer, all zero, which belongs to the caller. */
    public DeviceBuffer allocate(DeviceSession session) {
        return session.zeroed(Math.max(ConstantArena.ALIGNMENT, length));
    }
}
