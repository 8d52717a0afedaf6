package org.reluctor.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.UserFolders;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.device.TuningFolder;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.kernels.KernelExport;
import org.reluctor.app.kernels.KernelManifest;
import org.reluctor.app.kernels.KernelPack;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.ProgramFile;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a network's programs to disk, for devices that cannot compile. */
@Command(name = "kernels", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Bring the OpenCL programs of a network to disk, for devices without a compiler (FPGA) and"
            + " machines without a linker.", "",
            "--export writes DIR/k0.cl, k1.cl, …: exactly the sources that the engine would have built;"
            + " DIR/manifest.json: what they are for, the options to build each with, and its kernels; and, compiled"
            + " for this device, DIR/NAME.clbin. That file given to --program, or to device.program in the"
            + " configuration, is all that is loaded from then on: nothing is compiled.", "",
            "--pack makes such a file of what a vendor's offline compiler built from each source.", "",
            "A file is for one device, driver version, version of Reluctor, format of weights, and for batches up to"
            + " one size. Whatever differs is refused by name, as is a file that was cut or altered, before the driver"
            + " sees any of it.", ""},
        footer = {"", "Examples, on a machine that compiles for itself:",
            "  reluctor kernels --model M.onnx --export kernels --batch 64",
            "  reluctor infer --model M.onnx --program kernels/M.clbin --input y.npy --output x.npy", "",
            "Examples, for an FPGA: export anywhere, compile with the vendor's tools, pack on the board:",
            "  reluctor kernels --model M.onnx --export kernels --for accelerator --batch 1",
            "  reluctor kernels --pack kernels --device FPGA --binary k0=k0.aocx --binary k1=k1.aocx",
            "  reluctor kernels --show kernels/M.clbin"})
public final class KernelsCommand implements Subcommand {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Task task;

    @Option(names = {"-m", "--model"}, split = ",", paramLabel = "FILE",
            description = "The networks, ONNX, for --export; all networks of a configuration go into one file.")
    private List<Path> models;

    @Option(names = "--batch", defaultValue = "64", paramLabel = "N",
            description = "Most frames computed together, for --export; a gateway's batch.max."
                    + " Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--weights", defaultValue = "float32", paramLabel = "FORMAT",
            completionCandidates = WordsOf.Weights.class, converter = WordsOf.Weights.class,
            description = "How the device keeps weights, for --export: ${COMPLETION-CANDIDATES}."
                    + " Default: ${DEFAULT-VALUE}")
    private WeightFormat weights;

    @Option(names = "--for", paramLabel = "KIND",
            completionCandidates = WordsOf.Kinds.class, converter = WordsOf.Kinds.class,
            description = "Kind of device that will run them, for --export: ${COMPLETION-CANDIDATES}. Where it is"
                    + " another than this device's, only sources are written. Default: this device's")
    private DeviceKind kind;

    @Option(names = "--device", defaultValue = "auto", paramLabel = "NAME",
            description = "auto, or part of a device's or platform's name: which compiles (--export), or will load"
                    + " the file (--pack). Default: ${DEFAULT-VALUE}")
    private String select;

    @Option(names = "--state", paramLabel = "FOLDER",
            description = "Folder of what bench --tune found, for --export: the programs are for these launch"
                    + " parameters. Default: reluctor in the user's state folder")
    private Path state;

    @Option(names = "--binary", paramLabel = "NAME=FILE",
            description = "What was compiled from DIR/NAME.cl, for --pack; once for each program.")
    private Map<String, Path> binaries = Map.of();

    @Option(names = "--output", paramLabel = "FILE", description = "File that --pack writes. Default: DIR/NAME.clbin")
    private Path file;

    @Mixin
    private ModelShape shape;

    @Mixin
    private CommandOutput output;

    @Spec
    private CommandSpec spec;

