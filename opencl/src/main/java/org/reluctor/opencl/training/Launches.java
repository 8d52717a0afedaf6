package org.reluctor.opencl.training;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.opencl.device.CommandQueue;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.Kernel;

/** Launches one after the other; owns their kernels. Close it before the buffers and the session. */
public final class Launches implements AutoCloseable {
    private final List<Launch> launches = new ArrayList<>();
    private final Holdings held = new Holdings();

    /** None yet. */
    public Launches() {
        // Filled by add.
    }

    /** Adds one launch, and takes its kernel over. */
    public Launches add(Kernel kernel, long[] global, long[] local) {
        launches.add(new Launch(held.add(kernel), global, local));
        return this;
    }

    /** Adds all of another, and takes it over. */
    public Launches add(Launches others) {
        held.add(others);
        launches.addAll(others.launches);
        return this;
    }

    /** Enqueues all, in order. */
    public void enqueue(CommandQueue queue) {
        for (Launch launch : launches) {
            launch.enqueue(queue);
        }
    }

    /** How many there are. */
    public int count() {
        return launches.size();
    }

    @Override
    public void close() {
        held.close();
    }
}
