package org.reluctor.certify.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.CommandOutput;
import org.reluctor.app.command.DeviceOptions;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.certificate.Certificate;
import org.reluctor.certify.graph.RefusedNetworkException;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.FrameStatement;
import org.reluctor.network.Npy;
import org.reluctor.network.RecoveryNetwork;
import picocli.CommandLine.Option;

/** Intervals of single frames: what is recovered while no measurement is off by more than a bound. */
final class FrameOptions {
    private static final double VACUOUS = 10;

    @Option(names = "--frame", paramLabel = "FILE",
            description = "Prove the interval of every sample recovered of these frames' measurements (.npy,"
                    + " [frames, m] or [m], in the unit of the measurements), each off by at most --noise.")
    private Path frames;

    @Option(names = "--time", description = "With --frame: time one frame, and the network's own inference of it.")
    private boolean timed;

    /** Whether frames are given. */
    boolean isAsked() {
        return frames != null;
    }

    /** Whether one frame is to be timed, too. */
    boolean isTimed() {
        return timed;
    }

    /**
     * Proves the intervals and reports them.
     *
     * @param file that receives them
     */
    int prove(RecoveryNetwork network, Execution execution, double noise, Optional<Path> file, DeviceOptions device,
            CommandOutput output) {
        final long start = System.nanoTime();
        List<double[]> all = frames(network);
        file.ifPresent(InputFiles::requireCreatable);
        List<Box> intervals = new ArrayList<>();
        try {
            FrameStatement statement = new FrameStatement(network, execution);
            all.forEach(y -> intervals.add(statement.interval(y, noise)));
            double seconds = (System.nanoTime() - start) / 1e9;
            file.ifPresent(target -> write(target, intervals));
            Map<String, Object> result = result(intervals, seconds, file);
            table(intervals, output);
            noteWhereVacuous(intervals, output);
            if (timed) {
                FrameTiming timing = FrameTiming.measure(statement, network, all.get(0), noise, device);
                output.line("%s", timing.line());
                result.putAll(timing.json());
            }
            output.result(result);
            return ExitStatus.OK;
        } catch (RefusedNetworkException | ArithmeticException refused) {
            throw new Failure(ExitStatus.DATA, network.name() + ": " + refused.getMessage(), refused);
        }
    }

    private List<double[]> frames(RecoveryNetwork network) {
        Npy.FloatArray array = Npy.read(InputFiles.require(frames));
        int size = Math.toIntExact(network.input().shape().frameElements());
        int[] shape = array.shape();
        boolean fits = shape.length == 1 || shape.length == 2;
        if (!fits || shape[shape.length - 1] != size || array.data().length == 0) {
            throw new Failure(ExitStatus.DATA, frames + ": its shape is " + Arrays.toString(shape)
                    + "; must be [frames, " + size + "] or [" + size + "]");
        }
        List<double[]> all = new ArrayList<>();
        for (int at = 0; at < array.data().length; at += size) {
            double[] y = new double[size];
            for (int i = 0; i < size; i++) {
                y[i] = array.data()[at + i];
                requireFinite(y[i], all.size(), i);
            }
            all.add(y);
        }
        return all;
    }

    private void requireFinite(double value, int frame, int at) {
        if (!Double.isFinite(value)) {
            throw new Failure(ExitStatus.DATA, frames + ": measurement " + at + " of frame " + frame + " is " + value
                    + "; must be finite");
        }
    }

    private static Map<String, Object> result(List<Box> intervals, double seconds, Optional<Path> file) {
        return JsonText.map("property", "frame", "method", FrameStatement.METHOD, "verdict", "proven",
                "low", intervals.stream().mapToDouble(Certificate::least).min().orElseThrow(),
                "high", intervals.stream().mapToDouble(Certificate::most).max().orElseThrow(),
                "seconds", seconds, "certificate", null, "intervals", file.map(Path::toString).orElse(null),
                "frames", intervals.stream().map(box -> JsonText.map("medianWidth", width(box, 0.5),
                        "widest", width(box, 1), "low", Arrays.stream(box.low()).boxed().toList(),
                        "high", Arrays.stream(box.high()).boxed().toList())).toList());
    }

    private static void table(List<Box> intervals, CommandOutput output) {
        output.line("%6s %12s %12s %14s %12s", "frame", "low", "high", "median width", "widest");
        for (int at = 0; at < intervals.size(); at++) {
            Box box = intervals.get(at);
            output.line("%6d %12.5g %12.5g %14.5g %12.5g", at, Certificate.least(box), Certificate.most(box),
                    width(box, 0.5), width(box, 1));
        }
    }

    /** Proven, but of no use: behind many convolutions what each layer may be off is multiplied by the next ones. */
    private static void noteWhereVacuous(List<Box> intervals, CommandOutput output) {
        for (int at = 0; at < intervals.size(); at++) {
            Box box = intervals.get(at);
            double largest = IntStream.range(0, box.size()).mapToDouble(i -> Math.abs(box.middle(i))).max().orElse(0);
            if (width(box, 0.5) > VACUOUS * largest) {
                output.note("frame %d: half of its intervals are more than %.0f times as wide as any sample is large:"
                        + " they say nothing about this network", at, VACUOUS);
            }
        }
    }

    private static double width(Box box, double quantile) {
        double[] widths = new double[box.size()];
        Arrays.setAll(widths, box::width);
        Arrays.sort(widths);
        return widths[(int) Math.round(quantile * (widths.length - 1))];
    }

    /** As float32, rounded outward. */
    private static void write(Path file, List<Box> intervals) {
        int size = intervals.get(0).size();
        float[] ends = new float[2 * size * intervals.size()];
        int at = 0;
        for (Box box : intervals) {
            for (double low : box.low()) {
                float rounded = (float) low;
                ends[at++] = rounded > low ? Math.nextDown(rounded) : rounded;
            }
            for (double high : box.high()) {
                float rounded = (float) high;
                ends[at++] = rounded < high ? Math.nextUp(rounded) : rounded;
            }
        }
        try {
            Npy.write(file, ends, intervals.size(), 2, size);
        } catch (IOException failed) {
            throw new Failure(ExitStatus.CANNOT_CREATE, file + ": cannot be written", failed);
        }
    }
}
