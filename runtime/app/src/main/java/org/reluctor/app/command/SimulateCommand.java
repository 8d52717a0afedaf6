package org.reluctor.app.command;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.simulation.FrameSource;
import org.reluctor.app.simulation.SignalSource;
import org.reluctor.app.simulation.SyntheticPulse;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.authentication.SensorKeyException;
import org.reluctor.stream.authentication.SensorKeys;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.codec.Mac0Writer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A sensor made of software: measures a signal and publishes frames. */
@Command(name = "simulate", mixinStandardHelpOptions = true,
        description = "Be a sensor: measure a signal and publish compressive frames.",
        footer = {"", "Examples:", "  reluctor simulate --model config/models/ecg-256x64-ista.onnx --count 100",
            "  reluctor simulate --sensor plant/pump-7 --signal vibration.npy --sample-rate 25600 --rate 0",
            "  reluctor simulate --model config/models/ecg-256x64-ista.onnx --held-out 16",
            "--rate 0 publishes as fast as the broker confirms; without --rate frames come as their samples would."})
public final class SimulateCommand implements Subcommand {
    private static final Duration FLUSH = Duration.ofSeconds(30);
    private static final Duration FLUSH_TOLD = Duration.ofSeconds(3);
    private static final int END_SECONDS = 8;
    /** How soon a wait notices that it is to end. */
    private static final long SLICE_NANOS = 100_000_000;
    private static final double LEAST_SAMPLE_RATE_HZ = 0.001;
    private static final double MOST_SAMPLE_RATE_HZ = 1e12;
    private static final double MOST_RATE = 1e9;

    @Mixin
    private BrokerLine broker;

    @Option(names = "--sensor", defaultValue = "local/simulated", paramLabel = "SITE/SENSOR",
            description = "Default: ${DEFAULT-VALUE}")
    private String sensor;

    @Mixin
    private MatrixOptions matrixOptions;

    @Option(names = "--signal", paramLabel = "FILE",
            description = "Samples, .npy, over and over. Default: a synthetic electrocardiogram in mV")
    private Path signal;

    @Option(names = "--sample-rate", defaultValue = "360", paramLabel = "HZ",
            description = "Samples a second. Default: ${DEFAULT-VALUE}")
    private double sampleRateHz;

    @Option(names = "--rate", paramLabel = "FRAMES/S", description = "Frames a second; 0: as fast as possible.")
    private Double rate;

    @Option(names = "--count", defaultValue = "0", paramLabel = "N", description = "Frames to send; 0: until Ctrl-C.")
    private long count;

    @Option(names = "--boot", paramLabel = "B",
            description = "Boot number, which must grow at every start. Default: seconds since 1970")
    private Long boot;

    @Option(names = "--key", paramLabel = "FILE",
            description = "Key of this sensor, 64 hexadecimal digits: frames go out in authenticated envelopes.")
    private Path keyFile;

    @Option(names = "--float32", description = "Send measurements as float32 instead of scaled 16-bit integers.")
    private boolean floats;

    @Option(names = "--held-out", defaultValue = "0", paramLabel = "R",
            description = "Send R measurements that no network sees, too, by which the gateway bounds the error of"
                    + " every signal; 16 give a bound of 1.4 times the error. Default: ${DEFAULT-VALUE}")
    private int heldOut;

    @Mixin
    private CommandOutput output;

    private final Mac0Writer envelopes = new Mac0Writer();
    private UnaryOperator<byte[]> envelope;

    /** Made by ServiceLoader. */
    public SimulateCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() throws InterruptedException {
        checkNumbers();
        requireSensor(sensor);
        MeasurementMatrix matrix = matrixOptions.matrix();
        SignalSource source = signal == null ? new SyntheticPulse(sampleRateHz, matrixOptions.seed())
                : SignalSource.ofFile(InputFiles.require(signal));
        FrameSource frames = new FrameSource(sensor, source, matrix, sampleRateHz,
                boot == null ? Instant.now().getEpochSecond() : boot, floats)
                .heldOut(heldOut, matrixOptions.seed());
        FrameKey key = keyFile == null ? null : key(keyFile);
        envelope = key == null ? frame -> frame : frame -> envelopes.write(frame, sensor, key);
        try (Interruption interruption = new Interruption(END_SECONDS)) {
            return interruption.endWith(simulate(frames, matrix, interruption));
        }
    }

