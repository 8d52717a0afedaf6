package org.reluctor.opencl.sequence;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.pace.Pace;

/** Collects constants, gives each its offset, and uploads them together. An array that comes twice is held once. */
public final class ConstantArena {
    /** Elements to which offsets are rounded up: a cache line pair, and more than any vector load wants. */
    static final int ALIGNMENT = 32;

    /** Elements copied at once: large constants need no second room of their size on the host. */
    private static final int STRETCH = 1 << 20;

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
        DeviceBuffer buffer = session.buffer(Math.max(ALIGNMENT, length));
        try {
            fill(session, buffer);
            return buffer;
        } catch (RuntimeException e) {
            Holdings.closeAfter(e, buffer);
            throw e;
        }
    }

    /** Through a small buffer of the host: all of them once more would be too much for a board. */
    private void fill(DeviceSession session, DeviceBuffer buffer) {
        HostBuffer host = new HostBuffer(Math.min(STRETCH, Math.max(ALIGNMENT, length)));
        int begin = 0;
        for (int part = 0; part < parts.size(); part++) {
            int elements = Array.getLength(parts.get(part));
            for (int from = 0; from < elements; from += STRETCH) {
                int at = offsets.get(part) + from;
                int count = Math.min(STRETCH, elements - from);
                if (at + roundUp(count) - begin > STRETCH) {
                    write(session, host, buffer, begin, at);
                    begin = at;
                }
                put(host, at - begin, parts.get(part), from, count);
                Pace.rest();
            }
        }
        write(session, host, buffer, begin, length);
    }

    /** Copies a part of a constant, and zeros up to where the next one may begin. */
    private static void put(HostBuffer host, int at, Object part, int from, int count) {
        if (part instanceof float[] floats) {
            host.floats().put(at, floats, from, count);
        } else {
            host.integers().put(at, (int[]) part, from, count);
        }
        for (int i = at + count; i < at + roundUp(count); i++) {
            host.integers().put(i, 0);
        }
    }

    private static void write(DeviceSession session, HostBuffer host, DeviceBuffer buffer, int begin, int end) {
        if (end > begin) {
            session.queue().write(host, buffer, begin * (long) Float.BYTES, (end - begin) * (long) Float.BYTES);
        }
    }
}
