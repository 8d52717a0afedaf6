package org.reluctor.app.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.Version;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.Secret;
import org.reluctor.app.exchange.NetworkExchanges;
import org.reluctor.app.http.HttpAnswer;
import org.reluctor.app.http.HttpRequest;
import org.reluctor.app.http.StatusServer;
import org.reluctor.app.metrics.MetricsPage;
import org.reluctor.app.metrics.StreamCounters;
import org.reluctor.app.page.GatewayPage;
import org.reluctor.app.page.Subject;
import org.reluctor.app.sparkplug.EdgeNode;
import org.reluctor.app.sparkplug.GatewayMetrics;
import org.reluctor.app.sparkplug.LatestSignals;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.GatewayStats;
import org.reluctor.stream.RecoveryException;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.command.CommandAction;
import org.tinylog.Logger;

/**
 * A gateway with everything around it: device, networks, stream, log, metrics and health. The command {@code run} and
 * the demonstration are two users of it. Safe for several threads.
 */
public final class GatewayProcess implements AutoCloseable {
    /** Of the device's timeout: a batch that takes longer makes the process look stuck. */
    private static final int STUCK_SHARE = 4;

    /** Of the stream's threads, whose rounds take microseconds; a board that swaps needs some patience. */
    private static final long MOST_ROUND_MILLIS = 10_000;

    /** How soon a wait notices that it is to end. */
    private static final Duration SLICE = Duration.ofMillis(200);

    private final Configuration configuration;
    private final ConfigurationReload reload;
    private final StreamCounters counters = new StreamCounters();
    private final PageRefusals pageRefusals = new PageRefusals();
    /** Null where it is not served. */
    private final GatewayPage page;
    private final StatusServer server;
    // Null until the device is open: the server answers before.
    private volatile Recoveries recoveries;
    private SensorAuthentication authentication;
    private GatewayCommands commands;
    /** Null before the networks are there, and where they cannot be exchanged. */
    private volatile NetworkExchanges exchanges;
    private volatile Gateway gateway;
    private final LatestSignals latestSignals;
    /** Null where the gateway is none. */
    private volatile EdgeNode edgeNode;
    private boolean closed;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Failure> failure = new AtomicReference<>();

    private GatewayProcess(Configuration configuration, Supplier<Configuration> again, Recoveries.Source source,
            StreamEvents observer) {
        this.configuration = configuration;
        this.page = configuration.http().enabled() && configuration.http().page() ? new GatewayPage(subject()) : null;
        this.latestSignals = new LatestSignals(configuration.sensors().limits().max());
        this.reload = new ConfigurationReload(configuration, again);
        // The port first: that it is taken is known at once, before the device costs time.
        this.server = configuration.http().enabled() ? openServer() : null;
        try {
            recoveries = source.open(configuration);
            recoveries.inUse();
            boolean fails = configuration.broker().atStart() == Configuration.AtStart.FAIL;
            StreamEvents events = new EventFan(listeners(fails, observer));
            authentication = SensorAuthentication.open(configuration);
            exchanges = recoveries.deployment().map(found -> NetworkExchanges.open(configuration, found)).orElse(null);
            commands = GatewayCommands.open(configuration, this::end,
                    moreCommands());
            gateway = Gateway.open(StreamOptions.gateway(configuration, device(), authentication.options(),
                    commands.options()), recoveries.routes(), events);
            edgeNode = StreamOptions.edgeNode(configuration).map(options -> EdgeNode.open(options, latestSignals,
                    () -> GatewayMetrics.of(gateway, device()), events)).orElse(null);
        } catch (RuntimeException exception) {
            closeAll();
            throw exception;
        }
    }

    /**
     * Opens port, device and networks and starts the stream's threads; returns before a broker is connected.
     *
     * @param source   of the networks on their device
     * @param observer told everything that happens in the stream, after log and metrics
     * @throws RuntimeException with a message for the operator, if something cannot be opened
     */
    public static GatewayProcess start(Configuration configuration, Recoveries.Source source, StreamEvents observer) {
        return new GatewayProcess(configuration, () -> configuration, source, observer);
    }

    /**
     * As {@link #start(Configuration, Recoveries.Source, StreamEvents)}; {@code again} reads the configuration anew.
     */
    public static GatewayProcess start(Configuration configuration, Supplier<Configuration> again,
            Recoveries.Source source, StreamEvents observer) {
        return new GatewayProcess(configuration, again, source, observer);
    }

