package org.reluctor.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.inference.Inference;
import org.reluctor.app.inference.ReferenceInference;
import org.reluctor.app.json.JsonText;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Npy;
import org.reluctor.network.RecoveryNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recovers the signals of measurements in a file. */
@Command(name = "infer", mixinStandardHelpOptions = true,
        description = "Recover the signals of measurements in a .npy file.",
        footer = {"", "Examples:", "  reluctor infer --model M.onnx --input y.npy --output x.npy",
            "  reluctor infer --model M.onnx --input y.npy --output x64.npy --reference   float64, no device",
            "The input is [frames, channels*m] or one frame [channels*m], in the unit of the measurements;",
            "the output is [frames, channels*n], float32."})
public final class InferCommand implements Subcommand {
    /** What one .npy file is written with: 2 GiB of float32. */
    private static final long MOST_SAMPLES = Integer.MAX_VALUE / Float.BYTES;

    @Option(names = {"-m", "--model"}, required = true, paramLabel = "FILE", description = "The network, ONNX.")
    private Path model;

    @Option(names = {"-i", "--input"}, required = true, paramLabel = "FILE", description = "Measurements, .npy.")
    private Path input;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "FILE", description = "Signals, .npy.")
    private Path result;

    @Option(names = "--batch", defaultValue = "64", paramLabel = "N",
            description = "Most frames computed together. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--reference", description = "Compute in float64 without a device: the arithmetic specification.")
    private boolean reference;

    @Mixin
    private ModelShape shape;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommandOutput output;

    @Spec
    private CommandSpec spec;

    /** Made by ServiceLoader. */
    public InferCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() throws IOException {
        PositiveNumber.require("--batch", batch, 4096);
        if (reference) {
            new GivenOptions(spec).refuse("does not go with --reference: no device computes then",
                    DeviceOptions.NAMES);
        }
        RecoveryNetwork network = shape.network(model);
        Npy.FloatArray y = Npy.read(InputFiles.require(input));
        int frames = framesOf(y, network.metadata());
        InputFiles.requireCreatable(result);
        try (Inference inference = open(network, frames)) {
            long begin = System.nanoTime();
            float[] x = inference.recover(y.data(), frames);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Npy.write(result, x, frames, x.length / frames);
            output.line("%d frames in %.3f s on %s, %s weights, to %s", frames, seconds, inference.device(),
                    inference.weights(), result);
            output.result(JsonText.map("frames", frames, "seconds", seconds, "device", inference.device(),
                    "weights", inference.weights()));
        }
        return ExitStatus.OK;
    }

    private Inference open(RecoveryNetwork network, int frames) {
        return reference ? new ReferenceInference(network)
                : device.inference(network, Math.min(batch, frames));
    }

    private int framesOf(Npy.FloatArray y, NetworkMetadata metadata) {
        int perFrame = metadata.m() * metadata.channels();
        int[] shape = y.shape();
        boolean one = shape.length == 1 && shape[0] == perFrame;
        boolean many = shape.length >= 2 && shape[0] > 0 && y.data().length == (long) shape[0] * perFrame;
        if (!one && !many) {
            throw new Failure(ExitStatus.DATA, input + ": its shape is " + Arrays.toString(shape) + "; " + model
                    + " takes [frames, " + perFrame + "] (" + metadata.channels() + " channel(s) of " + metadata.m()
                    + " measurements)");
        }
        int frames = one ? 1 : shape[0];
        long samples = (long) frames * metadata.n() * metadata.channels();
        if (samples > MOST_SAMPLES) {
            throw new Failure(ExitStatus.DATA, input + ": its " + frames + " frames would give " + samples
                    + " samples; one file holds at most " + MOST_SAMPLES + ": split the input");
        }
        return frames;
    }
}
