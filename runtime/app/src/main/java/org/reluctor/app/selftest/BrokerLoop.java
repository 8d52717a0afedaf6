package org.reluctor.app.selftest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.ConfigurationReader;
import org.reluctor.app.gateway.GatewayProcess;
import org.reluctor.app.logging.Logging;
import org.reluctor.app.recovery.DeviceRecoveries;
import org.reluctor.app.simulation.FrameSource;
import org.reluctor.app.simulation.SyntheticPulse;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;

/**
 * A sensor, this gateway and a subscriber around a broker that is there, under topics of their own: one frame at a time
 * goes out and must come back as a signal. One thread uses it.
 */
public final class BrokerLoop {
    private static final String NAME = "loop through the broker";
    private static final String SENSOR = "selftest/loop";
    private static final int FRAMES = 100;
    private static final int WARM_UP = 20;
    private static final double RATE_HZ = 360;
    private static final int MOST_SIGNAL_BYTES = 1 << 22;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** So many times that long where nothing has failed yet: on a slow board the first attempt takes longer. */
    private static final int MOST_WAITS = 10;
    private static final long ANSWER_SECONDS = 10;

    private final String root = "reluctor-selftest/" + Long.toHexString(System.nanoTime());
    private final Topics topics = new Topics(root);
    private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
    private final SignalReader reader = new SignalReader(MOST_SIGNAL_BYTES);
    private final Histogram micros = new Histogram(3);
    private final Configuration configuration;
    private final BrokerOptions subscriber;
    private final BrokerOptions publisher;
    private final MeasurementMatrix matrix;

    /**
     * @param subscriber options of a client
     * @param publisher  options of another
     * @param settings   of the gateway, by path: broker and device
     * @param model      the network that it serves
     * @param matrix     that network's Φ
     */
    public BrokerLoop(BrokerOptions subscriber, BrokerOptions publisher, Map<String, String> settings, Path model,
            MeasurementMatrix matrix) {
        this.subscriber = subscriber;
        this.publisher = publisher;
        this.matrix = matrix;
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.putAll(Map.of("instance", "selftest-" + ProcessHandle.current().pid(), "site", "selftest",
                "topics.root", root, "broker.sessionExpirySeconds", "1", "networks[0].file",
                model.toAbsolutePath().toString(), "networks[0].sensors", SENSOR, "http.enabled", "false",
                "log.level", "warn"));
        this.configuration = ConfigurationReader.of(all, Path.of(""));
    }

    /** Sends and waits for each frame; left out where no broker answers. */
    public Check check() throws InterruptedException {
        Logging.start(configuration.log());
        try (SignalLink signals = SignalLink.open(subscriber, List.of(topics.signal(SENSOR)),
                (topic, payload) -> arrived.add(payload))) {
            if (!isConnected(signals)) {
                return Check.skipped(NAME, signals.lastFailure().map(why -> why.message())
                        .orElse("no broker answered") + "; apt-get install mosquitto, or --broker");
            }
            return withGateway();
        }
    }

    private static boolean isConnected(SignalLink signals) throws InterruptedException {
        boolean connected = signals.awaitConnected(CONNECT);
        for (int waits = 1; !connected && signals.lastFailure().isEmpty() && waits < MOST_WAITS; waits++) {
            connected = signals.awaitConnected(CONNECT);
        }
        return connected;
    }

    private Check withGateway() throws InterruptedException {
        try (GatewayProcess gateway = GatewayProcess.start(configuration, DeviceRecoveries::open, StreamEvents.NONE);
                SensorLink frames = SensorLink.open(publisher, topics)) {
            gateway.awaitOnline();
            Check check = exchange(frames);
            gateway.drain();
            return check;
        } catch (Failure failure) {
            return Check.of(false, NAME, failure.getMessage());
        }
    }

    private Check exchange(SensorLink frames) throws InterruptedException {
        FrameSource source = new FrameSource(SENSOR, new SyntheticPulse(RATE_HZ, 1), matrix, RATE_HZ,
                Instant.now().getEpochSecond(), true);
        for (int seq = 0; seq < WARM_UP + FRAMES; seq++) {
            byte[] frame = source.next(0);
            long begin = System.nanoTime();
            frames.publish(SENSOR, frame);
            String fault = await(seq);
            if (!fault.isEmpty()) {
                return Check.of(false, NAME, fault);
            }
            if (seq >= WARM_UP) {
                micros.recordValue((System.nanoTime() - begin) / 1000);
            }
        }
        return Check.of(true, NAME, String.format(Locale.ROOT, "%d frames, each back as its signal; p50 %d us, p99 %d"
                + " us", FRAMES, micros.getValueAtPercentile(50), micros.getValueAtPercentile(99)));
    }

    private String await(int seq) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        for (byte[] payload = take(end); payload != null; payload = take(end)) {
            try {
                Signal signal = reader.read(payload);
                if (signal.seq() == seq) {
                    return signal.n() == matrix.columns() ? "" : "signal " + seq + " has " + signal.n() + " samples";
                }
            } catch (SignalFormatException e) {
                return "signal " + seq + " cannot be read: " + e.getMessage();
            }
        }
        return "frame " + seq + " did not come back within " + ANSWER_SECONDS + " s";
    }

    private byte[] take(long end) throws InterruptedException {
        return arrived.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
