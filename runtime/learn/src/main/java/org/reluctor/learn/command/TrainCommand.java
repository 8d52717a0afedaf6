package org.reluctor.learn.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.ProgressLine;
import org.reluctor.app.command.Subcommand;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.RecordFolder;
import org.reluctor.learn.data.WfdbRecord;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.training.AnalyticOptions;
import org.reluctor.learn.training.AnalyticTrainer;
import org.reluctor.learn.training.TrainingSet;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reluctor train}: recordings in, a network file and its figures on held-out recordings out. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Trains a recovery network on recordings and writes it as an ONNX file.",
        footer = {"", "Example:", "  reluctor train --method analytic --data mitbih --exclude 208 \\",
            "      --held-out 103,114,203,222,231 --output ecg.onnx", "",
            "The same data, options and file name give the same file, byte for byte."})
public final class TrainCommand implements Subcommand {
    /** How a network is trained. */
    enum Method {
        /** Covariances, ridge regressions and a threshold search; no gradients. */
        ANALYTIC
    }

    @Option(names = "--method", required = true, paramLabel = "METHOD",
            description = "How: ${COMPLETION-CANDIDATES}, in upper or lower case.")
    private Method method;

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:RELUCTOR_DATA}",
            description = "Folder of WFDB records, or one that has them in mitbih/ (default: environment variable"
                    + " RELUCTOR_DATA).")
    private Path data;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The network file to write.")
    private Path output;

    @Option(names = "--exclude", paramLabel = "NAME", split = ",", description = "Records that are not read at all.")
    private List<String> excluded = List.of();

    @Option(names = "--held-out", paramLabel = "NAME", split = ",",
            description = "Records kept out of training; the figures are taken on them.")
    private List<String> heldOut = List.of();

    @Option(names = "--signal", paramLabel = "INDEX", defaultValue = "0",
            description = "Signal of the records, counted from 0 (default ${DEFAULT-VALUE}).")
    private int signal;

    @Option(names = "--model-version", paramLabel = "NUMBER", defaultValue = "1",
            description = "Version that the file states (default ${DEFAULT-VALUE}).")
    private long version;

    @Option(names = "--json", description = "One JSON object on standard output instead of the table.")
    private boolean json;

    @Mixin
    private AnalyticSettings settings;

    @Spec
    private CommandSpec spec;

    /** Made by ServiceLoader. */
    public TrainCommand() {
        // Nothing to set.
    }

    @Override
    public Integer call() {
        final long start = System.nanoTime();
        AnalyticOptions options = checkedOptions();
        checkOutput();
        try {
            TrainedNetwork trained = train(options);
            RecoveryNetwork network = trained.network();
            OnnxWriter.write(network, output);
            // Read back: what is reported is what any other program will find in the file.
            RecoveryNetwork written = OnnxReader.read(output);
            PrintWriter out = spec.commandLine().getOut();
            TrainingReport report = new TrainingReport(trained, written, (System.nanoTime() - start) / 1e9);
            out.println(json ? report.json(output) : report.table(output));
            return ExitStatus.OK;
        } catch (DataFormatException wrong) {
            throw new Failure(ExitStatus.DATA, wrong.getMessage(), wrong);
        } catch (ArithmeticException singular) {
            throw new Failure(ExitStatus.DATA, "training failed: " + singular.getMessage(), singular);
        } catch (IOException failed) {
            throw new Failure(ExitStatus.CANNOT_CREATE, output + ": cannot be written: " + failed.getMessage(), failed);
        }
    }

    private AnalyticOptions checkedOptions() {
        if (data == null || data.toString().isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "no recordings: give --data DIR, or set the environment variable RELUCTOR_DATA");
        }
        if (signal < 0 || version < 0) {
            throw new ParameterException(spec.commandLine(), "--signal " + signal + ", --model-version " + version
                    + ": both must be 0 or more");
        }
        try {
            return settings.options();
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }

    /** Said before the minutes of training, not after them. */
    private void checkOutput() {
        Path folder = output.toAbsolutePath().getParent();
        if (Files.isDirectory(output) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new Failure(ExitStatus.CANNOT_CREATE, output + ": cannot be created; its folder must exist and be"
                    + " writable, and no folder may bear its name");
        }
    }

    private TrainedNetwork train(AnalyticOptions options) {
        PrintWriter err = spec.commandLine().getErr();
        RecordFolder folder = folder();
        List<String> names = new ArrayList<>(folder.names());
        names.removeAll(excluded);
        List<Windows> training = new ArrayList<>();
        List<Windows> validation = new ArrayList<>();
        WfdbRecord first = null;
        heldOut.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new DataFormatException(data + ": no record '" + name + "' to hold out; here are "
                    + String.join(", ", names));
        });
        for (String name : names) {
            WfdbRecord record = folder.read(name);
            first = first == null ? record : first;
            boolean held = heldOut.contains(name);
            (held ? validation : training).add(
                    Windows.of(record, signal, settings.window(), held ? 1 : settings.stride()));
            checkAlike(record, first);
        }
        TrainingSet set = TrainingSet.of(training);
        err.printf("%d records, %d windows to train on; %d records held out%n", training.size(), set.signals().count(),
                validation.size());
        err.flush();
        AnalyticTrainer.Result result = new AnalyticTrainer(set, options,
                new ProgressLine(err, System.console() != null)::advanced).train();
        TrainingOrigin origin = new TrainingOrigin(commandLine(),
                training.stream().map(Windows::name).toList(), signal, first.sampleRateHz(),
                first.signals().get(signal).units(), set.rms(), version);
        return TrainedNetwork.evaluate(nameOf(output), result, origin, validation);
    }

    private RecordFolder folder() {
        Path nested = data.resolve("mitbih");
        return RecordFolder.open(Files.isDirectory(nested) ? nested : data);
    }

    private void checkAlike(WfdbRecord record, WfdbRecord first) {
        String unit = record.signals().get(signal).units();
        String firstUnit = first.signals().get(signal).units();
        if (record.sampleRateHz() != first.sampleRateHz() || !unit.equals(firstUnit)) {
            throw new DataFormatException("record " + record.name() + " has " + record.sampleRateHz() + " Hz and the"
                    + " unit " + unit + ", record " + first.name() + " has " + first.sampleRateHz() + " Hz and "
                    + firstUnit + "; one network is for one rate and one unit");
        }
    }

    /** What a reader of the file needs to make it again; where data and file lie is not among it. */
    private String commandLine() {
        return "reluctor train --method analytic"
                + (excluded.isEmpty() ? "" : " --exclude " + String.join(",", excluded))
                + (heldOut.isEmpty() ? "" : " --held-out " + String.join(",", heldOut))
                + " --signal " + signal + " --model-version " + version + " " + settings.commandLine();
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
    }
}
