package org.reluctor.app.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.command.Version;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.ProgramFileWriter;

/** Packs what an offline compiler made of exported kernels into a file of programs for a device. */
public final class KernelPack {
    private final Path folder;
    private final KernelManifest manifest;

    private KernelPack(Path folder, KernelManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Reads an exported folder, and makes sure that its sources are those that were exported.
     *
     * @throws Failure if it is none, is of another version, or was changed
     */
    public static KernelPack of(Path folder) throws IOException {
        KernelManifest manifest = KernelManifest.read(folder);
        if (!manifest.reluctor().equals(Version.number())) {
            throw new Failure(ExitStatus.DATA, folder + ": was exported by reluctor " + manifest.reluctor()
                    + ", and this is " + Version.number() + "; export and compile again");
        }
        for (KernelManifest.Program program : manifest.programs()) {
            Path source = InputFiles.require(folder.resolve(program.file()));
            if (!Sha256.of(source).equals(program.sha256())) {
                throw new Failure(ExitStatus.DATA, source + ": was changed after its export; the engine would not ask"
                        + " for what is compiled from it: export again");
            }
        }
        return new KernelPack(folder, manifest);
    }

    /** The file that is written where no other is named. */
    public Path defaultFile() {
        return folder.resolve(manifest.name() + KernelExport.ENDING);
    }

    /** Names of the programs that need a binary. */
    public List<String> programs() {
        return manifest.programs().stream().map(KernelManifest.Program::name).toList();
    }

    /**
     * Writes the file.
     *
     * @param binaries name of a program to its compiled binary; one for each
     * @throws Failure if one is missing, unknown or empty, or the device is not of the kind that was exported for
     */
    public void write(Path file, Map<String, Path> binaries, Device device) throws IOException {
        requireAll(binaries);
        String kind = device.kind().name().toLowerCase(Locale.ROOT);
        if (!kind.equals(manifest.device().kind())) {
            throw new Failure(ExitStatus.DATA, folder + ": was exported for devices of kind " + manifest.device().kind()
                    + ", and " + device + " is of kind " + kind + "; choose with --device, or export again with --for "
                    + kind);
        }
        ProgramFileWriter writer = new ProgramFileWriter(device, manifest.origin().facts());
        for (KernelManifest.Program program : manifest.programs()) {
            Path path = InputFiles.require(binaries.get(program.name()));
            byte[] binary = Files.readAllBytes(path);
            if (binary.length == 0) {
                throw new Failure(ExitStatus.DATA, path + ": is empty; give what was compiled from "
                        + folder.resolve(program.file()));
            }
            writer.add(program.name(), program.sha256(), program.options(), binary);
        }
        writer.write(file);
    }

    private void requireAll(Map<String, Path> binaries) {
        TreeSet<String> missing = new TreeSet<>(programs());
        missing.removeAll(binaries.keySet());
        TreeSet<String> unknown = new TreeSet<>(binaries.keySet());
        unknown.removeAll(programs());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new Failure(ExitStatus.USAGE, "--binary: " + (unknown.isEmpty()
                    ? "no binary is given for " + String.join(", ", missing)
                    : "there is no program " + String.join(", ", unknown)) + "; " + folder.resolve(KernelManifest.FILE)
                    + " has " + String.join(", ", programs()) + ": give each, such as --binary "
                    + programs().get(0) + "=FILE");
        }
    }
}
