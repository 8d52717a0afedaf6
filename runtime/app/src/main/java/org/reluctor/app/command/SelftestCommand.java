package org.reluctor.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.board.BoardCheck;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.inference.EngineTiming;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.selftest.BrokerLoop;
import org.reluctor.app.selftest.Check;
import org.reluctor.app.selftest.OperatorTrial;
import org.reluctor.app.selftest.StoredVectors;
import org.reluctor.engine.Engine;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.WeightFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds an installed board against what it must compute, and writes a report that can be sent. */
@Command(name = "selftest", mixinStandardHelpOptions = true,
        description = "Check this board: every operator and the shipped networks against float64, latency, and a loop"
                + " through a broker where one answers.",
        footer = {"", "Examples:", "  reluctor selftest > report.txt",
            "  reluctor selftest --model mine.onnx --broker tcp://broker:1883 --json",
            "Where no device answers: reluctor devices --check tells why.",
            "Exit status: 0 nothing failed, 70 something did, and the board must not be relied on; 69 no device."})
public final class SelftestCommand implements Subcommand {
    private static final double MOST_SECONDS = 600;
    /** Those of pictures; an electrocardiogram's are smaller. */
    private static final long LARGE_BYTES = 2_000_000;

    @Option(names = {"-m", "--model"}, paramLabel = "FILE", description = "Check this network instead of the shipped"
            + " ones, against float64 as computed here. May be given several times.")
    private List<Path> models = List.of();

    @Option(names = "--models", paramLabel = "FOLDER", defaultValue = "${env:RELUCTOR_HOME:-.}/config/models",
            description = "The shipped networks. Default: config/models, here or under $RELUCTOR_HOME")
    private Path folder;

    @Option(names = "--vectors", paramLabel = "FOLDER",
            defaultValue = "${env:RELUCTOR_HOME:-.}/config/vectors/networks",
            description = "Their inputs and outputs in float64. Default: config/vectors/networks, likewise")
    private Path vectors;

    @Option(names = "--all", description = "Also the large ones of the shipped networks, whose kernels take a small"
            + " board minutes to compile.")
    private boolean all;

    @Option(names = "--write-vectors", description = "Write those files anew, as float64 gives them; check nothing.")
    private boolean writing;

    @Option(names = "--seconds", defaultValue = "2", paramLabel = "S",
            description = "Time for measuring latency. Default: ${DEFAULT-VALUE}")
    private double seconds;

    @Mixin
    private BrokerLine broker;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommandOutput output;

    private final List<Check> checks = new ArrayList<>();
    private EngineTiming timing;

    /** Made by ServiceLoader. */
    public SelftestCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PositiveNumber.require("--seconds", seconds, MOST_SECONDS);
        List<Path> files = files();
        if (writing) {
            return write(files);
        }
        String board = BoardCheck.ofThisBoard().board();
        output.line("reluctor %s, selftest of %s", Version.number(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        output.line("%s", board);
        String name;
        try (OpenDevice opened = device.open()) {
            name = opened.name();
            output.line("%s, %s, %s weights", name, opened.launching(), opened.weights());
            operators(opened);
            for (Path file : files) {
                network(opened, file, file.equals(files.get(0)));
            }
            opened.remember();
        }
        loop(files.get(0));
        return report(board, name);
    }

    /** The network that the shipped configuration serves comes first, so that latency and the loop are of it. */
    private List<Path> files() throws IOException {
        if (!models.isEmpty()) {
            return models.stream().map(InputFiles::require).toList();
        }
        try (Stream<Path> found = Files.list(folder)) {
            List<Path> files = found.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
            if (files.isEmpty()) {
                throw new Failure(ExitStatus.NO_INPUT, folder + ": has no networks (*.onnx); name one with --model");
            }
            return Stream.concat(files.stream().filter(file -> file.toString().endsWith("-ista.onnx")),
                    files.stream().filter(file -> !file.toString().endsWith("-ista.onnx"))).toList();
        }
    }

    private int write(List<Path> files) throws IOException {
        Files.createDirectories(vectors);
        for (Path file : files) {
            StoredVectors.computed(InputFiles.network(file)).write(vectors, stem(file));
            output.line("%s: written to %s", stem(file), vectors);
        }
        return ExitStatus.OK;
    }

    private void operators(OpenDevice opened) {
        if (device.isCompiled()) {
            add(Check.skipped("operators", "nothing is compiled where programs come from a file"));
            return;
        }
        try (DeviceSession uncached = opened.uncached()) {
            OperatorTrial trial = new OperatorTrial(uncached, opened.parameters().withWeights(WeightFormat.FLOAT32));
            for (Operator operator : OperatorTrial.operators()) {
                add(trial.check(operator));
            }
        }
    }

    private void network(OpenDevice opened, Path file, boolean first) throws IOException {
        if (!all && models.isEmpty() && Files.size(file) > LARGE_BYTES) {
            add(Check.skipped("network " + stem(file), "takes a small board minutes to compile; --all checks it, too"));
            return;
        }
        RecoveryNetwork network = InputFiles.network(file);
        StoredVectors stored = models.isEmpty() ? StoredVectors.of(network, vectors, stem(file))
                : StoredVectors.computed(network);
        try (Engine engine = opened.engine(network, stored.frames())) {
            add(stored.check(engine, "network " + stem(file), opened.parameters().weights()));
            if (first) {
                timing = EngineTiming.measure(engine, 1, seconds);
                output.line("        latency of a single frame of %s on the device: p50 %.0f us, p99 %.0f us",
                        stem(file), timing.medianUs(), timing.p99Us());
            }
        }
    }

    private void loop(Path model) throws InterruptedException {
        RecoveryNetwork network = InputFiles.network(model);
        if (network.matrix().isEmpty()) {
            add(Check.skipped("loop through the broker", stem(model) + " names no Φ for a sensor to measure with"));
            return;
        }
        Map<String, String> settings = broker.settings();
        settings.putAll(device.settings());
        add(new BrokerLoop(broker.options("selftest"), broker.options("selftest"), settings, model,
                network.matrix().get()).check());
    }

    private void add(Check check) {
        checks.add(check);
        output.line("%-7s %s: %s", check.verdict().word(), check.name(), check.text());
    }

    private int report(String board, String name) {
        long passed = count(Check.Verdict.PASSED);
        long failed = count(Check.Verdict.FAILED);
        long skipped = count(Check.Verdict.SKIPPED);
        output.line("%d passed, %d failed, %d skipped", passed, failed, skipped);
        output.result(JsonText.map("version", Version.number(), "board", board, "device", name, "passed", passed,
                "failed", failed, "skipped", skipped, "latencyP50Us", timing.medianUs(), "latencyP99Us",
                timing.p99Us(), "checks", checks.stream().map(Check::toMap).toList()));
        return failed == 0 ? ExitStatus.OK : ExitStatus.INTERNAL;
    }

    private long count(Check.Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).count();
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.onnx$", "");
    }
}
