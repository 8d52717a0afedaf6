package org.reluctor.opencl.binding;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jocl.CL;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * Contexts, one made or released at a time, whatever thread asks. JOCL keeps a map of all contexts' callbacks, without
 * a lock and by address, which it tidies up behind a release: by then a new context may have the address, and what is
 * freed is the new one's. A lost device is released beside the one that takes its place.
 */
public final class Contexts {
    /** A driver that does not come back from a release must not hold up a new context for ever. */
    private static final long PATIENCE_SECONDS = 5;
    private static final ReentrantLock ALONE = new ReentrantLock();

    private Contexts() {
    }

    /** A context of those devices, all of one platform. */
    public static Handle create(Handle platform, List<Handle> devices) {
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL.CL_CONTEXT_PLATFORM, platform.as(cl_platform_id.class));
        cl_device_id[] ids = devices.stream().map(device -> device.as(cl_device_id.class)).toArray(cl_device_id[]::new);
        int[] status = new int[1];
        boolean alone = isAlone();
        cl_context context;
        try {
            context = CL.clCreateContext(properties, ids.length, ids, null, null, status);
        } finally {
            leave(alone);
        }
        Status.check(status[0], "clCreateContext");
        return LiveObjects.made(new Handle(context));
    }

    /** Gives a context back; what was made in it keeps it alive until that is released, too. */
    public static void release(Handle context) {
        boolean alone = isAlone();
        try {
            Status.check(CL.clReleaseContext(context.as(cl_context.class)), "clReleaseContext");
        } finally {
            leave(alone);
        }
        LiveObjects.released();
    }

    private static boolean isAlone() {
        boolean interrupted = Thread.interrupted();
        try {
            return ALONE.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void leave(boolean alone) {
        if (alone) {
            ALONE.unlock();
        }
    }
}
