package org.reluctor.opencl.device;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an object holds of the device, given back together: all of it, the last first, whatever fails meanwhile. So a
 * device that failed, or a constructor that fails half-way, leaves nothing behind. One thread.
 */
public final class Holdings implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Nothing held yet. */
    public Holdings() {
        // Filled by add.
    }

    /** Holds this, too. */
    public <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Does not hold this any more; whether to close it is its owner's business. */
    public void remove(AutoCloseable part) {
        parts.remove(part);
    }

    /**
     * Closes everything, and again does nothing.
     *
     * @throws RuntimeException the first failure, with the others suppressed, when all that can be closed is
     */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!parts.isEmpty()) {
            RuntimeException failure = close(parts.pop());
            if (first == null) {
                first = failure;
            } else if (failure != null) {
                first.addSuppressed(failure);
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static RuntimeException close(AutoCloseable part) {
        try {
            part.close();
            return null;
        } catch (RuntimeException e) {
            return e;
        } catch (Exception e) {
            return new IllegalStateException(e);
        }
    }

    /** Closes something because of a failure that is to be thrown; what fails now is suppressed in it. */
    public static void closeAfter(Throwable failure, AutoCloseable part) {
        RuntimeException another = close(part);
        if (another != null) {
            failure.addSuppressed(another);
        }
    }
}