    /** What is to be done: one of these. */
    static final class Task {
        @Option(names = "--export", paramLabel = "DIR",
                description = "Write sources, manifest and compiled file there.")
        private Path export;

        @Option(names = "--pack", paramLabel = "DIR", description = "Make a file of what was compiled from an export.")
        private Path pack;

        @Option(names = "--show", paramLabel = "FILE", description = "Check a file, and tell what it was made for.")
        private Path show;
    }

    /** Made by ServiceLoader. */
    public KernelsCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() throws IOException {
        refuseWithoutEffect(new GivenOptions(spec));
        if (task.export != null) {
            export(task.export);
        } else if (task.pack != null) {
            pack(task.pack);
        } else {
            show(task.show);
        }
        return ExitStatus.OK;
    }

    private void refuseWithoutEffect(GivenOptions given) {
        if (task.export == null) {
            given.refuse("goes with --export", "--model", "--shape", "--batch", "--weights", "--for", "--state");
        }
        if (task.pack == null) {
            given.refuse("goes with --pack", "--binary", "--output");
        }
        if (task.show != null) {
            given.refuse("does not go with --show", "--device");
        }
    }

    private void export(Path folder) throws IOException {
        PositiveNumber.require("--batch", batch, 4096);
        if (models == null) {
            throw new Failure(ExitStatus.USAGE, "--export needs --model FILE: the network whose kernels to write");
        }
        Device device = OpenDevice.find(select);
        DeviceKind made = kind == null ? device.kind() : kind;
        KernelManifest manifest = new KernelExport(models.stream().map(shape::network).toList(), device, made,
                parameters(device, made), batch).write(folder);
        Path binary = manifest.binary() == null ? null : folder.resolve(manifest.binary());
        output.line("%d programs for batches of up to %d, %s weights, in %s", manifest.programs().size(), batch,
                manifest.weights(), folder);
        manifest.programs().forEach(program -> output.line("  %-8s %s  kernels: %s", program.file(),
                program.sha256().substring(0, 16), String.join(", ", program.kernels())));
        output.line(binary == null ? "not compiled: they are for a device of kind "
                + manifest.device().kind() + "; compile each with the options in " + KernelManifest.FILE
                + ", then use --pack" : "compiled for %s: %s", device, binary);
        output.result(JsonText.map("folder", folder.toString(), "programs", manifest.programs().stream()
                .map(KernelManifest.Program::file).toList(), "binary", binary == null ? null : binary.toString(),
                "device", device.toString(), "weights", manifest.weights(), "maxBatch", batch));
    }

    /** What a command on this device would find; of another kind of device only the table knows. */
    private LaunchParameters parameters(Device device, DeviceKind made) {
        if (made != device.kind()) {
            return LaunchParameters.of(device.as(made)).withWeights(weights);
        }
        TuningFolder.Found found = new TuningFolder(state == null ? UserFolders.state(System.getenv()) : state)
                .find(device);
        found.remark().ifPresent(remark -> output.note("reluctor: %s", remark));
        return found.parameters().withWeights(weights);
    }

    private void pack(Path folder) throws IOException {
        KernelPack pack = KernelPack.of(folder);
        Path target = InputFiles.requireCreatable(file == null ? pack.defaultFile() : file);
        Device device = OpenDevice.find(select);
        pack.write(target, binaries, device);
        output.line("%d programs for %s: %s", pack.programs().size(), device, target);
        output.result(JsonText.map("programs", pack.programs(), "binary", target.toString(), "device",
                device.toString()));
    }

    private void show(Path path) throws IOException {
        ProgramFile programs = ProgramFile.open(InputFiles.require(path));
        Map<String, Object> result = JsonText.map("file", path.toString(), "bytes", Files.size(path), "programs",
                programs.programs());
        result.putAll(programs.facts());
        result.forEach((key, value) -> output.line("%-17s %s", key.toLowerCase(Locale.ROOT), value));
        output.result(result);
    }
}
