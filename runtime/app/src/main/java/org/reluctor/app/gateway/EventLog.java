package org.reluctor.app.gateway;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.RecoveryException;
import org.reluctor.stream.Side;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.command.CommandFault;
import org.tinylog.Logger;

/**
 * One clear log line for each event that an operator may act on; like lines about frames at most once in ten seconds a
 * kind, with the number left out. tinylog writes on a thread of its own, so nothing here blocks the stream.
 */
final class EventLog implements StreamEvents {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A connection that breaks within this is one of those that two clients of one id take from each other. */
    private static final long BRIEF_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** How many of them in a row are no accident. */
    private static final int RIVALRY = 3;

    private final Map<FrameFault, LineLimiter> rejections = new EnumMap<>(FrameFault.class);
    private final Map<CommandFault, LineLimiter> commands = new EnumMap<>(CommandFault.class);
    private final LineLimiter duplicates = limiter();
    private final LineLimiter flaggedResiduals = limiter();
    private final LineLimiter flaggedRanges = limiter();
    private final LineLimiter gaps = limiter();
    private final LineLimiter restarts = limiter();
    private final LineLimiter refusals = limiter();
    private final LineLimiter queueDrops = limiter();
    private final LineLimiter retained = limiter();
    private final LineLimiter unusableKeys = limiter();
    private final LineLimiter internalErrors = limiter();
    private final LineLimiter members = limiter();
    private final Map<Side, LineLimiter> connecting = new EnumMap<>(Side.class);
    private final Map<Side, String> lastFailure = new ConcurrentHashMap<>();
    private final Map<Side, Long> connectedAt = new ConcurrentHashMap<>();
    /** Connections in a row that broke soon. */
    private final Map<Side, Integer> briefInARow = new ConcurrentHashMap<>();
    private final boolean failsAtStart;
    private final boolean sharesSession;
    private volatile boolean everOnline;

    /**
     * @param failsAtStart whether a broker that does not answer ends the start with a message of its own, which lines
     *                     of the same content here would only repeat
     * @param sharesSession whether other gateways may take the session, and rightly so
     */
    EventLog(boolean failsAtStart, boolean sharesSession) {
        this.failsAtStart = failsAtStart;
        this.sharesSession = sharesSession;
        for (Side side : Side.values()) {
            connecting.put(side, limiter());
        }
        for (CommandFault fault : CommandFault.values()) {
            commands.put(fault, limiter());
        }
        for (FrameFault fault : FrameFault.values()) {
            rejections.put(fault, limiter());
        }
    }

    private static LineLimiter limiter() {
        return new LineLimiter(INTERVAL_NANOS, System::nanoTime);
    }

    @Override
    public void connected(Side side, boolean sessionPresent, long epoch) {
        connectedAt.put(side, System.nanoTime());
        Logger.info("connected to the {} broker{}", side.word(), sessionPresent ? ", session kept" : "");
    }

    @Override
    public void disconnected(Side side, ConnectFailure why) {
        Logger.warn("connection lost: {}{}", why.message(), rivalry(why));
    }

    /** Brokers such as mosquitto 2.0.11 do not say that another client took the session over; its pattern does. */
    private String rivalry(ConnectFailure why) {
        Long since = connectedAt.get(why.side());
        boolean brief = why.kind() == ConnectFailure.Kind.UNREACHABLE && since != null
                && System.nanoTime() - since < BRIEF_NANOS;
        int inARow = briefInARow.merge(why.side(), brief ? 1 : 0, (before, one) -> brief ? before + 1 : 0);
        return inARow < RIVALRY || sharesSession ? "" : "; " + inARow + " times in a row soon after connecting: does"
                + " another gateway of this instance name or client id run?";
    }

    @Override
    public void connectFailed(Side side, ConnectFailure why, long retryInMillis) {
        if (failsAtStart && !everOnline) {
            Logger.debug("{}", why.message());
            return;
        }
        long before = connecting.get(side).admit();
        // Another reason than before is news at once.
        boolean news = !why.message().equals(lastFailure.put(side, why.message()));
        if (before >= 0 || news) {
            Logger.warn("{}; tried again until it answers{}", why.message(), more(Math.max(0, before)));
        }
    }

    @Override
    public void membersConnected(boolean sessionPresent, long epoch) {
        Logger.info("connected to the other members of the partition{}", sessionPresent ? ", session kept" : "");
    }

    @Override
    public void membersDisconnected(ConnectFailure why) {
        Logger.warn("connection to the other members lost: {}", why.message());
    }

    @Override
    public void membersConnectFailed(ConnectFailure why, long retryInMillis) {
        if (failsAtStart && !everOnline) {
            Logger.debug("{}", why.message());
            return;
        }
        long before = members.admit();
        if (before >= 0) {
            Logger.warn("no connection to the other members: {}; tried again until it answers{}", why.message(),
                    more(before));
        }
    }

    @Override
    public void stateChanged(GatewayState from, GatewayState to, String cause) {
        everOnline |= to == GatewayState.ONLINE || to == GatewayState.STANDBY;
        if (to == GatewayState.DEGRADED) {
            Logger.warn("degraded: {}", cause);
        } else {
            Logger.info("{}: {}", to.word(), cause);
        }
    }

