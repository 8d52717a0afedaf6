package org.reluctor.app.device;

import java.nio.file.Path;
import java.util.Locale;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.device.ProgramCache;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;

/** A device in use by a command. One thread at a time. */
public final class OpenDevice implements AutoCloseable {
    private final DeviceSession session;
    private final WeightFormat weights;

    private OpenDevice(DeviceSession session, WeightFormat weights) {
        this.session = session;
        this.weights = weights;
    }

    /**
     * Opens the device that a choice names.
     *
     * @param select {@code auto} or part of a name
     * @param cache  folder of compiled kernels; created where absent
     * @param weights format in which the device keeps weights
     * @throws Failure if the folder cannot be written, or no such device answers
     */
    public static OpenDevice open(String select, Path cache, WeightFormat weights) {
        // The folder first: some drivers answer "no device" where in truth a folder is not writable.
        ProgramCache programs = cacheIn(cache);
        try {
            return new OpenDevice(DeviceSession.open(Platforms.discover().select(select), programs), weights);
        } catch (OpenClException exception) {
            // PoCL answers "no device" where its own cache is not writable.
            PoclCache.problem(System.getenv()).ifPresent(text -> {
                throw new Failure(ExitStatus.CANNOT_CREATE, text + " (" + exception.getMessage() + ")", exception);
            });
            throw new Failure(ExitStatus.UNAVAILABLE, exception.getMessage(), exception);
        }
    }

    /** The session, for engines. */
    public DeviceSession session() {
        return session;
    }

    /** How networks are launched on it. */
    public LaunchParameters parameters() {
        return LaunchParameters.of(session.device()).withWeights(weights);
    }

    /** The format of weights as options name it. */
    public String weights() {
        return weights.name().toLowerCase(Locale.ROOT);
    }

    /** Name and platform. */
    public String name() {
        return session.device().toString();
    }

    @Override
    public void close() {
        session.close();
    }

    private static ProgramCache cacheIn(Path folder) {
        try {
            return new ProgramCache(folder);
        } catch (OpenClException exception) {
            throw new Failure(ExitStatus.CANNOT_CREATE, exception.getMessage()
                    + " (device.cacheFolder in the configuration, --cache on the command line)", exception);
        }
    }
}
