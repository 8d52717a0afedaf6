package org.reluctor.app.device;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.device.ProgramCache;
import org.reluctor.opencl.device.ProgramFile;
import org.reluctor.opencl.device.ProgramFileException;
import org.reluctor.opencl.device.ProgramRecorder;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;

/** A device in use by a command. One thread at a time. */
public final class OpenDevice implements AutoCloseable {
    private static final String POCL = "Portable Computing Language";

    private final DeviceSession session;
    private final TuningFolder.Found tuning;
    private final WeightFormat weights;
    private final Optional<ProgramFile> programs;
    private final PoclPrograms driverCache;

    private OpenDevice(DeviceSession session, TuningFolder.Found tuning, WeightFormat weights,
            Optional<ProgramFile> programs, PoclPrograms driverCache) {
        this.driverCache = driverCache;
        this.session = session;
        this.tuning = tuning;
        this.weights = weights;
        this.programs = programs;
    }

    /**
     * Opens the device that settings name. Compiled kernels are kept in their folder, which is created where absent and
     * not touched where programs come from a file.
     *
     * @throws Failure              if the folder cannot be written, or no such device answers
     * @throws ProgramFileException if the file of programs cannot be used, or not on this device
     */
    public static OpenDevice open(Configuration.Device settings) {
        TuningFolder tuning = new TuningFolder(settings.stateFolder());
        boolean compiles = settings.program().isEmpty();
        PoclPrograms driverCache = new PoclPrograms(PoclCache.folder(System.getenv()),
                Optional.of(settings.cacheFolder()).filter(folder -> compiles));
        driverCache.mend();
        if (settings.program().isPresent()) {
            // The file first: what is wrong with it is wrong on every device.
            ProgramFile file = ProgramFile.open(settings.program().get());
            Device device = find(settings.select(), driverCache);
            return new OpenDevice(DeviceSession.open(device, file), tuning.find(device, settings.weights()),
                    settings.weights(), Optional.of(file), driverCache);
        }
        // The folder first: some drivers answer "no device" where in truth a folder is not writable.
        ProgramCache compiled = cacheIn(settings.cacheFolder());
        Device device = find(settings.select(), driverCache);
        return new OpenDevice(DeviceSession.open(device, compiled), tuning.find(device, settings.weights()),
                settings.weights(), Optional.empty(), driverCache);
    }

    /** As {@link #find(String)}, where there is room for what that device's driver has to write. */
    private static Device find(String select, PoclPrograms driverCache) {
        Device device = find(select);
        if (device.platform().equals(POCL) && !driverCache.isComplete()) {
            PoclCache.lackOfRoom(System.getenv()).ifPresent(text -> {
                throw new Failure(ExitStatus.CANNOT_CREATE, text);
            });
        }
        return device;
    }

    /** Opens a device whose programs are compiled anew, for those parameters, and told to a recorder. */
    public static OpenDevice recording(Device device, LaunchParameters parameters, ProgramRecorder recorder) {
        return new OpenDevice(DeviceSession.open(device, recorder),
                new TuningFolder.Found(parameters, Optional.empty(), Optional.empty()), parameters.weights(),
                Optional.empty(), new PoclPrograms(PoclCache.folder(System.getenv()), Optional.empty()));
    }

    /**
     * The device that a choice names, not yet opened.
     *
     * @throws Failure if no such device answers
     */
    public static Device find(String select) {
        try {
            return Platforms.discover().select(select);
        } catch (OpenClException exception) {
            // PoCL answers "no device" where its own cache is not writable.
            PoclCache.problem(System.getenv()).ifPresent(text -> {
                throw new Failure(ExitStatus.CANNOT_CREATE, text + " (" + exception.getMessage() + ")", exception);
            });
            throw new Failure(ExitStatus.UNAVAILABLE, exception.getMessage(), exception);
        }
    }

    /**
     * Brings a network onto the device; to be closed before it.
     *
     * @param maxBatch frames that it must take together; it may take more
     * @throws ProgramFileException if programs come from a file that was made for something else
     */
    public Engine engine(RecoveryNetwork network, int maxBatch) {
        return engine(network, network.sha256(), maxBatch);
    }

    /** As {@link #engine(RecoveryNetwork, int)} of a network that was made from the file of that SHA-256. */
    public Engine engine(RecoveryNetwork network, String sha256, int maxBatch) {
        return Engine.create(network, session, parameters(), room(sha256, maxBatch));
    }

    /** Programs know how many frames there is room for: with those of a file there is the room that it was made for. */
    private int room(String sha256, int maxBatch) {
        if (programs.isEmpty()) {
            return maxBatch;
        }
        ProgramOrigin made = ProgramOrigin.of(programs.get());
        made.requireFor(programs.get(), ProgramOrigin.here(List.of(sha256), weights(), maxBatch,
                parameters().toString()));
        return made.maxBatch();
    }

    /** What was wrong with what the driver keeps on disk, and was mended, if anything. */
    public Optional<String> remark() {
        return driverCache.remark();
    }

    /** Everything was launched and went well: what the driver keeps of it on disk can be relied on. */
    public void remember() {
        driverCache.remember();
    }

    /** The session, for engines. */
    public DeviceSession session() {
        return session;
    }

    /**
     * A second session on the same device, for kernels that are launched once: it keeps none, so that they push nothing
     * out of the folder that a gateway starts from. The caller closes it.
     */
    public DeviceSession uncached() {
        return DeviceSession.openUncached(session.device());
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

    /** Whether single frames are computed in the thread that waits for them, so that no other is woken. */
    public boolean isInCallingThread() {
        return session.callerQueue().isPresent() && parameters().form() == KernelForm.PANEL;
    }

    /** The same in words, with what would change it where something would. */
    public String launching() {
        if (isInCallingThread()) {
            return "frames are computed in the calling thread";
        }
        boolean lacksName = programs.isEmpty() && session.callerQueue().isEmpty()
                && session.device().platform().equals(POCL) && session.device().kind() == DeviceKind.CPU;
        return "frames are computed by launches" + (lacksName
                ? ": PoCL's device for the calling thread is not named in POCL_DEVICES, as runtime/bin/reluctor does"
                : "");
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
