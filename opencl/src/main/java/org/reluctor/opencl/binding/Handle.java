package org.reluctor.opencl.binding;

import org.jocl.NativePointerObject;

/** An OpenCL object (platform, device, context, queue, program, kernel, memory) as other packages hold it. */
public final class Handle {
    private final NativePointerObject object;

    Handle(NativePointerObject object) {
        this.object = object;
    }

    <T extends NativePointerObject> T as(Class<T> type) {
        return type.cast(object);
    }
}
