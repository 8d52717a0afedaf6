package org.reluctor.stream.pipeline;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.GatewayStats;
import org.reluctor.stream.Route;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.command.CommandStats;
import org.reluctor.stream.mqtt.MqttLink;

/** A running gateway: its parts put together, its three threads, and its end. Safe for several threads. */
public final class GatewayRuntime {
    /** Signals of all slots are made room for at the start where that takes no more floats than these, 16 MB. */
    private static final long RESERVE_FLOATS = 4L << 20;
    private static final long STOP_PATIENCE_MILLIS = 3000;
    private static final long FAREWELL_MILLIS = 1000;
    private static final long POLL_MILLIS = 5;

    private final StreamCounters counters = new StreamCounters();
    private final Intake intake;
    private final SensorTable sensors;
    private final StateBoard board;
    private final StatusAnnouncer status;
    private final DeviceWatch watch;
    private final EgressPump egress;
    private final ControlPump control;
    private final PumpThread engineThread;
    private final PumpThread egressThread;
    private final PumpThread controlThread;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Puts the parts together; {@link #start} sets them going. */
    public GatewayRuntime(GatewayOptions options, List<Route> routes, StreamEvents events) {
        Doorbell engineBell = new Doorbell();
        Doorbell egressBell = new Doorbell();
        Doorbell controlBell = new Doorbell();
        StreamSink sink = new StreamSink(counters, events);
        int batchMax = batchMax(options, routes);
        RouteBatch[] batches = routes.stream().map(route -> new RouteBatch(route, batchMax)).toArray(RouteBatch[]::new);
        intake = new Intake(options.ingress().receiveMaximum(), options.unreliableFrames(),
                options.frameLimits().maxBytes(), engineBell, counters, events);
        reserveSlots(batches);
        board = new StateBoard(events, controlBell);
        sensors = new SensorTable(options.maxSensors(), newSensorsPerMinute(options));
        Transfer transfer = new Transfer(intake.capacity(), egressBell);
        FrameAdmission admission = new FrameAdmission(options, batches, sensors, counters, events);
        EnginePump engine = new EnginePump(options, batchMax, intake, admission, batches, transfer, board, sink);
        watch = engine.watch();
        status = new StatusAnnouncer(options, new ModelIds(routes));
        SharedSession ingress = new SharedSession();
        ErrorAnswers answers = new ErrorAnswers(options, ingress, counters, events);
        DeliveryLedger ledger = new DeliveryLedger(intake.capacity(), intake::release);
        egress = new EgressPump(options, transfer, ledger, egressBell, answers, board, counters, events);
        Optional<CommandDesk> commands = CommandDesk.of(options, Map.of("status",
                argument -> status.text(ingress.get(), board.state(), counters), "reconnect",
                argument -> reconnect()), intake, controlBell::ring, sink);
        Membership membership = options.partition().map(partition -> new Membership(options, partition, status, board,
                events, controlBell, admission::startAnew)).orElse(null);
        control = new ControlPump(options, new Reception(Subscriptions.of(options, routes), options.shareGroup(),
                intake, commands), controlBell, status, membership, egress::ingressLost, board, sink);
        ingress.follow(control.link());
        engineThread = new PumpThread("reluctor-engine", engine, engineBell, events);
        egressThread = new PumpThread("reluctor-egress", egress, egressBell, events);
        controlThread = new PumpThread("reluctor-control", watch.beside(control), controlBell, events);
    }

    // One take of the engine is then one call for every route.
    private static int batchMax(GatewayOptions options, List<Route> routes) {
        return routes.stream().mapToInt(route -> route.recovery().maxBatch()).reduce(options.batchMax(), Math::min);
    }

    private void reserveSlots(RouteBatch[] batches) {
        int samples = Arrays.stream(batches).mapToInt(batch -> batch.samplesOfFrame).max().orElse(0);
        if ((long) samples * intake.capacity() <= RESERVE_FLOATS) {
            intake.reserve(samples);
        }
    }

    // Who has a key was let in by whoever gave it: the limit is for names that anybody can invent.
    private static int newSensorsPerMinute(GatewayOptions options) {
        return options.authentication().isPresent() ? 0 : options.newSensorsPerMinute();
    }

    public void start() {
        controlThread.start();
        egressThread.start();
        engineThread.start();
    }

    public GatewayState state() {
        return board.state();
    }

    public GatewayStats stats() {
        long now = System.nanoTime();
        long oldestMillis = TimeUnit.NANOSECONDS.toMillis(intake.oldestAgeNanos(now));
        long deviceMillis = TimeUnit.NANOSECONDS.toMillis(watch.waitedNanos(now));
        return counters.snapshot(sensors.size(), intake.inUse(), oldestMillis, deviceMillis);
    }

    /** How long the slowest of the threads has been in one round, but for the time that the device takes. */
    public long roundMillis() {
        long now = System.nanoTime();
        long links = Math.max(controlThread.sinceRoundNanos(now), egressThread.sinceRoundNanos(now));
        long engine = watch.waitedNanos(now) > 0 ? 0 : engineThread.sinceRoundNanos(now);
        return TimeUnit.NANOSECONDS.toMillis(Math.max(links, engine));
    }

    public CommandStats commandStats() {
        return counters.commands();
    }

    private String reconnect() {
        control.link().recycle("told to connect anew", true);
        if (control.statusLink() != control.link()) {
            control.statusLink().recycle("told to connect anew", true);
        }
        egress.link().recycle("told to connect anew", true);
        return "connecting anew";
    }

    /** The failure of a side that is not connected, the ingress side's first. */
    public Optional<ConnectFailure> lastFailure() {
        Optional<ConnectFailure> ofStatus = failureOf(control.statusLink());
        // A standby is not connected for frames, and was not refused.
        Optional<ConnectFailure> ofFrames = state() == GatewayState.STANDBY ? Optional.empty()
                : failureOf(control.link());
        return ofStatus.or(() -> ofFrames).or(() -> failureOf(egress.link()));
    }

    private static Optional<ConnectFailure> failureOf(MqttLink link) {
        return Optional.ofNullable(link.session() == null ? link.lastFailure() : null);
    }

    /** Waits for the first ONLINE or STANDBY, a failure for good, or the end of the time. */
    public boolean awaitOnline(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long step = TimeUnit.MILLISECONDS.toNanos(20);
        for (long left = timeout.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            if (board.awaitOnline(Math.min(step, left))) {
                return true;
            }
            if (closed.get() || lastFailure().filter(ConnectFailure::permanent).isPresent()) {
                return false;
            }
        }
        return board.awaitOnline(0);
    }

    /**
     * Takes nothing new, waits for what is under way, and closes; true where all of it went out and was acknowledged.
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        if (closed.get()) {
            return intake.inUse() == 0;
        }
        intake.close();
        board.end(GatewayState.DRAINING, "asked to drain");
        boolean empty = await(timeout, () -> intake.inUse() == 0);
        close();
        return empty;
    }

    /** Leaves; says {@code offline} where the broker is there to be told. */
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        intake.close();
        board.end(GatewayState.OFFLINE, "closed");
        try {
            // Behind the acknowledgements on the same connection: once it is confirmed, they have arrived, too.
            await(Duration.ofMillis(FAREWELL_MILLIS),
                    () -> control.statusLink().session() == null || status.isTold(GatewayState.OFFLINE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        engineThread.stop(STOP_PATIENCE_MILLIS);
        egressThread.stop(STOP_PATIENCE_MILLIS);
        controlThread.stop(STOP_PATIENCE_MILLIS);
        // Without the status told, the broker is to find the connection broken, and tells it by the Will.
        control.link().close(status.isTold(GatewayState.OFFLINE));
        control.statusLink().close(status.isTold(GatewayState.OFFLINE));
        egress.link().close(true);
    }

    private static boolean await(Duration timeout, BooleanSupplier reached) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }
}
