package org.reluctor.app.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchComponent;
import org.reluctor.opencl.tuning.LaunchParameters;
import org.reluctor.opencl.tuning.TunedDevice;

/**
 * The launch parameters that {@code bench --tune} found on this machine's devices, a small file for each device in the
 * state folder. A file that cannot be used costs speed, never the start: the built-in table holds then, and it is told.
 */
public final class TuningFolder {
    private static final int MOST_BYTES = 1 << 16;
    private static final int MOST_NAME = 60;

    private final Path folder;

    /** Nothing is created before something is kept. */
    public TuningFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * How a device is launched.
     *
     * @param parameters from its file, or else from the built-in table
     * @param file       they are from, if they are
     * @param remark     why a file that is there is not used
     */
    public record Found(LaunchParameters parameters, Optional<Path> file, Optional<String> remark) {
    }

    /** The file of a device; whether it is there is another matter. */
    public Path file(Device device) {
        CRC32 platform = new CRC32();
        platform.update((device.platform() + "/" + device.name()).getBytes(StandardCharsets.UTF_8));
        String name = device.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return folder.resolve(String.format("tuning-%s-%08x.yaml",
                name.substring(0, Math.min(MOST_NAME, name.length())), platform.getValue()));
    }

    /**
     * What is known about a device that is to read weights of that format. Parameters whose form does not read it, as
     * the search may keep at another, cost speed and not the start, too.
     */
    public Found find(Device device, WeightFormat weights) {
        Found found = find(device);
        KernelForm form = found.parameters().form();
        if (found.file().isEmpty() || form.reads(weights)) {
            return found;
        }
        return new Found(LaunchParameters.of(device), Optional.empty(), Optional.of(remark(found.file().get(), "form "
                + LaunchComponent.text(form) + " does not read weights as " + LaunchComponent.text(weights))));
    }

    /** What is known about a device. */
    public Found find(Device device) {
        LaunchParameters builtIn = LaunchParameters.of(device);
        Path file = file(device);
        if (!Files.exists(file)) {
            return new Found(builtIn, Optional.empty(), Optional.empty());
        }
        try {
            TunedDevice tuned = read(file);
            Optional<String> mismatch = tuned.mismatch(device);
            return mismatch.isEmpty() ? new Found(tuned.parameters(), Optional.of(file), Optional.empty())
                    : new Found(builtIn, Optional.empty(), Optional.of(remark(file, mismatch.get())));
        } catch (IOException e) {
            return new Found(builtIn, Optional.empty(), Optional.of(remark(file, "cannot be read: "
                    + IoReason.of(e))));
        } catch (IllegalArgumentException e) {
            return new Found(builtIn, Optional.empty(), Optional.of(remark(file, e.getMessage())));
        }
    }

    private static TunedDevice read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException("is no file of at most " + MOST_BYTES + " bytes");
        }
        return TunedDevice.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    private static String remark(Path file, String why) {
        return file + ": " + why + "; the built-in launch parameters hold. Run reluctor bench --tune again, or delete"
                + " the file";
    }

    /**
     * Keeps what was found; a file of the same device is replaced, in one step.
     *
     * @return the file
     * @throws Failure if the folder cannot be created or written
     */
    public Path keep(Device device, LaunchParameters parameters) {
        Path file = file(device);
        try {
            Files.createDirectories(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Path part = Files.createTempFile(folder, "part", null);
            try {
                Files.writeString(part, TunedDevice.of(device, parameters).text());
                // The service may run as another user than the one who tunes.
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            return file;
        } catch (IOException e) {
            throw new Failure(ExitStatus.CANNOT_CREATE, file + ": cannot be written: " + IoReason.of(e)
                    + "; make the folder writable, or name another with --state", e);
        }
    }
}
