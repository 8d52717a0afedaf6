package org.reluctor.learn.command;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.CommandOutput;
import org.reluctor.app.command.DeviceOptions;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.command.ProgressOutput;
import org.reluctor.app.command.Subcommand;
import org.reluctor.learn.data.DataFormatException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reluctor train}: recordings or pictures in, a network file and its figures on what was held out, out. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Trains a recovery network on recordings or pictures and writes it as an ONNX file.",
        footerHeading = "%n", footer = {
            "Examples:",
            "  reluctor train --data mitbih --exclude 208 --output ecg.onnx",
            "  reluctor train --data mitbih --measurements 26 --matrix annealed --steps 40000 \\",
            "      --checkpoint ecg.checkpoint --output ecg-256x26.onnx",
            "  reluctor train --data mnist --ratio 0.125 --minutes 20 --output mnist-cr8.onnx",
            "  reluctor train --method analytic --data mitbih --held-out 103,114 --output ecg.onnx", "",
            "What trains, what chooses the best network and what the figures are taken on never share a subject.",
            "The same data, options and file name give the same file, byte for byte, on one device, unless",
            "--minutes ends the training. The file says by which command it can be made again.", "",
            "A training that was stopped, however hard, goes on where its checkpoint stands: give --checkpoint",
            "from the start, and the same command with --resume afterwards."})
public final class TrainCommand implements Subcommand {
    /** How a network is trained. */
    enum Method {
        /** Gradients. */
        ADAM,
        /** Un-rectified ReLUs. */
        AL,
        /** Convex programs. */
        CONVEX,
        /** Covariances, ridge regressions and a threshold search; no gradients. */
        ANALYTIC
    }

    /** Options that go with some of the methods alone. */
    private static final Map<Class<?>, List<Method>> OWNERS = Map.of(
            GradientSettings.class, List.of(Method.ADAM, Method.AL), BatchOptions.class,
            List.of(Method.ADAM, Method.AL), SampleOptions.class, List.of(Method.AL, Method.CONVEX),
            UnrectifiedSettings.class, List.of(Method.AL), ConvexSettings.class, List.of(Method.CONVEX),
            AnalyticSettings.class, List.of(Method.ANALYTIC));

    @Option(names = "--method", paramLabel = "METHOD",
            description = "How: adam (gradients), al (un-rectified ReLUs by an augmented Lagrangian), convex"
                    + " (one hidden layer, to a duality gap), analytic (covariances and thresholds, for recordings)."
                    + " Default: adam")
    private Method method = Method.ADAM;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "FILE",
            description = "The network file to write.")
    private Path output;

    @Option(names = "--seed", paramLabel = "SEED",
            description = "Of matrix, split, initial values and batches (default 1).")
    private long seed = 1;

    @Option(names = "--model-version", paramLabel = "NUMBER", description = "Version that the file states (default 1).")
    private long version = 1;

    @Mixin
    private CommandOutput report;

    @Mixin
    private DeviceOptions device;

    @ArgGroup(validate = false, order = 1, heading = "%nData:%n")
    private TrainingData data = new TrainingData();

    @ArgGroup(validate = false, order = 2, heading = "%nMeasurements:%n")
    private SensorOptions sensor = new SensorOptions();

    @ArgGroup(validate = false, order = 3, heading = "%nArchitecture:%n")
    private ArchitectureOptions shape = new ArchitectureOptions();

    @ArgGroup(validate = false, order = 4, heading = "%nHow long, and going on:%n")
    private BudgetOptions budget = new BudgetOptions();

    @ArgGroup(validate = false, order = 5, heading = "%nMethod adam:%n")
    private GradientSettings gradients = new GradientSettings();

    @ArgGroup(validate = false, order = 6, heading = "%nBatches of adam:%n")
    private BatchOptions batch = new BatchOptions();

    @ArgGroup(validate = false, order = 7, heading = "%nMethods that see all samples at once:%n")
    private SampleOptions samples = new SampleOptions();

    @ArgGroup(validate = false, order = 8, heading = "%nMethod al:%n")
    private UnrectifiedSettings unrectified = new UnrectifiedSettings();

    @ArgGroup(validate = false, order = 9, heading = "%nMethod convex:%n")
    private ConvexSettings convex = new ConvexSettings();

    @ArgGroup(validate = false, order = 10, heading = "%nMethod analytic:%n")
    private AnalyticSettings analytic = new AnalyticSettings();

    @Spec
    private CommandSpec spec;

    /** Made by ServiceLoader. */
    public TrainCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        final long start = System.nanoTime();
        TrainingTask task = new TrainingTask(nameOf(output), version, seed, data, sensor, shape, budget, device,
                new ProgressOutput(spec.commandLine().getErr(), System.console() != null));
        TrainingMethod way = way();
        try {
            check(way, task);
            data.split(seed, method != Method.ANALYTIC, way.chooses());
            TrainingSignals signals = data.read();
            TrainingMethod.Result trained = way.train(task, signals);
            TrainedFile file = TrainedFile.write(way, task, signals, trained, output);
            TrainingReport told = new TrainingReport(method.name().toLowerCase(Locale.ROOT), trained, file,
                    (System.nanoTime() - start) / 1e9);
            file.result().ifPresent(result -> result.remarks().forEach(remark -> report.note("reluctor: %s", remark)));
            report.result(told.json(output));
            told.lines(output).forEach(line -> report.line("%s", line));
            return ExitStatus.OK;
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        } catch (DataFormatException wrong) {
            throw new Failure(ExitStatus.DATA, wrong.getMessage(), wrong);
        } catch (ArithmeticException singular) {
            throw new Failure(ExitStatus.DATA, "training failed: " + singular.getMessage(), singular);
        } catch (IOException failed) {
            throw new Failure(ExitStatus.CANNOT_CREATE, output + ": cannot be written: " + failed.getMessage(), failed);
        }
    }

    private TrainingMethod way() {
        return switch (method) {
            case ADAM -> new GradientMethod(gradients, batch);
            case AL -> new UnrectifiedMethod(unrectified, samples, gradients, batch);
            case CONVEX -> new ConvexMethod(convex, samples);
            case ANALYTIC -> new AnalyticMethod(analytic);
        };
    }

    /** What can be said before minutes of reading and training, not after them. */
    private void check(TrainingMethod way, TrainingTask task) {
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            Class<?> owner = given.userObject() instanceof Field field ? field.getDeclaringClass() : null;
            if (!OWNERS.getOrDefault(owner, List.of(method)).contains(method)) {
                throw new IllegalArgumentException(given.longestName() + " goes with --method "
                        + OWNERS.get(owner).get(0).name().toLowerCase(Locale.ROOT));
            }
        }
        if (version < 0) {
            throw new IllegalArgumentException("--model-version: " + version + " is out of range; must be 0 or more");
        }
        sensor.check();
        budget.check();
        InputFiles.requireCreatable(output);
        way.check(task);
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
    }
}