    /**
     * Takes from the configuration, read anew, what can change while frames flow, and new networks from their files.
     *
     * @return is done with what was taken, and what needs a restart; fails where something was refused
     */
    public Future<String> reload() {
        NetworkExchanges found = exchanges;
        if (found != null) {
            return found.exchangeAfter(reload::run);
        }
        FutureTask<String> task = new FutureTask<>(reload::run);
        task.run();
        return task;
    }

    private Map<String, CommandAction> moreCommands() {
        Map<String, CommandAction> more = new HashMap<>(exchanges == null ? Map.of() : exchanges.commands());
        more.put("reload", CommandAction.lasting(argument -> reload()));
        return more;
    }

    /**
     * Waits until the gateway is online, as {@code broker.atStart} says.
     *
     * @throws Failure if a broker refuses the credentials, or, with {@code fail}, TLS fails or it does not answer in
     *                 time
     */
    public void awaitOnline() throws InterruptedException {
        boolean patient = configuration.broker().atStart() == Configuration.AtStart.WAIT;
        // Both clients connect one after the other in the worst case.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2L + configuration.broker().connectTimeoutSeconds()
                + configuration.downstream().connectTimeoutSeconds());
        while (ended.getCount() > 0 && !gateway.awaitOnline(SLICE)) {
            Optional<ConnectFailure> why = gateway.lastFailure();
            boolean hopeless = why.map(failure -> isHopeless(failure, patient)).orElse(false);
            // An answer that says no is reason enough; silence has until the end.
            boolean late = !patient && (why.isPresent() || System.nanoTime() - end > 0);
            if (hopeless || late) {
                throw failureOf(why);
            }
        }
    }

    // A certificate is renewed, and a broker that is being started may break TLS off: patience is for both.
    static boolean isHopeless(ConnectFailure failure, boolean patient) {
        return failure.permanent() && !(patient && failure.kind() == ConnectFailure.Kind.TLS);
    }

    /** Blocks until {@link #end} is called or the device is lost for good. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Makes {@link #awaitEnd} return. */
    public void end() {
        ended.countDown();
    }

    /** Why the process had to end, if it was not told to. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure.get());
    }

    /**
     * Takes no new frame, finishes those under way, tells {@code offline}, and closes everything.
     *
     * @return true where everything under way was delivered in time; the rest comes again at the next start
     */
    public boolean drain() throws InterruptedException {
        boolean complete = gateway.drain(Duration.ofSeconds(configuration.delivery().drainTimeoutSeconds()));
        close();
        return complete;
    }

    /** The stream. */
    public Gateway gateway() {
        return gateway;
    }

    /** What {@link GatewayStats} does not count, latency among it. */
    public StreamCounters counters() {
        return counters;
    }

    /** Name of the device that computes. */
    public String device() {
        return recoveries.device();
    }

    /** Port of metrics and health; 0 where they are off. */
    public int httpPort() {
        return server == null ? 0 : server.port();
    }

    /** Leaves at once; frames under way come again at the next start. Idempotent. */
    @Override
    public void close() {
        ended.countDown();
        closeAll();
    }

    private synchronized void closeAll() {
        if (closed) {
            return;
        }
        closed = true;
        if (gateway != null) {
            gateway.close();
        }
        if (edgeNode != null) {
            edgeNode.close();
        }
        if (authentication != null) {
            authentication.close();
        }
        if (commands != null) {
            commands.close();
        }
        if (exchanges != null) {
            exchanges.close();
        }
        if (recoveries != null) {
            recoveries.close();
        }
        if (page != null) {
            page.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private StreamEvents[] listeners(boolean fails, StreamEvents observer) {
        EventLog log = new EventLog(fails, !configuration.fleet().partition().isEmpty());
        List<StreamEvents> listeners = new ArrayList<>(List.of(counters, log, new Watch(), observer));
        if (page != null) {
            listeners.addAll(page.listeners());
        }
        if (configuration.sparkplug().enabled()) {
            listeners.add(latestSignals);
        }
        return listeners.toArray(StreamEvents[]::new);
    }

    private Subject subject() {
        return new Subject(configuration, () -> gateway, () -> recoveries == null ? List.of() : recoveries.routes(),
                () -> recoveries == null ? "" : recoveries.device());
    }

    private StatusServer openServer() {
        Map<String, StatusServer.Page> pages = new LinkedHashMap<>();
        pages.put("/metrics", this::metrics);
        pages.put("/livez", this::live);
        pages.put("/readyz", this::ready);
        if (page != null) {
            pages.putAll(page.pages());
        }
        Configuration.Http http = configuration.http();
        StatusServer opened = StatusServer.open(http.host(), http.port(),
                http.tokenFile().map(file -> () -> Secret.read(file)), pages,
                page == null ? Map.of() : GatewayPage.files(), pageRefusals);
        Logger.info("metrics and health at http://{}:{}/metrics, /livez, /readyz", http.host(), opened.port());
        if (page != null) {
            page.start();
            Logger.info("page at http://{}:{}/", http.host(), opened.port());
        }
        return opened;
    }

    private HttpAnswer metrics(HttpRequest request) throws IOException {
        if (gateway == null) {
            return HttpAnswer.text(503, "starting");
        }
        MetricsPage metrics = new MetricsPage(Version.number(), device(), gateway.state(), gateway.stats(),
                counters).commands(gateway.commandStats()).refusedRequests(pageRefusals.counts());
        NetworkExchanges found = exchanges;
        if (found != null) {
            metrics.networks(found.describe()).exchanges(found.counts());
        }
        EdgeNode node = edgeNode;
        if (node != null) {
            metrics.edgeNode(node.isConnected(), node.messages(), latestSignals.leftOut());
        }
        if (page != null) {
            metrics.visitors(page.visitors(), page.leftOut());
        }
        return HttpAnswer.collect(MetricsPage.CONTENT_TYPE, metrics::write);
    }

    /** Whether pipeline and links go round, and the device computes in time: what a watchdog is fed for. */
    public boolean isLively() {
        return gateway.roundMillis() <= MOST_ROUND_MILLIS
                && gateway.stats().deviceMillis() <= configuration.delivery().deviceTimeoutSeconds() * 1000L;
    }

    /** Alive unless a batch is with the device for so long that something must be wrong. */
    private HttpAnswer live(HttpRequest request) {
        long deviceMillis = gateway == null ? 0 : gateway.stats().deviceMillis();
        long patienceMillis = configuration.delivery().deviceTimeoutSeconds() * 1000L;
        return STUCK_SHARE * deviceMillis <= patienceMillis ? HttpAnswer.text(200, "alive")
                : HttpAnswer.text(503, "stuck: the device has not computed a batch for " + deviceMillis + " ms; the"
                        + " process ends at " + patienceMillis + " ms");
    }

    private HttpAnswer ready(HttpRequest request) {
        GatewayState state = gateway == null ? GatewayState.STARTING : gateway.state();
        String why = gateway == null ? "" : gateway.lastFailure().map(last -> ": " + last.message()).orElse("");
        boolean well = state == GatewayState.ONLINE || state == GatewayState.STANDBY;
        return HttpAnswer.text(well ? 200 : 503, state.word() + why);
    }

    private static Failure failureOf(Optional<ConnectFailure> why) {
        if (why.isEmpty()) {
            return new Failure(ExitStatus.UNAVAILABLE, "the broker did not answer in time");
        }
        ConnectFailure last = why.get();
        boolean credentials = last.kind() == ConnectFailure.Kind.BAD_CREDENTIALS
                || last.kind() == ConnectFailure.Kind.NOT_AUTHORIZED;
        return new Failure(credentials ? ExitStatus.CREDENTIALS : ExitStatus.UNAVAILABLE, last.message());
    }

    /** Ends the process when the device does not come back: a supervisor's fresh process is the last remedy. */
    private final class Watch implements StreamEvents {
        private volatile RecoveryException last;

        @Override
        public void recoveryFailed(RecoveryException why, int attempt, long retryInMillis) {
            last = why;
        }

        @Override
        public void recoveryRestored(int attempts) {
            last = null;
        }

        @Override
        public void recoveryGivenUp(long waitedMillis) {
            RecoveryException why = last;
            failure.compareAndSet(null, new Failure(ExitStatus.UNAVAILABLE, "the device is lost: for "
                    + waitedMillis / 1000 + " s " + (why == null ? "it has not answered"
                    : "every attempt on it failed, at last: " + why.getMessage())
                    + "; the frames under way stay with the broker", why));
            ended.countDown();
        }
    }
}
