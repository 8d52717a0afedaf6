package org.reluctor.learn.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.CommandOutput;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.command.Subcommand;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.Recording;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.evaluation.CoefficientBox;
import org.reluctor.network.Npy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reluctor signal-class}: recordings in, the class of signals out for which {@code certify} proves bounds. */
@Command(name = "signal-class", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Describes recordings as a class of signals for certify: the principal components of their"
                + " windows as a basis, and for each the least and largest coefficient that occurs. Every window that"
                + " was read lies in the class.",
        footer = {"", "Example:",
            "  reluctor signal-class --data mitbih --exclude 103,208 --basis basis.npy --coefficients box.npy"})
public final class SignalClassCommand implements Subcommand {
    @Mixin
    private DataOptions data;

    @Option(names = "--window", paramLabel = "N", defaultValue = "256",
            description = "Samples of a window (default ${DEFAULT-VALUE}).")
    private int window;

    @Option(names = "--stride", paramLabel = "K", defaultValue = "1",
            description = "Every K-th window (default ${DEFAULT-VALUE}).")
    private int stride;

    @Option(names = "--basis", required = true, paramLabel = "FILE", description = "Receives the basis, .npy, [N, N].")
    private Path basis;

    @Option(names = "--coefficients", required = true, paramLabel = "FILE",
            description = "Receives the coefficients' bounds, .npy, [2, N], the lower ones first.")
    private Path coefficients;

    @Mixin
    private CommandOutput output;

    /** Made by ServiceLoader. */
    public SignalClassCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        if (window < 1 || window > 4096 || stride < 1) {
            throw new Failure(ExitStatus.USAGE, "--window: " + window + ", --stride: " + stride
                    + "; a window has 1 to 4096 samples, and the stride is 1 or more");
        }
        InputFiles.requireCreatable(basis);
        InputFiles.requireCreatable(coefficients);
        data.open(List.of());
        List<double[]> all = new ArrayList<>();
        List<String> names = List.copyOf(data.subjects().keySet());
        for (String name : names) {
            for (Recording recording : data.recordings(name)) {
                all.add(Windows.of(recording, 0, window, stride).samples());
            }
        }
        if (all.stream().mapToInt(some -> some.length).sum() == 0) {
            throw new DataFormatException(data.place() + ": no whole window of " + window + " samples; must hold some");
        }
        double[] samples = all.stream().flatMapToDouble(Arrays::stream).toArray();
        CoefficientBox box = CoefficientBox.of(samples, window);
        write(basis, box.basis(), window, window);
        write(coefficients, box.bounds(), 2, window);
        int windows = samples.length / window;
        output.line("%d windows of %d records: %s, %s", windows, names.size(), basis, coefficients);
        output.result(JsonText.map("records", names, "windows", windows, "samples", window, "basis", basis.toString(),
                "coefficients", coefficients.toString()));
        return ExitStatus.OK;
    }

    private static void write(Path file, float[] values, int rows, int columns) {
        try {
            Npy.write(file, values, rows, columns);
        } catch (IOException failed) {
            throw new Failure(ExitStatus.CANNOT_CREATE, file + ": cannot be written", failed);
        }
    }
}
