package org.reluctor.stream.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.reluctor.stream.GatewayStats;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.command.CommandFault;
import org.reluctor.stream.command.CommandStats;

/** What a gateway counts, each figure by whichever thread sees it happen. Allocation-free but for {@link #snapshot}. */
final class StreamCounters {
    final AtomicLong framesReceived = new AtomicLong();
    final AtomicLong framesAccepted = new AtomicLong();
    final AtomicLong duplicates = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong restarts = new AtomicLong();
    final AtomicLong queueDrops = new AtomicLong();
    final AtomicLong signalsDelivered = new AtomicLong();
    final AtomicLong signalsUnheard = new AtomicLong();
    final AtomicLong signalsRefused = new AtomicLong();
    final AtomicLong signalsDropped = new AtomicLong();
    final AtomicLong answersSent = new AtomicLong();
    final AtomicLong answersSuppressed = new AtomicLong();
    final AtomicLong commandsDone = new AtomicLong();
    final AtomicLong flaggedResidual = new AtomicLong();
    final AtomicLong flaggedRange = new AtomicLong();
    final AtomicLong recoveryFailures = new AtomicLong();
    final AtomicLong ingressConnections = new AtomicLong();
    final AtomicLong egressConnections = new AtomicLong();
    private final AtomicLongArray rejected = new AtomicLongArray(FrameFault.values().length);
    private final AtomicLongArray commandsRefused = new AtomicLongArray(CommandFault.values().length);

    void rejected(FrameFault fault) {
        rejected.incrementAndGet(fault.ordinal());
    }

    void commandRefused(CommandFault fault) {
        commandsRefused.incrementAndGet(fault.ordinal());
    }

    /** Commands, apart from {@link #snapshot} because few gateways take any. */
    CommandStats commands() {
        Map<CommandFault, Long> byFault = new EnumMap<>(CommandFault.class);
        for (CommandFault fault : CommandFault.values()) {
            byFault.put(fault, commandsRefused.get(fault.ordinal()));
        }
        return new CommandStats(commandsDone.get(), byFault);
    }

    GatewayStats snapshot(int sensors, int inFlight, long oldestMillis, long deviceMillis) {
        Map<FrameFault, Long> byFault = new EnumMap<>(FrameFault.class);
        for (FrameFault fault : FrameFault.values()) {
            byFault.put(fault, rejected.get(fault.ordinal()));
        }
        return new GatewayStats(framesReceived.get(), framesAccepted.get(), byFault, duplicates.get(), gaps.get(),
                restarts.get(), queueDrops.get(), signalsDelivered.get(), signalsUnheard.get(), signalsRefused.get(),
                signalsDropped.get(), answersSent.get(), answersSuppressed.get(), recoveryFailures.get(),
                ingressConnections.get(), egressConnections.get(), sensors, inFlight, oldestMillis,
                deviceMillis, flaggedResidual.get(), flaggedRange.get());
    }
}
