package org.reluctor.app.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.device.ProgramOrigin;
import org.reluctor.app.recovery.ResidualOutput;
import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.ProgramFileWriter;
import org.reluctor.opencl.device.ProgramRecorder;
import org.reluctor.opencl.device.RecordedProgram;
import org.reluctor.opencl.tuning.LaunchParameters;

/**
 * Writes all programs that networks need, as the engine itself asks for them: it is let build every network, once as
 * {@code infer} and {@code bench} compute it and once as the gateway does, and what it asks the device for is recorded.
 *
 * @param networks   to export
 * @param device     that compiles
 * @param kind       of the device that will run them; where it is another than this one's, no binary is made
 * @param parameters by which they will be launched, with the format of weights
 * @param maxBatch   most frames of a batch
 */
public record KernelExport(List<RecoveryNetwork> networks, Device device, DeviceKind kind,
        LaunchParameters parameters, int maxBatch) {
    /** Ending of a file of programs. */
    public static final String ENDING = ".clbin";

    public KernelExport {
        networks = List.copyOf(networks);
    }

    /**
     * Compiles, and writes sources, manifest and, for this device, the file of programs. Replaces what an export wrote
     * there before, as its manifest lists it, and touches nothing else.
     *
     * @throws Failure if the folder cannot be made
     */
    public KernelManifest write(Path folder) throws IOException {
        prepare(folder);
        ProgramRecorder recorder = new ProgramRecorder();
        try (OpenDevice opened = OpenDevice.recording(device.as(kind), parameters, recorder)) {
            for (RecoveryNetwork network : networks) {
                record(network, network, opened, recorder);
                record(network, ResidualOutput.computed(network), opened, recorder);
            }
        }
        KernelManifest manifest = manifest(recorder.programs());
        writePrograms(folder, manifest, recorder.programs());
        manifest.write(folder);
        return manifest;
    }

    private boolean compilesForItself() {
        return kind == device.kind();
    }

    private void record(RecoveryNetwork network, RecoveryNetwork computed, OpenDevice opened,
            ProgramRecorder recorder) {
        try (Engine engine = opened.engine(computed, network.sha256(), maxBatch)) {
            if (compilesForItself()) {
                engine.rehearse();
            }
            recorder.collect();
        }
    }

    private KernelManifest manifest(List<RecordedProgram> programs) {
        List<KernelManifest.Program> entries = new ArrayList<>();
        for (RecordedProgram program : programs) {
            String name = "k" + entries.size();
            entries.add(new KernelManifest.Program(name, name + ".cl", program.sha256(), program.options(),
                    program.kernels()));
        }
        Set<KernelManifest.Network> named = new LinkedHashSet<>();
        networks.forEach(network -> named.add(new KernelManifest.Network(network.name(), network.sha256())));
        String name = named.size() == 1 ? networks.get(0).name() : "networks";
        ProgramOrigin origin = ProgramOrigin.here(List.of(),
                parameters.weights().name().toLowerCase(Locale.ROOT), maxBatch, parameters.toString());
        return new KernelManifest(KernelManifest.FORMAT, name, origin.version(), List.copyOf(named),
                origin.weights(), maxBatch, origin.parameters(), target(), entries,
                compilesForItself() ? name + ENDING : null);
    }

    /** Another kind of device than this one is not here, so that nothing is known of it. */
    private KernelManifest.Target target() {
        String word = kind.name().toLowerCase(Locale.ROOT);
        return compilesForItself() ? new KernelManifest.Target(device.name(), device.platform(), device.version(),
                device.driver(), word) : new KernelManifest.Target("", "", "", "", word);
    }

    private void writePrograms(Path folder, KernelManifest manifest, List<RecordedProgram> programs)
            throws IOException {
        ProgramFileWriter file = new ProgramFileWriter(device, manifest.origin().facts());
        for (int i = 0; i < programs.size(); i++) {
            KernelManifest.Program entry = manifest.programs().get(i);
            Files.writeString(folder.resolve(entry.file()), programs.get(i).source());
            file.add(entry.name(), programs.get(i));
        }
        if (manifest.binary() != null) {
            file.write(folder.resolve(manifest.binary()));
        }
    }

    private static void prepare(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException exception) {
            throw new Failure(ExitStatus.CANNOT_CREATE, folder + ": cannot be made a folder; name one that user "
                    + System.getProperty("user.name") + " can write", exception);
        }
        if (!Files.isWritable(folder)) {
            throw new Failure(ExitStatus.CANNOT_CREATE, folder + ": user " + System.getProperty("user.name")
                    + " cannot write there; name another folder");
        }
        // Sources of an earlier export that this one does not replace would look as if they belonged to it.
        for (Path source : KernelManifest.sourcesIn(folder)) {
            Files.deleteIfExists(source);
        }
    }
}
