package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.Topics;
import org.reluctor.stream.mqtt.PublishReceipt;

class DeliveryLedgerTest {
    private final List<Slot> released = new ArrayList<>();
    private final DeliveryLedger ledger = new DeliveryLedger(8, released::add);
    private final RecordedSession session = new RecordedSession();
    private final SensorState sensor = sensor("lab/a");

    @Test
    void retire_confirmedOutOfOrder_acknowledgesInOrderOfArrival() {
        Slot first = sent(1, sensor);
        Slot second = sent(2, sensor);
        Slot third = sent(3, sensor);

        third.stage = Slot.Stage.DONE;
        second.stage = Slot.Stage.DONE;
        assertEquals(0, ledger.retire(each -> true));
        assertEquals(List.of(), session.acknowledged);

        first.stage = Slot.Stage.DONE;
        assertEquals(3, ledger.retire(each -> true));
        assertEquals(List.of(1, 2, 3), session.acknowledged);
        assertEquals(List.of(first, second, third), released);
    }

    @Test
    void retire_redeliveredFrame_waitsForTheOneItRepeats() {
        Slot original = sent(1, sensor);
        session.open = false;
        RecordedSession next = new RecordedSession();
        Slot repeated = append(9, sensor, next, Slot.Stage.DONE);
        assertEquals(0, ledger.retire(each -> true));

        original.stage = Slot.Stage.DONE;
        assertEquals(2, ledger.retire(each -> true));
        assertEquals(List.of(), session.acknowledged);
        assertEquals(List.of(9), next.acknowledged);
        assertEquals(List.of(original, repeated), released);
    }

    @Test
    void retire_unreliableFrame_isReleasedWithoutAcknowledgement() {
        Slot slot = new Slot(false);
        slot.arrive(session, "t", new byte[1], 0, null, 0);
        slot.stage = Slot.Stage.DONE;
        ledger.append(slot);
        assertEquals(1, ledger.retire(each -> true));
        assertEquals(List.of(), session.acknowledged);
    }

    @Test
    void retire_oneThatMayNotLeave_keepsAllBehindIt() {
        append(1, sensor, session, Slot.Stage.DONE);
        append(2, sensor, session, Slot.Stage.DONE);
        append(3, sensor, session, Slot.Stage.DONE);
        assertEquals(1, ledger.retire(each -> each.packetId != 2));
        assertEquals(List.of(1), session.acknowledged);
        assertEquals(2, ledger.retire(each -> true));
        assertEquals(List.of(1, 2, 3), session.acknowledged);
    }

    @Test
    void dropUnacknowledgeable_lostSession_freesOnlyWhatIsDone() {
        sent(1, sensor);
        Slot waiting = append(2, sensor, session, Slot.Stage.DONE);
        session.open = false;
        Slot ofNext = append(3, sensor, new RecordedSession(), Slot.Stage.DONE);
        assertEquals(1, ledger.dropUnacknowledgeable());
        assertEquals(List.of(waiting), released);
        assertEquals(2, ledger.size());
        assertFalse(released.contains(ofNext));
    }

    @Test
    void settle_receiptOfAnEarlierSending_isIgnored() {
        Slot slot = append(1, sensor, session, Slot.Stage.TO_SEND);
        int lost = slot.send();
        ledger.resendAll();
        assertSame(slot, ledger.nextToSend(0, 9));
        int again = slot.send();
        slot.settle(lost, 0);
        assertEquals(0, ledger.settle(any -> { }));
        slot.settle(again, 0x87);
        List<Integer> codes = new ArrayList<>();
        assertEquals(1, ledger.settle(settled -> codes.add(settled.reasonCode())));
        assertEquals(List.of(0x87), codes);
    }

    @Test
    void settle_receiptOfAnEarlierSendingAfterTheLatest_doesNotHideIt() {
        Slot slot = append(1, sensor, session, Slot.Stage.TO_SEND);
        int lost = slot.send();
        int again = slot.send();
        slot.settle(again, 0x10);
        slot.settle(lost, PublishReceipt.LOST);
        assertEquals(1, ledger.settle(settled -> assertEquals(0x10, settled.reasonCode())));
    }

    @Test
    void settle_lostConnection_isTold() {
        Slot slot = append(1, sensor, session, Slot.Stage.TO_SEND);
        slot.settle(slot.send(), PublishReceipt.LOST);
        List<Integer> codes = new ArrayList<>();
        ledger.settle(settled -> codes.add(settled.reasonCode()));
        assertEquals(List.of(PublishReceipt.LOST), codes);
    }

    @Test
    void resendAll_someConfirmed_sendsTheOthersAgainInOrder() {
        Slot first = sent(1, sensor);
        sent(2, sensor).stage = Slot.Stage.DONE;
        Slot third = sent(3, sensor);
        assertNull(ledger.nextToSend(0, 9));
        ledger.resendAll();
        assertSame(first, ledger.nextToSend(0, 9));
        first.send();
        assertSame(third, ledger.nextToSend(0, 9));
    }

    @Test
    void nextToSend_sensorOnHold_letsOthersPassAndTriesOneAfterThePause() {
        SensorState other = sensor("lab/b");
        Slot held = append(1, sensor, session, Slot.Stage.TO_SEND);
        append(2, sensor, session, Slot.Stage.TO_SEND);
        Slot free = append(3, other, session, Slot.Stage.TO_SEND);
        sensor.hold.sending();
        sensor.hold.refused(0);
        assertSame(free, ledger.nextToSend(0, 9));
        free.send();
        assertNull(ledger.nextToSend(0, 9));

        long later = 2_000_000_000L;
        ledger.rewind();
        assertSame(held, ledger.nextToSend(later, 9));
        held.send();
        sensor.hold.sending();
        assertNull(ledger.nextToSend(later, 9));
    }

    private Slot sent(int packetId, SensorState of) {
        Slot slot = append(packetId, of, session, Slot.Stage.TO_SEND);
        slot.send();
        return slot;
    }

    private Slot append(int packetId, SensorState of, RecordedSession from, Slot.Stage stage) {
        Slot slot = new Slot(true);
        slot.arrive(from, of.frameTopic, new byte[1], packetId, null, 0);
        slot.sensor = of;
        slot.stage = stage;
        ledger.append(slot);
        return slot;
    }

    private static SensorState sensor(String name) {
        return new SensorState(name, new Topics("reluctor"), new RouteBatch[0], 1);
    }
}
