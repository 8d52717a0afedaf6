package org.reluctor.stream.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.OnRefused;
import org.reluctor.stream.Side;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.authentication.ReplayMarks;
import org.reluctor.stream.mqtt.LinkListener;
import org.reluctor.stream.mqtt.LinkPlan;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.mqtt.PublishReceipt;
import org.reluctor.stream.mqtt.ReasonCode;

/**
 * The egress thread: keeps the subscribers' broker connected, encodes and publishes signals in order of arrival, hears
 * their confirmations, and acknowledges frames through the {@link DeliveryLedger}. Signals unconfirmed at a lost
 * connection are published again, in order, on the next.
 */
final class EgressPump implements Pump, LinkListener {
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Of a summary, nobody waits to hear. */
    private static final PublishReceipt UNHEEDED = code -> { };

    private final Transfer transfer;
    private final DeliveryLedger ledger;
    private final Doorbell doorbell;
    private final SignalEncoder encoder;
    private final ErrorAnswers answers;
    private final MqttLink link;
    private final StateBoard board;
    private final StreamCounters counters;
    private final StreamEvents events;
    private final OnRefused onRefused;
    /** Null where frames come without envelopes. */
    private final ReplayMarks marks;
    private final long stallNanos;
    /** Signals of one sensor that may be under way together. */
    private int window;
    private final List<SensorState> held = new ArrayList<>();
    private MqttSession session;
    private long nowNanos;
    private volatile boolean ingressLost;

    EgressPump(GatewayOptions options, Transfer transfer, DeliveryLedger ledger, Doorbell doorbell,
            ErrorAnswers answers, StateBoard board, StreamCounters counters, StreamEvents events) {
        this.transfer = transfer;
        this.ledger = ledger;
        this.doorbell = doorbell;
        this.encoder = new SignalEncoder(options);
        this.answers = answers;
        this.board = board;
        this.counters = counters;
        this.events = events;
        this.onRefused = options.onRefused();
        this.marks = options.authentication().map(Authentication::marks).orElse(null);
        this.stallNanos = options.stallTimeout().toNanos();
        this.window = options.strictOrder() ? 1 : Integer.MAX_VALUE;
        this.link = new MqttLink(LinkPlan.publisher(options.egress()), doorbell::ring, this);
    }

    MqttLink link() {
        return link;
    }

    @Override
    public int doWork(long now) {
        nowNanos = now;
        int work = link.doWork(now);
        work += receive();
        work += ledger.settle(this::settled);
        work += send();
        work += ledger.retire(this::isMarked);
        work += sweep();
        guardAgainstStall();
        return work;
    }

    @Override
    public long idleNanos(long now) {
        return IDLE_NANOS;
    }

    private int receive() {
        int received = 0;
        for (Slot slot = transfer.poll(); slot != null; slot = transfer.poll()) {
            received++;
            slot.stage = slot.accepted() ? Slot.Stage.TO_SEND : Slot.Stage.DONE;
            ledger.append(slot);
            // What needs no signal came too late for the sweep of its lost session.
            ingressLost |= !slot.accepted() && !slot.session.isOpen();
            if (slot.fault != null) {
                answers.answer(slot, nowNanos);
            }
            judge(slot);
            if (slot.accepted()) {
                prepare(slot);
            }
        }
        return received;
    }

    private void judge(Slot slot) {
        try {
            if (slot.accepted()) {
                encoder.judge(slot);
            }
        } finally {
            slot.forgetPayload();
        }
    }

    private void prepare(Slot slot) {
        encoder.encode(slot, System.nanoTime());
        events.signalEncoded(slot.sensor.sensor, slot.signal);
        OutboundMessage summary = encoder.summaryIfDue(slot, nowNanos);
        if (summary != null && session != null) {
            session.publish(summary, UNHEEDED);
        }
    }

    private int send() {
        if (session == null) {
            return 0;
        }
        if (!held.isEmpty()) {
            ledger.rewind();
        }
        int sent = 0;
        for (Slot slot = nextToSend(); slot != null; slot = nextToSend()) {
            if (slot.signal == null) {
                // Its encoding failed when it came, for want of memory, say.
                prepare(slot);
            }
            OutboundMessage message = OutboundMessage.cbor(slot.sensor.signalTopic, slot.signal);
            if (message.packetBytesAtMost() > session.maximumPacketBytes()) {
                slot.sensor.hold.sending();
                refused(slot, ReasonCode.PACKET_TOO_LARGE);
            } else if (!publish(slot, message)) {
                break;
            }
            sent++;
        }
        return sent;
    }

    private Slot nextToSend() {
        return ledger.nextToSend(nowNanos, window);
    }

    private boolean publish(Slot slot, OutboundMessage message) {
        int ticket = slot.send();
        slot.sensor.hold.sending();
        boolean taken = false;
        try {
            taken = session.publish(message, code -> {
                slot.settle(ticket, code);
                doorbell.ring();
            });
        } finally {
            // After an error, too, of lacking memory say: nobody else would ever send it again.
            if (!taken) {
                slot.stage = Slot.Stage.TO_SEND;
                slot.sensor.hold.returned();
            }
        }
        return taken;
    }

