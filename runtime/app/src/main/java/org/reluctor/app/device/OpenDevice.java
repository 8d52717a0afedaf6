package org.reluctor.app.device;

import java.nio.file.Path;
import java.util.Locale;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.device.ProgramCache;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;

/** A device in use by a command. One thread at a time. */
public final class OpenDevice implements AutoCloseable {
    private final DeviceSession session;
    private final TuningFolder.Found tuning;
    private final WeightFormat weights;

    private OpenDevice(DeviceSession session, TuningFolder.Found tuning, WeightFormat weights) {
        this.session = session;
        this.tuning = tuning;
        this.weights = weights;
    }

    /**
     * Opens the device that a choice names.
     *
     * @param select {@code auto} or part of a name
     * @param cache  folder of compiled kernels; created where absent
     * @param state  folder of launch parameters that were found on this machine, if any were
     * @param weights format in which the device keeps weights
     * @throws Failure if the folder cannot be written, or no such device answers
     */
    public static OpenDevice open(String select, Path cache, Path state, WeightFormat weights) {
        // The folder first: some drivers answer "no device" where in truth a folder is not writable.
        ProgramCache programs = cacheIn(cache);
        try {
            Device device = Platforms.discover().select(select);
            return new OpenDevice(DeviceSession.open(device, programs), new TuningFolder(state).find(device), weights);
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
        return tuning.parameters().withWeights(weights);
    }

    /** Where the launch parameters come from. */
    public TuningFolder.Found tuning() {
        return tuning;
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
