package org.reluctor.stream;

import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.command.CommandFault;

/**
 * What happens in the stream, told to whoever logs and counts. Every method is called on the stream's own threads,
 * several of them at once, and must neither block nor throw; those about good frames get nothing that had to be
 * allocated for them.
 */
public interface StreamEvents {
    /** Hears nothing. */
    StreamEvents NONE = new StreamEvents() { };

    /**
     * A broker is connected, on the ingress side subscribed, too.
     *
     * @param sessionPresent the broker had kept the session
     * @param epoch          number of the connection, growing
     */
    default void connected(Side side, boolean sessionPresent, long epoch) { }

    /** The connection on which the members of a partition hear of each other is there; as {@link #connected}. */
    default void membersConnected(boolean sessionPresent, long epoch) { }

    /** That connection is gone, and tried again. */
    default void membersDisconnected(ConnectFailure why) { }

    /** An attempt at it failed; the next follows after {@code retryInMillis}. */
    default void membersConnectFailed(ConnectFailure why, long retryInMillis) { }

    /** A connection that had been made is gone. */
    default void disconnected(Side side, ConnectFailure why) { }

    /** An attempt to connect failed; the next follows after {@code retryInMillis}. */
    default void connectFailed(Side side, ConnectFailure why, long retryInMillis) { }

    /** The gateway's state changed; {@code cause} is one sentence. */
    default void stateChanged(GatewayState from, GatewayState to, String cause) { }

    /** A frame was decoded and goes to its recovery. */
    default void frameAccepted(String sensor, int payloadBytes) { }

    /**
     * A frame was rejected, and is acknowledged in its turn.
     *
     * @param fault  the reason
     * @param detail one sentence naming the value and what would be right
     * @param sensor "site/sensor" of the topic, or the whole topic where it names no sensor
     */
    default void frameRejected(FrameFault fault, String detail, String sensor, long boot, long seq) { }

    /** A sensor's frames are refused because its key's file holds none; the sentence says which file. */
    default void unusableKey(String sensor, String sentence) { }

    /** A frame that had been taken before came again; it is acknowledged in its turn and not computed again. */
    default void duplicate(String sensor, long boot, long seq) { }

    /** Frames are missing before this one: {@code missing} of them, or -1 where a new boot did not start at 0. */
    default void gap(String sensor, long boot, long seq, long missing) { }

    /** The sensor began again under an identity at or below its last without a new boot; the frame is taken. */
    default void restart(String sensor, long boot, long seq) { }

    /** One call of a recovery is done. */
    default void batchRecovered(int frames, long nanos) { }

    /**
     * A recovered frame lies outside of what was proven of its network: the sensor, the noise or the hardware is not
     * as it was assumed. Its signal goes out with these flags.
     *
     * @param flags    {@link org.reluctor.stream.codec.Signal#FLAG_RESIDUAL},
     *                 {@link org.reluctor.stream.codec.Signal#FLAG_RANGE}, or both
     * @param residual ‖y − Φx̃‖/‖y‖
     */
    default void signalFlagged(String sensor, long boot, long seq, int flags, float residual) { }

    /** The device failed; the frames are kept, the same batch is tried again after {@code retryInMillis}. */
    default void recoveryFailed(RecoveryException why, int attempt, long retryInMillis) { }

    /** The device answers again after {@link #recoveryFailed}. */
    default void recoveryRestored(int attempts) { }

    /** A batch has been with the device for a quarter of the device's timeout, failed attempts included. */
    default void recoveryOverdue(long waitedMillis) { }

    /** A batch has been with the device for all of its timeout: only a new process can help. */
    default void recoveryGivenUp(long waitedMillis) { }

    /**
     * A signal was encoded and goes out.
     *
     * @param payload as subscribers get it; never changed afterwards, so it may be kept
     */
    default void signalEncoded(String sensor, byte[] payload) { }

    /**
     * A signal was confirmed by the downstream broker.
     *
     * @param latencyNanos  from the frame's receipt to the confirmation
     * @param residual      ‖y − Φx̃‖/‖y‖; NaN where unknown
     * @param nobodyListens the broker has no subscriber for it
     */
    default void signalDelivered(String sensor, long latencyNanos, float residual, boolean nobodyListens) { }

    /**
     * The downstream broker refused a signal.
     *
     * @param reasonCode MQTT 5 reason code; 0x95 also where the signal is over the broker's packet limit
     * @param dropped    the signal is lost by {@link OnRefused#DROP}; else it is kept and tried again
     */
    default void signalRefused(String sensor, long boot, long seq, int reasonCode, boolean dropped) { }

    /** An attempt to write a replay mark failed: its frame, and those behind it, stay unacknowledged. */
    default void marksUnwritten() { }

    /** A retained frame came, on that topic in quotes: it is acknowledged and not computed, for it may be old. */
    default void retainedFrame(String topic) { }

    /** A QoS 0 frame was dropped because the queue was full. */
    default void queueDropped() { }

    /** An error answer was not sent: over its rate, or the broker was away or refused it. */
    default void answerSuppressed(String sensor) { }

    /** A command was carried out, and is answered with that text. */
    default void commandDone(String word, long number, String text) { }

    /** A command was not carried out; one sentence naming the value and what would be right. */
    default void commandRefused(CommandFault fault, String detail) { }

    /** The oldest unconfirmed publication waited for {@code waitedMillis}: the connection is made anew. */
    default void stalled(Side side, long waitedMillis) { }

    /** A frame has found no room for {@code waitedMillis}: the sensors' broker is left until there is some. */
    default void stoodDown(long waitedMillis) { }

    /** Something of ours failed where nothing should; the stream goes on. */
    default void internalError(String place, Throwable cause) { }
}
