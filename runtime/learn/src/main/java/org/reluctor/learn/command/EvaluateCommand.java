package org.reluctor.learn.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.CommandOutput;
import org.reluctor.app.command.DeviceOptions;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.command.ProgressLine;
import org.reluctor.app.command.Subcommand;
import org.reluctor.app.inference.Inference;
import org.reluctor.app.inference.ReferenceInference;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.Estimator;
import org.reluctor.learn.measurement.Quantiser;
import org.reluctor.network.RecoveryNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reluctor evaluate}: a network and recordings or pictures in, figures of merit and plots out. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures how well a network recovers recordings or pictures that it was not trained on.",
        footer = {"", "Examples:", "  reluctor evaluate --model ecg.onnx --data mitbih --records 103,116 --linear \\",
            "      --quantise int16,int8 --plots plots",
            "  reluctor evaluate --model mnist-cr8.onnx --data mnist --json", "",
            "Records: PRD = 100 |x - x'| / |x| over the whole record, x being the samples less the converter's zero;",
            "PRDN with the mean removed from x in the denominator; SNR = -20 log10(PRD / 100).",
            "Pictures: PSNR with peak 1 and SSIM (Gaussian window of 11x11, sigma 1.5), luminance from 0 to 1."})
public final class EvaluateCommand implements Subcommand {
    @Option(names = {"-m", "--model"}, required = true, paramLabel = "FILE", description = "The network, ONNX.")
    private Path model;

    @Mixin
    private EvaluationData data;

    @Option(names = "--quantise", paramLabel = "FORMAT", split = ",", defaultValue = "float",
            description = "What measurements are rounded to, with a range a window: float, int16, int12, int8, int6"
                    + " (default ${DEFAULT-VALUE}). The first one gives the figures by record.")
    private List<String> quantisers = List.of();

    @Option(names = "--noise", paramLabel = "DB", split = ",",
            description = "Also with white noise so many dB below the measurements' power.")
    private List<Double> noise = List.of();

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "1",
            description = "Of the noise (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--linear", description = "Also by linear MMSE, its covariance learned from all other records.")
    private boolean linear;

    @Option(names = "--plots", paramLabel = "DIR", description = "Draw plots (SVG) into this folder.")
    private Path plots;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "256",
            description = "Most windows computed together (default ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--reference", description = "Compute in float64 without a device.")
    private boolean reference;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommandOutput output;

    @Spec
    private CommandSpec spec;

    /** Made by ServiceLoader. */
    public EvaluateCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        final long start = System.nanoTime();
        if (batch < 1 || batch > 4096) {
            throw new ParameterException(spec.commandLine(), "--batch: " + batch
                    + " is out of range; must be 1 to 4096");
        }
        List<Condition> conditions = conditions();
        RecoveryNetwork network = InputFiles.network(model);
        checkNetwork(network);
        if (plots != null) {
            createPlots();
        }
        try {
            data.open();
            List<String> names = data.names();
            List<Estimator> estimates = linear ? linearEstimates(network, names, conditions) : List.of();
            try (Inference inference = open(network)) {
                EvaluationRun run = new EvaluationRun(network, inference::recover, conditions, estimates, seed);
                EvaluationResult result = run.run(data, names, new ProgressLine(spec.commandLine().getErr(),
                        System.console() != null)::advanced);
                EvaluationReport report = new EvaluationReport(network, result, inference.device(),
                        inference.weights(), (System.nanoTime() - start) / 1e9);
                result.remarks().forEach(remark -> output.note("reluctor: %s", remark));
                output.result(report.json(model));
                report.lines(model).forEach(line -> output.line("%s", line));
                if (plots != null) {
                    draw(new EvaluationPlots(network, result));
                }
            }
            return ExitStatus.OK;
        } catch (DataFormatException wrong) {
            throw new Failure(ExitStatus.DATA, wrong.getMessage(), wrong);
        } catch (IOException failed) {
            throw new Failure(ExitStatus.CANNOT_CREATE, plots + ": cannot be written: " + failed.getMessage(), failed);
        }
    }

    /** Java's way to say that there are no fonts is an error from deep within. */
    private void draw(EvaluationPlots drawing) throws IOException {
        try {
            drawing.draw(plots);
        } catch (LinkageError | InternalError lacking) {
            throw new Failure(ExitStatus.UNAVAILABLE, plots + ": cannot be drawn (" + lacking + "); drawing needs"
                    + " fontconfig and a font (Debian: fontconfig fonts-dejavu-core)", lacking);
        }
    }

    private List<Estimator> linearEstimates(RecoveryNetwork network, List<String> names, List<Condition> conditions) {
        LinearYardstick yardstick = LinearYardstick.of(data, names, network.metadata().n());
        return conditions.stream().<Estimator>map(condition -> yardstick.recovery(network.matrix().orElseThrow(),
                condition, 0, seed)).toList();
    }

    private Inference open(RecoveryNetwork network) {
        return reference ? new ReferenceInference(network) : device.inference(network, batch);
    }

    private List<Condition> conditions() {
        List<Double> levels = new ArrayList<>(List.of(Double.POSITIVE_INFINITY));
        levels.addAll(noise);
        if (noise.stream().anyMatch(level -> !Double.isFinite(level))) {
            throw new ParameterException(spec.commandLine(), "--noise: " + noise + "; right are numbers, in dB");
        }
        try {
            List<Condition> conditions = new ArrayList<>();
            for (String quantiser : quantisers) {
                levels.forEach(level -> conditions.add(new Condition(Quantiser.of(quantiser), level)));
            }
            return conditions;
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), "--quantise: " + unknown.getMessage(), unknown);
        }
    }

    private void checkNetwork(RecoveryNetwork network) {
        if (network.matrix().isEmpty()) {
            throw new Failure(ExitStatus.DATA, model + ": the network names no measurement matrix (metadata"
                    + " reluctor.matrix); without one nothing can be measured");
        }
        if (network.metadata().channels() != 1) {
            throw new Failure(ExitStatus.DATA, model + ": the network has " + network.metadata().channels()
                    + " channels; networks of 1 are evaluated");
        }
    }

    /** Said before minutes of computing, not after them. */
    private void createPlots() {
        try {
            Files.createDirectories(plots);
        } catch (IOException failed) {
            throw new Failure(ExitStatus.CANNOT_CREATE, plots + ": cannot be created as a folder; name one in an"
                    + " existing folder that can be written", failed);
        }
    }
}
