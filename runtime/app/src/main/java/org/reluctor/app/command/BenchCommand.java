package org.reluctor.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.device.TuningFolder;
import org.reluctor.app.inference.DeviceInference;
import org.reluctor.app.inference.EngineTiming;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.tuning.BuiltInWorkloads;
import org.reluctor.app.tuning.TuningSearch;
import org.reluctor.app.tuning.Workload;
import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.tuning.LaunchParameters;
import org.reluctor.opencl.tuning.TuningTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times a network on a device, or finds how networks are launched best on it. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Time a network on a device, and compare its result with the float64 reference.",
        footer = {"", "Examples:", "  reluctor bench --model M.onnx --batch 1,64",
            "  reluctor bench --model M.onnx --batch 1 --seconds 10 --json",
            "  reluctor bench --tune                            launch parameters for this very device",
            "With --json, the keys tell of the first batch size; rows tells of all.",
            "What --tune finds is kept in the state folder, and used from there by run, infer and bench."})
public final class BenchCommand implements Subcommand {
    private static final double MOST_SECONDS = 86_400;
    /** Longest time from Ctrl-C to the end of the measurement under way. */
    private static final int MARGIN_SECONDS = 10;

    @Option(names = {"-m", "--model"}, paramLabel = "FILE",
            description = "The network, ONNX. With --tune may be left out: built-in ones are measured then.")
    private Path model;

    @Option(names = "--batch", split = ",", defaultValue = "1,64", paramLabel = "N",
            description = "Batch sizes. Default: ${DEFAULT-VALUE}")
    private List<Integer> batches;

    @Option(names = "--tune", description = "Find the launch parameters that are best on this device. Takes minutes.")
    private boolean tune;

    @Option(names = "--table", description = "With --tune: print the entry for the built-in table, keep nothing.")
    private boolean table;

    @Option(names = "--seconds", defaultValue = "3", paramLabel = "S",
            description = "Time for each batch size. Default: ${DEFAULT-VALUE}")
    private double seconds;

    @Mixin
    private ModelShape shape;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommandOutput output;

    @Spec
    private CommandSpec spec;

    /** Made by ServiceLoader. */
    public BenchCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() throws InterruptedException {
        batches.forEach(batch -> PositiveNumber.require("--batch", batch, 4096));
        PositiveNumber.require("--seconds", seconds, MOST_SECONDS);
        refuseWithoutEffect();
        if (model == null && !tune) {
            throw new Failure(ExitStatus.USAGE, "--model FILE is missing; without it there is only --tune");
        }
        if (tune && device.isCompiled()) {
            throw new Failure(ExitStatus.USAGE, "--tune compiles programs for every trial; leave --program out");
        }
        return tune ? tune() : time();
    }

    private void refuseWithoutEffect() {
        GivenOptions given = new GivenOptions(spec);
        if (!tune) {
            given.refuse("goes with --tune", "--table");
            return;
        }
        given.refuse("does not go with --tune, which measures until it is sure", "--seconds");
        if (model == null) {
            given.refuse("goes with --model: what is built in has its own", "--batch", "--shape");
        }
    }

    private int time() {
        RecoveryNetwork network = shape.network(model);
        OpenDevice opened = device.open();
        try (DeviceInference inference = DeviceInference.open(network, opened, Collections.max(batches))) {
            output.line("%s on %s, %s weights", network.name(), inference.device(), inference.weights());
            opened.tuning().file().ifPresent(file -> output.line("launch parameters from %s", file));
            output.line("%s", opened.launching());
            output.line("%6s %12s %12s %14s %10s %10s %10s", "batch", "median us", "p99 us", "frames/s", "GFLOP/s",
                    "GB/s", "error l2");
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int batch : batches) {
                rows.add(row(inference.engine(), batch));
            }
            Map<String, Object> result = JsonText.map("model", network.name(), "device", inference.device(),
                    "weights", inference.weights(), "callerThread", opened.isInCallingThread());
            result.putAll(rows.get(0));
            result.put("rows", rows);
            output.result(result);
        }
        return ExitStatus.OK;
    }

    private int tune() throws InterruptedException {
        List<Workload> workloads = workloads();
        try (OpenDevice opened = device.open(); Interruption interruption = new Interruption(MARGIN_SECONDS)) {
            Device on = opened.session().device();
            output.note("tuning %s over %d workloads; Ctrl-C leaves everything as it is", on, workloads.size());
            long begin = System.nanoTime();
            TuningSearch search = new TuningSearch(opened.session(), workloads, line -> output.note("  %s", line),
                    interruption::told);
            TuningSearch.Result result;
            try {
                result = search.run(LaunchParameters.of(on).withWeights(opened.parameters().weights()));
            } catch (InterruptedException e) {
                output.note("reluctor: interrupted; nothing was kept");
                return interruption.endWith(ExitStatus.INTERRUPTED);
            }
            Path file = table ? null : new TuningFolder(device.stateFolder()).keep(on, result.found());
            TuningReport.lines(result, output);
            output.line("%s", table ? "" : "kept in " + file);
            if (table) {
                TuningTable.entry(on, result.found()).lines().forEach(line -> output.line("%s", line));
            }
            output.result(TuningReport.json(result, opened.name(), (System.nanoTime() - begin) / 1e9, file));
            return interruption.endWith(ExitStatus.OK);
        }
    }

    private List<Workload> workloads() {
        if (model == null) {
            return BuiltInWorkloads.all();
        }
        RecoveryNetwork network = shape.network(model);
        return batches.stream().map(batch -> Workload.of(network, batch)).toList();
    }

    private Map<String, Object> row(Engine engine, int batch) {
        EngineTiming timing = EngineTiming.measure(engine, batch, seconds);
        double gflops = timing.gflops(engine);
        double gbytes = timing.gbytesPerSecond(engine);
        output.line("%6d %12.1f %12.1f %14.0f %10.2f %10.2f %10.2e", batch, timing.medianUs(), timing.p99Us(),
                timing.framesPerSecond(), gflops, gbytes, timing.errorL2());
        return JsonText.map("batch", batch, "medianUs", timing.medianUs(), "p99Us", timing.p99Us(),
                "framesPerSecond", timing.framesPerSecond(), "gflops", gflops, "gbytesPerSecond", gbytes,
                "errorL2", timing.errorL2());
    }
}
