package org.reluctor.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.inference.DeviceInference;
import org.reluctor.app.inference.EngineTiming;
import org.reluctor.app.json.JsonText;
import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times a network on a device. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Time a network on a device, and compare its result with the float64 reference.",
        footer = {"", "Examples:", "  reluctor bench --model M.onnx --batch 1,64",
            "  reluctor bench --model M.onnx --batch 1 --seconds 10 --json",
            "With --json, the keys tell of the first batch size; rows tells of all."})
public final class BenchCommand implements Subcommand {
    @Option(names = {"-m", "--model"}, required = true, paramLabel = "FILE", description = "The network, ONNX.")
    private Path model;

    @Option(names = "--batch", split = ",", defaultValue = "1,64", paramLabel = "N",
            description = "Batch sizes. Default: ${DEFAULT-VALUE}")
    private List<Integer> batches;

    @Option(names = "--seconds", defaultValue = "3", paramLabel = "S",
            description = "Time for each batch size. Default: ${DEFAULT-VALUE}")
    private double seconds;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommandOutput output;

    /** Made by ServiceLoader. */
    public BenchCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        batches.forEach(batch -> PositiveNumber.require("--batch", batch, 4096));
        PositiveNumber.require("--seconds", seconds);
        RecoveryNetwork network = InputFiles.network(model);
        try (DeviceInference inference = DeviceInference.open(network, device.open(), Collections.max(batches))) {
            output.line("%s on %s, %s weights", network.name(), inference.device(), inference.weights());
            output.line("%6s %12s %12s %14s %10s %10s %10s", "batch", "median us", "p99 us", "frames/s", "GFLOP/s",
                    "GB/s", "error l2");
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int batch : batches) {
                rows.add(row(inference.engine(), batch));
            }
            Map<String, Object> result = JsonText.map("model", network.name(), "device", inference.device(),
                    "weights", inference.weights());
            result.putAll(rows.get(0));
            result.put("rows", rows);
            output.result(result);
        }
        return ExitStatus.OK;
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