    private void settled(Slot slot) {
        int code = slot.reasonCode();
        if (code == PublishReceipt.LOST) {
            // The connection is going; its end sends everything again.
            slot.stage = Slot.Stage.TO_SEND;
            slot.sensor.hold.returned();
            ledger.rewind();
        } else if (ReasonCode.isRefusal(code)) {
            refused(slot, code);
        } else {
            delivered(slot, code == ReasonCode.NO_MATCHING_SUBSCRIBERS);
        }
    }

    private void delivered(Slot slot, boolean unheard) {
        slot.stage = Slot.Stage.DONE;
        slot.signal = null;
        letGo(slot.sensor);
        ingressLost |= !slot.session.isOpen();
        counters.signalsDelivered.incrementAndGet();
        if (unheard) {
            counters.signalsUnheard.incrementAndGet();
        }
        events.signalDelivered(slot.sensor.sensor, System.nanoTime() - slot.arrivedNanos, slot.residual, unheard);
    }

    /**
     * Marks a frame just before its acknowledgement: from then on nobody but a replay brings it, or one before it,
     * again. Where that cannot be written it is not acknowledged, or a replay would be taken after a restart.
     */
    private boolean isMarked(Slot slot) {
        if (marks == null || slot.fault != null) {
            return true;
        }
        try {
            marks.delivered(slot.sensor.sensor, slot.frame.boot(), slot.frame.seq());
            board.clear(StateBoard.Trouble.MARKS_UNWRITTEN);
            return true;
        } catch (IOException e) {
            board.raise(StateBoard.Trouble.MARKS_UNWRITTEN, "the replay marks cannot be written (" + e.getMessage()
                    + "); no frame is acknowledged until they can, and the sensors' broker keeps them");
            events.marksUnwritten();
            return false;
        }
    }

    private void refused(Slot slot, int code) {
        boolean drop = onRefused == OnRefused.DROP && !ReasonCode.isPassing(code);
        counters.signalsRefused.incrementAndGet();
        events.signalRefused(slot.sensor.sensor, slot.frame.boot(), slot.frame.seq(), code, drop);
        if (drop) {
            counters.signalsDropped.incrementAndGet();
            slot.stage = Slot.Stage.DONE;
            letGo(slot.sensor);
            return;
        }
        slot.stage = Slot.Stage.TO_SEND;
        if (ReasonCode.isPassing(code)) {
            // A broker that refuses one and takes the next would put them out of order: from now on, one by one.
            window = 1;
        }
        if (!slot.sensor.hold.isActive()) {
            held.add(slot.sensor);
        }
        slot.sensor.hold.refused(nowNanos);
        board.raise(StateBoard.Trouble.REFUSED, "the egress broker refuses " + slot.sensor.signalTopic + ": "
                + ReasonCode.describe(code));
        ledger.rewind();
    }

    /** One of the sensor's signals is settled: its next may go out. */
    private void letGo(SensorState sensor) {
        boolean wasHeld = sensor.hold.isActive();
        sensor.hold.settled();
        ledger.rewind();
        if (wasHeld && !sensor.hold.isActive() && held.remove(sensor) && held.isEmpty()) {
            board.clear(StateBoard.Trouble.REFUSED);
        }
    }

    private int sweep() {
        if (!ingressLost) {
            return 0;
        }
        ingressLost = false;
        return ledger.dropUnacknowledgeable();
    }

    private void guardAgainstStall() {
        long waited = session == null ? 0 : link.unconfirmedNanos(nowNanos);
        if (waited > stallNanos) {
            long millis = TimeUnit.NANOSECONDS.toMillis(waited);
            events.stalled(Side.EGRESS, millis);
            link.recycle("a signal was not confirmed within " + millis + " ms", false);
            session = null;
        }
    }

    /** Told that a session of the sensors' broker was lost. Any thread. */
    void ingressLost() {
        ingressLost = true;
        doorbell.ring();
    }

    @Override
    public void connected(MqttSession now) {
        counters.egressConnections.incrementAndGet();
        for (SensorState sensor : held) {
            sensor.hold.retryNow(nowNanos);
        }
        ledger.resendAll();
        session = now;
        board.clear(StateBoard.Trouble.EGRESS_AWAY);
        events.connected(Side.EGRESS, now.sessionPresent(), now.epoch());
    }

    @Override
    public void disconnected(MqttSession lost, ConnectFailure why) {
        session = null;
        board.raise(StateBoard.Trouble.EGRESS_AWAY, why.message());
        events.disconnected(Side.EGRESS, why);
    }

    @Override
    public void connectFailed(ConnectFailure why, long retryInMillis) {
        events.connectFailed(Side.EGRESS, why, retryInMillis);
    }
}
