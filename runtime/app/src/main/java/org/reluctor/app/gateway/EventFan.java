package org.reluctor.app.gateway;

import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.RecoveryException;
import org.reluctor.stream.Side;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.command.CommandFault;

/** Tells every event to several listeners, in order. Allocates nothing. */
final class EventFan implements StreamEvents {
    private final StreamEvents[] listeners;

    EventFan(StreamEvents... listeners) {
        this.listeners = listeners.clone();
    }

    @Override
    public void connected(Side side, boolean sessionPresent, long epoch) {
        for (StreamEvents listener : listeners) {
            listener.connected(side, sessionPresent, epoch);
        }
    }

    @Override
    public void disconnected(Side side, ConnectFailure why) {
        for (StreamEvents listener : listeners) {
            listener.disconnected(side, why);
        }
    }

    @Override
    public void connectFailed(Side side, ConnectFailure why, long retryInMillis) {
        for (StreamEvents listener : listeners) {
            listener.connectFailed(side, why, retryInMillis);
        }
    }

    @Override
    public void membersConnected(boolean sessionPresent, long epoch) {
        for (StreamEvents listener : listeners) {
            listener.membersConnected(sessionPresent, epoch);
        }
    }

    @Override
    public void membersDisconnected(ConnectFailure why) {
        for (StreamEvents listener : listeners) {
            listener.membersDisconnected(why);
        }
    }

    @Override
    public void membersConnectFailed(ConnectFailure why, long retryInMillis) {
        for (StreamEvents listener : listeners) {
            listener.membersConnectFailed(why, retryInMillis);
        }
    }

    @Override
    public void stateChanged(GatewayState from, GatewayState to, String cause) {
        for (StreamEvents listener : listeners) {
            listener.stateChanged(from, to, cause);
        }
    }

    @Override
    public void frameAccepted(String sensor, int payloadBytes) {
        for (StreamEvents listener : listeners) {
            listener.frameAccepted(sensor, payloadBytes);
        }
    }

    @Override
    public void frameRejected(FrameFault fault, String detail, String sensor, long boot, long seq) {
        for (StreamEvents listener : listeners) {
            listener.frameRejected(fault, detail, sensor, boot, seq);
        }
    }

    @Override
    public void unusableKey(String sensor, String sentence) {
        for (StreamEvents listener : listeners) {
            listener.unusableKey(sensor, sentence);
        }
    }

    @Override
    public void duplicate(String sensor, long boot, long seq) {
        for (StreamEvents listener : listeners) {
            listener.duplicate(sensor, boot, seq);
        }
    }

    @Override
    public void gap(String sensor, long boot, long seq, long missing) {
        for (StreamEvents listener : listeners) {
            listener.gap(sensor, boot, seq, missing);
        }
    }

    @Override
    public void restart(String sensor, long boot, long seq) {
        for (StreamEvents listener : listeners) {
            listener.restart(sensor, boot, seq);
        }
    }

    @Override
    public void batchRecovered(int frames, long nanos) {
        for (StreamEvents listener : listeners) {
            listener.batchRecovered(frames, nanos);
        }
    }

    @Override
    public void signalFlagged(String sensor, long boot, long seq, int flags, float residual) {
        for (StreamEvents listener : listeners) {
            listener.signalFlagged(sensor, boot, seq, flags, residual);
        }
    }

    @Override
    public void recoveryFailed(RecoveryException why, int attempt, long retryInMillis) {
        for (StreamEvents listener : listeners) {
            listener.recoveryFailed(why, attempt, retryInMillis);
        }
    }

    @Override
    public void recoveryRestored(int attempts) {
        for (StreamEvents listener : listeners) {
            listener.recoveryRestored(attempts);
        }
    }

    @Override
    public void recoveryOverdue(long waitedMillis) {
        for (StreamEvents listener : listeners) {
            listener.recoveryOverdue(waitedMillis);
        }
    }

    @Override
    public void recoveryGivenUp(long waitedMillis) {
        for (StreamEvents listener : listeners) {
            listener.recoveryGivenUp(waitedMillis);
        }
    }

    @Override
    public void signalEncoded(String sensor, byte[] payload) {
        for (StreamEvents listener : listeners) {
            listener.signalEncoded(sensor, payload);
        }
    }

    @Override
    public void signalDelivered(String sensor, long latencyNanos, float residual, boolean nobodyListens) {
        for (StreamEvents listener : listeners) {
            listener.signalDelivered(sensor, latencyNanos, residual, nobodyListens);
        }
    }

    @Override
    public void signalRefused(String sensor, long boot, long seq, int reasonCode, boolean dropped) {
        for (StreamEvents listener : listeners) {
            listener.signalRefused(sensor, boot, seq, reasonCode, dropped);
        }
    }

    @Override
    public void marksUnwritten() {
        for (StreamEvents listener : listeners) {
            listener.marksUnwritten();
        }
    }

    @Override
    public void queueDropped() {
        for (StreamEvents listener : listeners) {
            listener.queueDropped();
        }
    }

    @Override
    public void answerSuppressed(String sensor) {
        for (StreamEvents listener : listeners) {
            listener.answerSuppressed(sensor);
        }
    }

    @Override
    public void commandDone(String word, long number, String text) {
        for (StreamEvents listener : listeners) {
            listener.commandDone(word, number, text);
        }
    }

    @Override
    public void commandRefused(CommandFault fault, String detail) {
        for (StreamEvents listener : listeners) {
            listener.commandRefused(fault, detail);
        }
    }

    @Override
    public void stalled(Side side, long waitedMillis) {
        for (StreamEvents listener : listeners) {
            listener.stalled(side, waitedMillis);
        }
    }

    @Override
    public void stoodDown(long waitedMillis) {
        for (StreamEvents listener : listeners) {
            listener.stoodDown(waitedMillis);
        }
    }

    @Override
    public void retainedFrame(String topic) {
        for (StreamEvents listener : listeners) {
            listener.retainedFrame(topic);
        }
    }

    @Override
    public void internalError(String place, Throwable cause) {
        for (StreamEvents listener : listeners) {
            listener.internalError(place, cause);
        }
    }
}
