package org.reluctor.opencl.sequence;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.Layout;

/** Gives tensors their offsets in one buffer, with room for the largest batch. */
public final class TensorArena {
    private final int maxFrames;
    private final Layout largest;
    private int length;

    /** An arena for batches of up to so many frames, in layouts of which the last is the largest. */
    public TensorArena(int maxFrames, Layout largest) {
        this.maxFrames = maxFrames;
        this.largest = largest;
    }

    /** The offset of a tensor of so many elements a frame. */
    public int add(int features) {
        int offset = length;
        int elements = Math.toIntExact(largest.elements(maxFrames, features));
        length = ConstantArena.roundUp(Math.addExact(offset, elements));
        return offset;
    }

    /** The buffer, which belongs to the caller. */
    public DeviceBuffer allocate(DeviceSession session) {
        return session.buffer(Math.max(ConstantArena.ALIGNMENT, length));
    }
}