    @Override
    public void frameRejected(FrameFault fault, String detail, String sensor, long boot, long seq) {
        long before = rejections.get(fault).admit();
        if (before >= 0) {
            Logger.warn("{}: frame rejected, {}: {}{}", sensor, fault.reason(), detail, more(before));
        }
    }

    @Override
    public void unusableKey(String sensor, String sentence) {
        long before = unusableKeys.admit();
        if (before >= 0) {
            Logger.error("{} is refused: {}{}", sensor, sentence, more(before));
        }
    }

    @Override
    public void duplicate(String sensor, long boot, long seq) {
        long before = duplicates.admit();
        if (before >= 0) {
            Logger.info("{}: frame {}/{} came again, not computed twice{}", sensor, Long.toUnsignedString(boot),
                    Long.toUnsignedString(seq), more(before));
        }
    }

    @Override
    public void gap(String sensor, long boot, long seq, long missing) {
        long before = gaps.admit();
        if (before >= 0) {
            String what = missing < 0 ? "frames" : missing == 1 ? "1 frame" : missing + " frames";
            Logger.warn("{}: {} missing before frame {}/{}{}", sensor, what,
                    Long.toUnsignedString(boot), Long.toUnsignedString(seq), more(before));
        }
    }

    @Override
    public void restart(String sensor, long boot, long seq) {
        long before = restarts.admit();
        if (before >= 0) {
            Logger.warn("{}: began again at {}/{} without a new boot number{}", sensor, Long.toUnsignedString(boot),
                    Long.toUnsignedString(seq), more(before));
        }
    }

    @Override
    public void signalFlagged(String sensor, long boot, long seq, int flags, float residual) {
        if ((flags & Signal.FLAG_RESIDUAL) != 0) {
            flagged(flaggedResiduals, sensor, boot, seq, "its residual, " + residual + " of ‖y‖, is over the certified"
                    + " limit: the sensor, its matrix, its noise or this hardware is not as assumed");
        }
        if ((flags & Signal.FLAG_RANGE) != 0) {
            flagged(flaggedRanges, sensor, boot, seq, "its signal is outside the certified range, or the device"
                    + " answered a probe wrongly: the sensor, its amplitude or this hardware is not as assumed");
        }
    }

    private static void flagged(LineLimiter limiter, String sensor, long boot, long seq, String what) {
        long before = limiter.admit();
        if (before >= 0) {
            Logger.warn("{}: frame {}/{} is flagged: {}{}", sensor, Long.toUnsignedString(boot),
                    Long.toUnsignedString(seq), what, more(before));
        }
    }

    @Override
    public void recoveryFailed(RecoveryException why, int attempt, long retryInMillis) {
        Logger.error("the device failed (attempt {}): {}; next attempt in {} ms", attempt, why.getMessage(),
                retryInMillis);
    }

    @Override
    public void recoveryRestored(int attempts) {
        Logger.info("the device answers again after {} attempts", attempts);
    }

    @Override
    public void recoveryOverdue(long waitedMillis) {
        Logger.error("the device has not computed a batch for {} ms; delivery.deviceTimeoutSeconds says when this"
                + " process ends for it", waitedMillis);
    }

    @Override
    public void signalRefused(String sensor, long boot, long seq, int reasonCode, boolean dropped) {
        long before = refusals.admit();
        if (before >= 0) {
            Logger.error("{}: the broker refused signal {}/{} with reason 0x{}; it is {}{}", sensor,
                    Long.toUnsignedString(boot), Long.toUnsignedString(seq), Integer.toHexString(reasonCode),
                    dropped ? "dropped" : "kept and tried again; mend the broker's access rules or limits",
                    more(before));
        }
    }

    @Override
    public void retainedFrame(String topic) {
        long before = retained.admit();
        if (before >= 0) {
            Logger.warn("a retained frame on {} was not computed: it may be old; sensors publish without the retain"
                    + " flag{}", topic, more(before));
        }
    }

    @Override
    public void queueDropped() {
        long before = queueDrops.admit();
        if (before >= 0) {
            Logger.warn("a frame of QoS 0 was dropped at a full queue{}", more(before));
        }
    }

    @Override
    public void commandDone(String word, long number, String text) {
        Logger.info("command {}, number {}: {}", word, Long.toUnsignedString(number), text);
    }

    @Override
    public void commandRefused(CommandFault fault, String detail) {
        long before = commands.get(fault).admit();
        if (before >= 0) {
            Logger.warn("command refused, {}: {}{}", fault.reason(), detail, more(before));
        }
    }

    @Override
    public void stalled(Side side, long waitedMillis) {
        Logger.warn("nothing confirmed by the {} broker for {} ms; connecting anew", side.word(), waitedMillis);
    }

    @Override
    public void stoodDown(long waitedMillis) {
        Logger.warn("frames found no room for {} ms, because those before them are not done; left the sensors' broker,"
                + " connecting again when there is room", waitedMillis);
    }

    @Override
    public void internalError(String place, Throwable cause) {
        long before = internalErrors.admit();
        if (before >= 0) {
            Logger.error(cause, "internal error in {}{}", place, more(before));
        }
    }

    private static String more(long before) {
        return before == 0 ? "" : " (" + before + " like it since the last such line)";
    }
}
