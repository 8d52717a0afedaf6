package org.reluctor.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.json.JsonText;
import org.reluctor.engine.Engine;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Node;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a network file holds. */
@Command(name = "inspect", mixinStandardHelpOptions = true,
        description = "Tell what a network file holds: shapes, measurement matrix, operators, origin.",
        footer = {"", "Examples:", "  reluctor inspect config/models/ecg-256x64-ista.onnx",
            "  reluctor inspect MODEL --plan --batch 64   what the device would execute"})
public final class InspectCommand implements Subcommand {
    @Parameters(index = "0", paramLabel = "MODEL", description = "The network, ONNX.")
    private Path model;

    @Option(names = "--plan", description = "Also open the device and list what it would execute.")
    private boolean plan;

    @Option(names = "--batch", defaultValue = "1", paramLabel = "N",
            description = "Frames computed together, for --plan. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommandOutput output;

    /** Made by ServiceLoader. */
    public InspectCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        PositiveNumber.require("--batch", batch, 4096);
        RecoveryNetwork network = InputFiles.network(model);
        Map<String, Object> result = describe(network);
        if (!output.isJson()) {
            result.forEach(this::print);
        }
        if (plan) {
            List<String> steps = planOf(network);
            result.put("plan", steps);
            output.line("plan for batches of %d", batch);
            steps.forEach(step -> output.line("  %s", step));
        }
        output.result(result);
        return ExitStatus.OK;
    }

    private void print(String key, Object value) {
        boolean empty = value == null || value.toString().isEmpty() || value.equals(Double.NaN);
        output.line("%-14s %s", key, empty ? "-" : value);
    }

    private Map<String, Object> describe(RecoveryNetwork network) {
        NetworkMetadata metadata = network.metadata();
        return JsonText.map("name", network.name(), "file", model.toString(), "sha256", network.sha256(),
                "model", String.format("%016x", network.modelId()),
                "n", metadata.n(), "m", metadata.m(), "channels", metadata.channels(),
                "input", network.input().toString(),
                "outputs", network.outputs().stream().map(Value::toString).toList(),
                "matrix", network.matrix().map(InspectCommand::kindOf).orElse(null),
                "matrixId", metadata.matrixId(),
                "nodes", network.nodes().size(), "operators", operators(network),
                "parameters", parameters(network),
                "sampleRateHz", metadata.sampleRateHz(), "unit", metadata.unit(),
                "inputScale", metadata.inputScale(), "outputScale", metadata.outputScale(),
                "outputOffset", metadata.outputOffset(), "version", metadata.version(),
                "trainedBy", metadata.trainedBy(), "trainedOn", metadata.trainedOn(), "figures", metadata.figures());
    }

    private static String kindOf(MeasurementMatrix matrix) {
        String kind = matrix.isSparseBinary() ? "sparse binary, " + matrix.onesPerColumn() + " ones a column"
                : "dense";
        return matrix.rows() + "x" + matrix.columns() + " " + kind;
    }

    private static Map<String, Long> operators(RecoveryNetwork network) {
        return network.nodes().stream().map(Node::operator)
                .collect(Collectors.groupingBy(operator -> operator.onnxName(), TreeMap::new, Collectors.counting()));
    }

    /** Float constants, each counted once however often it is used. */
    private static long parameters(RecoveryNetwork network) {
        Stream<Value> values = network.nodes().stream().flatMap(node -> node.inputs().stream());
        return values.filter(value -> value != null && value.floats() != null).distinct()
                .mapToLong(value -> value.floats().length).sum();
    }

    private List<String> planOf(RecoveryNetwork network) {
        try (OpenDevice opened = device.open(); Engine engine = opened.engine(network, batch)) {
            return engine.describe(batch);
        }
    }
}