    private void checkNumbers() {
        checkRange("--sample-rate", sampleRateHz, LEAST_SAMPLE_RATE_HZ, MOST_SAMPLE_RATE_HZ);
        checkRange("--rate", rate == null ? 0 : rate, 0, MOST_RATE);
        PositiveNumber.requireOrZero("--count", count);
        PositiveNumber.requireOrZero("--boot", boot == null ? 0 : boot);
        if (heldOut != 0) {
            PositiveNumber.require("--held-out", heldOut, FrameLimits.MOST_HELD_OUT_ROWS);
        }
    }

    private static void checkRange(String option, double number, double least, double most) {
        if (!(number >= least && number <= most)) {
            throw new Failure(ExitStatus.USAGE, option + ": " + number + " is out of range; must be " + least + " to "
                    + most);
        }
    }

    private int simulate(FrameSource frames, MeasurementMatrix matrix, Interruption interruption)
            throws InterruptedException {
        try (SensorLink link = SensorLink.open(broker.options("simulate"), broker.topics())) {
            if (!link.awaitConnected(broker.connectTimeout())) {
                throw broker.failure(link.lastFailure());
            }
            output.note("publishing to %s, matrix %s (%dx%d)", broker.topics().frame(sensor), matrix.id(),
                    matrix.rows(), matrix.columns());
            long begin = System.nanoTime();
            publish(link, frames, interruption);
            boolean confirmed = link.flush(interruption.told() ? FLUSH_TOLD : FLUSH);
            report(link, frames, (System.nanoTime() - begin) / 1e9);
            return confirmed && link.refused() == 0 ? ExitStatus.OK : ExitStatus.UNAVAILABLE;
        }
    }

    private void publish(SensorLink link, FrameSource frames, Interruption interruption)
            throws InterruptedException {
        Instant start = Instant.now();
        long startNanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
        double pauseNanos = rate == null ? frames.windowNanos() : rate == 0 ? 0 : 1e9 / rate;
        long begin = System.nanoTime();
        while (!interruption.told() && (count == 0 || frames.count() < count)) {
            long due = begin + (long) (frames.count() * pauseNanos);
            long wait = Math.min(due - System.nanoTime(), SLICE_NANOS);
            if (wait > 0) {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            }
            if (wait < SLICE_NANOS) {
                link.publish(sensor, envelope.apply(frames.next(startNanos)));
            }
        }
    }

    private void report(SensorLink link, FrameSource frames, double seconds) {
        if (frames.clipped() > 0) {
            output.note("reluctor: warning: %d measurements were beyond 16 bit; send --float32", frames.clipped());
        }
        output.line("%d frames sent, %d confirmed, %d refused, in %.1f s", frames.count(), link.confirmed(),
                link.refused(), seconds);
        output.result(JsonText.map("sent", frames.count(), "confirmed", link.confirmed(), "refused", link.refused(),
                "seconds", seconds));
    }

    private static FrameKey key(Path file) {
        try {
            return SensorKeys.read(InputFiles.require(file));
        } catch (SensorKeyException | NoSuchFileException exception) {
            throw new Failure(ExitStatus.CREDENTIALS, "--key: " + exception.getMessage(), exception);
        }
    }

    private static void requireSensor(String name) {
        int slash = name.indexOf('/');
        boolean right = slash > 0 && Topics.isName(name.substring(0, slash))
                && Topics.isName(name.substring(slash + 1));
        if (!right) {
            throw new Failure(ExitStatus.USAGE, "--sensor: \"" + name + "\" is no sensor; must be site/sensor, each 1"
                    + " to 64 of A-Z a-z 0-9 . _ -, not beginning with _, and not . or ..");
        }
    }
}
