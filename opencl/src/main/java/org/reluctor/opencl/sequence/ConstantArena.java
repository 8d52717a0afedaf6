package org.reluctor.opencl.sequence;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.HostBuffer;

/** Collects constants, gives each its offset, and uploads them together. An array that comes twice is held once. */
public final class ConstantArena {
    /** Elements to which offsets are rounded up: a cache line pair, and more than any vector load wants. */
    static final int ALIGNMENT = 32;

    private final List<Object> parts = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final Map<Object, Integer> known = new IdentityHashMap<>();
    private int length;

    /** The offset of these elements, in elements; the array must not change before the upload. */
    public int add(float[] elements) {
        return known.computeIfAbsent(elements, key -> append(key, elements.length));
    }

    /** The offset of these elements, in elements; the array must not change before the upload. */
    public int add(int[] elements) {
        return known.computeIfAbsent(elements, key -> append(key, elements.length));
    }

    private int append(Object array, int elements) {
        int offset = length;
        parts.add(array);
        offsets.add(offset);
        length = roundUp(Math.addExact(offset, elements));
        return offset;
    }

    /** Bytes of all constants so far. */
    public long lengthBytes() {
        return length * (long) Float.BYTES;
    }

    static int roundUp(int elements) {
        return Math.addExact(elements, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** All constants in one buffer, which belongs to the caller. */
    public DeviceBuffer upload(DeviceSession session) {
        HostBuffer host = new HostBuffer(Math.max(ALIGNMENT, length));
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof float[] floats) {
                host.floats().put(offsets.get(i), floats);
            } else {
                host.integers().put(offsets.get(i), (int[]) parts.get(i));
            }
        }
        DeviceBuffer buffer = session.buffer(Math.max(ALIGNMENT, length));
        try {
            session.queue().write(host, buffer, 0, buffer.lengthBytes());
            return buffer;
        } catch (RuntimeException e) {
            Holdings.closeAfter(e, buffer);
            throw e;
        }
    }
}
