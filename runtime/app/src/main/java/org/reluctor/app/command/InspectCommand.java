package org.reluctor.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.inference.ComparedBatch;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.trust.MinisignKeys;
import org.reluctor.app.trust.NetworkManifest;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.engine.Engine;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Provenance;
import org.reluctor.network.Node;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a network file holds. */
@Command(name = "inspect", mixinStandardHelpOptions = true,
        description = "Tell what a network file holds: shapes, measurement matrix, operators, origin.",
        footer = {"", "Examples:", "  reluctor inspect config/models/ecg-256x64-ista.onnx",
            "  reluctor inspect MODEL --plan --batch 64   what the device would execute",
            "  reluctor inspect MODEL --plan --weights int8   what such weights cost in exactness",
            "  reluctor inspect IMAGES.onnx --shape 1,256,256",
            "  reluctor inspect MODEL --public-key-file PUBLIC.pub   exit status 77 where it is not well signed"})
public final class InspectCommand implements Subcommand {
    @Parameters(index = "0", paramLabel = "MODEL", description = "The network, ONNX.")
    private Path model;

    @Option(names = "--plan",
            description = "Also open the device, list what it would execute, and tell its error against float64.")
    private boolean plan;

    @Option(names = "--batch", defaultValue = "1", paramLabel = "N",
            description = "Frames computed together, for --plan. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--public-key-file", paramLabel = "FILE",
            description = "Also verify that one of these keys (minisign -G) signed the network's manifest.")
    private Path publicKeys;

    @Mixin
    private ModelShape shape;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommandOutput output;

    @Spec
    private CommandSpec spec;

    /** Made by ServiceLoader. */
    public InspectCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        PositiveNumber.require("--batch", batch, 4096);
        if (!plan) {
            new GivenOptions(spec).refuse("goes with --plan", "--batch");
            new GivenOptions(spec).refuse("goes with --plan", DeviceOptions.NAMES);
        }
        SignedNetwork signed = publicKeys == null ? null
                : SignedNetwork.read(InputFiles.require(model), MinisignKeys.read(publicKeys));
        RecoveryNetwork network = signed == null ? shape.network(model) : signed.parse(shape.dims());
        Map<String, Object> result = describe(network);
        if (!output.isJson()) {
            result.forEach(this::print);
        }
        if (signed != null) {
            output.line("%-14s %s", "signed", signed.describe());
            result.put("signed", signature(signed));
        }
        if (plan) {
            Map<String, Object> planned = planOf(network);
            printPlan(planned);
            result.putAll(planned);
        }
        output.result(result);
        return ExitStatus.OK;
    }

    private static Map<String, Object> signature(SignedNetwork signed) {
        return JsonText.map("version", signed.manifest().version(), "key", signed.key(), "comment", signed.comment(),
                "certificate", signed.manifest().certificate().map(NetworkManifest.Part::file).orElse(null));
    }

    private void print(String key, Object value) {
        boolean empty = value == null || value.toString().isEmpty() || value.equals(Double.NaN);
        output.line("%-14s %s", key, empty ? "-" : value);
    }

    private Map<String, Object> describe(RecoveryNetwork network) {
        NetworkMetadata metadata = network.metadata();
        Provenance origin = metadata.provenance();
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
                "trainedBy", origin.by(), "trainedOn", origin.on(), "figures", origin.figures(),
                "trainedParameters", origin.parameters() == 0 ? Double.NaN : origin.parameters(),
                "trainedGap", origin.gap());
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

    /** What the device would execute, and what it makes of some frames against float64. */
    private Map<String, Object> planOf(RecoveryNetwork network) {
        try (OpenDevice opened = device.open(); Engine engine = opened.engine(network, batch)) {
            ComparedBatch frames = new ComparedBatch(engine, batch);
            frames.run();
            return JsonText.map("device", opened.name(), "weights", opened.weights(), "batch", batch,
                    "launches", engine.describeLaunches(batch), "tensorBytes", engine.tensorBytes(),
                    "constantBytes", engine.constantBytes(), "errorL2", frames.error(),
                    "plan", engine.describe(batch));
        }
    }

    private void printPlan(Map<String, Object> planned) {
        List<?> calls = (List<?>) planned.get("plan");
        output.line("plan for batches of %d on %s", batch, planned.get("device"));
        output.line("  %d call%s, %s", calls.size(), calls.size() == 1 ? "" : "s", planned.get("launches"));
        output.line("  %d bytes of tensors, %d bytes of constants, %s weights", planned.get("tensorBytes"),
                planned.get("constantBytes"), planned.get("weights"));
        output.line("  error against float64, relative l2: %.2e", planned.get("errorL2"));
        calls.forEach(call -> output.line("  %s", call));
    }
}
