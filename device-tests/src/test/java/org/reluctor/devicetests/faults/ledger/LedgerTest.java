package org.reluctor.devicetests.faults.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.SignalFields;
import org.reluctor.stream.codec.SignalWriter;

class LedgerTest {
    private static final String SENSOR = "lab/one";
    private static final long BOOT = 3;
    private static final long MANY = 300;

    private final Ledger ledger = new Ledger(BOOT, List.of(SENSOR), signal -> true);

    @Test
    void identity_ofFrameAndEnvelope_isRead() {
        CheckedFrames plain = new CheckedFrames(List.of(SENSOR), 70_000, null);
        CheckedFrames sealed = new CheckedFrames(List.of(SENSOR), 70_000, new FrameKey(new byte[FrameKey.BYTES]));
        Identity expected = new Identity(SENSOR, 70_000, MANY);
        assertEquals(expected, Identity.of(plain.frame(SENSOR, MANY)));
        assertEquals(expected, Identity.of(sealed.frame(SENSOR, MANY)));
    }

    @Test
    void verdict_everySignalThere_isGood() {
        deliver(0, 1);
        deliver(1, 1);
        assertEquals(new Verdict(2, 2, 0, 0, 0, 0, 0, 0, List.of()), ledger.verdict());
        assertTrue(ledger.verdict().isGood());
    }

    @Test
    void verdict_frameWithoutSignal_isTheRuntimesLoss() {
        ledger.taken(SENSOR, 0, 10);
        assertEquals(1, ledger.verdict().lost());
        assertFalse(ledger.verdict().isGood());
    }

    @Test
    void verdict_frameTakenAfterTheBrokersLastSave_isTheBrokersLoss() {
        ledger.incident(new BrokerIncident(5, 20, true, true));
        ledger.taken(SENSOR, 0, 10);
        assertEquals(1, ledger.verdict().lostByBroker());
        assertTrue(ledger.verdict().isGood());
    }

    @Test
    void verdict_frameAcknowledgedWithoutSignal_isTheRuntimesLossWhateverTheBroker() {
        ledger.incident(new BrokerIncident(5, 20, true, true));
        ledger.taken(SENSOR, 0, 10);
        ledger.released(new Identity(SENSOR, BOOT, 0), 15);
        assertEquals(1, ledger.verdict().lost());
    }

    @Test
    void verdict_confirmedSignalOutsideAnyIncident_isNotExcused() {
        ledger.incident(new BrokerIncident(5, 20, true, true));
        ledger.taken(SENSOR, 0, 10);
        ledger.confirmed(new Identity(SENSOR, BOOT, 0), 30);
        assertEquals(1, ledger.verdict().lost());
    }

    @Test
    void verdict_repeatedSignal_isADuplicateOnlyWithEqualContent() {
        deliver(0, 1);
        ledger.received(signal(0, 1, 99), 3);
        assertEquals(1, ledger.verdict().duplicated());
        assertTrue(ledger.verdict().isGood());
        ledger.received(signal(0, 2, 99), 4);
        assertEquals(1, ledger.verdict().spoilt());
        assertFalse(ledger.verdict().isGood());
    }

    @Test
    void verdict_signalBehindALaterOne_isDisordered() {
        deliver(1, 1);
        deliver(0, 1);
        deliver(0, 1);
        assertEquals(1, ledger.verdict().disordered());
        assertEquals(List.of("disordered: " + new Identity(SENSOR, BOOT, 0) + " came behind 1"),
                ledger.verdict().findings());
    }

    @Test
    void verdict_disorderOfSignalsSentInOrder_isTheBrokers() {
        onTheWire(0, 1);
        deliver(1, 1);
        deliver(0, 1);
        assertEquals(1, ledger.verdict().disorderedByBroker());
        assertTrue(ledger.verdict().isGood());
    }

    @Test
    void verdict_disorderOfFramesHandedOverOutOfOrder_isTheBrokers() {
        ledger.offered(frame(1), 1);
        ledger.sent(frame(1), 2);
        ledger.offered(frame(0), 1);
        ledger.sent(frame(0), 2);
        deliver(1, 1);
        deliver(0, 1);
        assertEquals(1, ledger.verdict().disorderedByBroker());
    }

    @Test
    void verdict_disorderOfSignalsSentOutOfOrder_isTheRuntimes() {
        ledger.offered(frame(0), 1);
        ledger.offered(frame(1), 1);
        ledger.sent(frame(1), 2);
        ledger.sent(frame(0), 2);
        deliver(1, 1);
        deliver(0, 1);
        assertEquals(1, ledger.verdict().disordered());
    }

    @Test
    void verdict_disorderByASignalNotSentAgainInTimeOnANewConnection_isTheRuntimes() {
        ledger.offered(frame(0), 1);
        ledger.offered(frame(1), 1);
        ledger.sent(frame(0), 2);
        ledger.sent(frame(1), 3);
        ledger.sent(frame(0), 3);
        deliver(1, 1);
        deliver(0, 1);
        assertEquals(1, ledger.verdict().disordered());
    }

    @Test
    void verdict_disorderAfterARefusal_isTheRuntimes() {
        onTheWire(0, 1);
        ledger.refused(frame(0));
        deliver(1, 1);
        deliver(0, 1);
        assertEquals(1, ledger.verdict().disordered());
    }

    private void onTheWire(long... seqs) {
        for (long seq : seqs) {
            ledger.offered(frame(seq), 1);
            ledger.sent(frame(seq), 2);
        }
    }

    private static Identity frame(long seq) {
        return new Identity(SENSOR, BOOT, seq);
    }

    @Test
    void verdict_signalOfAPoisonedFrame_isSpoilt() {
        ledger.poisoned(SENSOR, 0);
        ledger.taken(SENSOR, 0, 1);
        assertTrue(ledger.verdict().isGood());
        ledger.received(signal(0, 1, 1), 2);
        assertEquals(1, ledger.verdict().spoilt());
    }

    @Test
    void isCurrent_frameWithoutSignal_holdsForTheToleranceOnly() {
        ledger.taken(SENSOR, 0, 1000);
        assertTrue(ledger.isCurrent(1400, 500));
        assertFalse(ledger.isCurrent(1600, 500));
        ledger.received(signal(0, 1, 1), 1700);
        assertTrue(ledger.isCurrent(1_000_000, 500));
    }

    @Test
    void isFresh_signalOfAnOlderFrame_isNot() {
        ledger.taken(SENSOR, 0, 1000);
        assertFalse(ledger.isFresh(500), "no signal yet");
        ledger.received(signal(0, 1, 1), 1700);
        assertTrue(ledger.isFresh(500));
        assertFalse(ledger.isFresh(1500), "the frame was taken before");
    }

    private void deliver(long seq, float content) {
        ledger.taken(SENSOR, seq, 1);
        ledger.confirmed(new Identity(SENSOR, BOOT, seq), 2);
        ledger.received(signal(seq, content, 1), 3);
    }

    private static byte[] signal(long seq, float content, long latency) {
        SignalFields fields = new SignalFields().identity(SENSOR, BOOT, seq).rate(360, 1).shape(1, 1).unit("mV")
                .residual(0).latencyMicros(latency);
        return new SignalWriter().write(fields, new float[] {content}, 0);
    }
}
