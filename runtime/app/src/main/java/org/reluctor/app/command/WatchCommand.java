package org.reluctor.app.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.terminal.BraillePlot;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A subscriber: counts signals and draws the latest. */
@Command(name = "watch", mixinStandardHelpOptions = true,
        description = "Subscribe to signals, draw them, and count what is lost or comes twice.",
        footer = {"", "Examples:", "  reluctor watch --sensor plant/+",
            "  reluctor watch --until 1000 --timeout 60 --json",
            "Lost is counted between the first and the last signal of each sensor; latency is from the frame's",
            "receipt to the signal's encoding, as the signals tell it.",
            "Exit status 69 where fewer than --until arrive before the end."})
public final class WatchCommand implements Subcommand {
    private static final int MAX_SIGNAL_BYTES = 64 << 20;
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final int PLOT_COLUMNS = 76;
    private static final int PLOT_ROWS = 8;
    private static final int END_SECONDS = 5;

    @Mixin
    private BrokerLine broker;

    @Option(names = "--sensor", defaultValue = "+/+", paramLabel = "SITE/SENSOR",
            description = "+ in place of either for any. Default: ${DEFAULT-VALUE}")
    private String sensor;

    @Option(names = "--until", defaultValue = "0", paramLabel = "N", description = "End after N signals; 0: Ctrl-C.")
    private long until;

    @Option(names = "--timeout", defaultValue = "0", paramLabel = "S", description = "End after S seconds; 0: never.")
    private long timeoutSeconds;

    @Option(names = "--no-plot", description = "Draw nothing; only the figures at the end.")
    private boolean noPlot;

    @Mixin
    private CommandOutput output;

    private final SignalTally tally = new SignalTally();
    private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(1024);
    private long unreadable;
    private long drawn;
    private Optional<ConnectFailure> lost = Optional.empty();

    /** Made by ServiceLoader. */
    public WatchCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() throws InterruptedException {
        PositiveNumber.requireOrZero("--until", until);
        PositiveNumber.requireOrZero("--timeout", timeoutSeconds);
        Topics topics = broker.topics();
        String filter = topics.signal(filter());
        try (Interruption interruption = new Interruption(END_SECONDS)) {
            return interruption.endWith(watch(filter, interruption));
        }
    }

    private int watch(String filter, Interruption interruption) throws InterruptedException {
        try (SignalLink link = SignalLink.open(broker.options("watch"), List.of(filter), this::take)) {
            if (!link.awaitConnected(broker.connectTimeout())) {
                throw broker.failure(link.lastFailure());
            }
            output.note("watching %s", filter);
            boolean enough = listen(link, interruption);
            report();
            return enough ? ExitStatus.OK : ExitStatus.UNAVAILABLE;
        }
    }

    private String filter() {
        try {
            return Topics.checkSensorFilter(sensor);
        } catch (IllegalArgumentException exception) {
            throw new Failure(ExitStatus.USAGE, "--sensor: " + exception.getMessage(), exception);
        }
    }

    /** On the client's thread; waiting here makes the broker wait, too. */
    private void take(String topic, byte[] payload) {
        try {
            arrived.put(payload);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean listen(SignalLink link, Interruption interruption) throws InterruptedException {
        SignalReader reader = new SignalReader(MAX_SIGNAL_BYTES);
        long end = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        while (until == 0 || tally.received() < until) {
            boolean late = timeoutSeconds > 0 && System.nanoTime() - end > 0;
            if (late || interruption.told()) {
                return until == 0;
            }
            tellLoss(link.lastFailure());
            byte[] payload = arrived.poll(100, TimeUnit.MILLISECONDS);
            if (payload != null) {
                read(reader, payload);
            }
        }
        return true;
    }

    /** Signals that come while there is no connection are missed: the session ends with the connection. */
    private void tellLoss(Optional<ConnectFailure> now) {
        if (now.isPresent() != lost.isPresent()) {
            output.note("reluctor: %s", now.map(why -> BrokerLine.wordsOf(why)
                    + "; tried again until it answers, and signals meanwhile are missed").orElse("connected again"));
        }
        lost = now;
    }

    private void read(SignalReader reader, byte[] payload) {
        try {
            Signal signal = reader.read(payload);
            if (tally.add(signal) && !noPlot && !output.isJson()) {
                draw(signal);
            }
        } catch (SignalFormatException exception) {
            unreadable++;
            output.note("reluctor: not a signal: %s", exception.getMessage());
        }
    }

    private void draw(Signal signal) {
        long now = System.nanoTime();
        boolean first = drawn == 0;
        if (!first && now - drawn < REDRAW_NANOS) {
            return;
        }
        drawn = now;
        boolean terminal = System.console() != null;
        if (terminal && !first) {
            // Back to where the last drawing began.
            output.out().printf("\033[%dA", PLOT_ROWS + 1);
        }
        output.line("%s %d/%d  residual %.3f%s  %d us  received %d  lost %d  twice %d\033[K", signal.sensor(),
                signal.boot(), signal.seq(), signal.residual(), errorBound(signal), signal.latencyMicros(),
                tally.received(), tally.lost(), tally.duplicated());
        for (String line : BraillePlot.draw(signal.x(), 0, signal.n(), PLOT_COLUMNS, PLOT_ROWS)) {
            output.line("%s", line);
        }
    }

    private static String errorBound(Signal signal) {
        return Float.isNaN(signal.errorBound()) ? ""
                : String.format(Locale.ROOT, "  error <= %.3g %s (95 %%)", signal.errorBound(), signal.unit());
    }

    private void report() {
        output.line("received %d, lost %d, twice %d, not signals %d; latency p50 %d us, p99 %d us", tally.received(),
                tally.lost(), tally.duplicated(), unreadable, tally.latencyMicros(50), tally.latencyMicros(99));
        output.result(JsonText.map("received", tally.received(), "lost", tally.lost(),
                "duplicated", tally.duplicated(), "latencyP50Us", tally.latencyMicros(50),
                "latencyP99Us", tally.latencyMicros(99)));
    }
}
