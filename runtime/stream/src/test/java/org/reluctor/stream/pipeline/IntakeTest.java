package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reluctor.stream.StreamEvents;

@Timeout(20)
class IntakeTest {
    private static final int MOST_BYTES = 100;

    private final StreamCounters counters = new StreamCounters();
    private final Intake intake = new Intake(2, 2, MOST_BYTES, new Doorbell(), counters, StreamEvents.NONE);
    private final RecordedSession session = new RecordedSession();
    private final Slot[] taken = new Slot[8];

    @Test
    void arrived_unreliableFramesOverTheirShare_dropTheOldestWaiting() {
        for (int i = 1; i <= 4; i++) {
            intake.arrived(session, "t" + i, new byte[i], 0, 0, null);
        }
        assertEquals(2, intake.take(taken, 8));
        assertEquals("t3", taken[0].topic);
        assertEquals("t4", taken[1].topic);
        assertEquals(2, counters.queueDrops.get());
    }

    @Test
    void arrived_unreliableFramesAllWithTheEngine_dropTheNewOne() {
        intake.arrived(session, "t1", new byte[1], 0, 0, null);
        intake.arrived(session, "t2", new byte[1], 0, 0, null);
        intake.take(taken, 8);
        intake.arrived(session, "t3", new byte[1], 0, 0, null);
        assertEquals(0, intake.waiting());
        assertEquals(1, counters.queueDrops.get());
    }

    @Test
    void arrived_moreReliableFramesThanSlots_waitsUntilOneIsReleased() throws Exception {
        for (int i = 1; i <= 4; i++) {
            reliable(i);
        }
        assertFalse(intake.hasRoomForConnection());
        Thread library = new Thread(() -> reliable(5));
        library.start();
        while (intake.blockedNanos(System.nanoTime()) == 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertEquals(4, intake.take(taken, 8));
        intake.release(taken[0]);
        library.join();
        assertEquals(0, intake.blockedNanos(System.nanoTime()));
        assertEquals(1, intake.take(taken, 8));
        assertEquals(5, taken[0].packetId);
    }

    @Test
    void arrived_waitingWhenTheSessionEnds_isLeftUnacknowledged() throws Exception {
        for (int i = 1; i <= 4; i++) {
            reliable(i);
        }
        Thread library = new Thread(() -> reliable(5));
        library.start();
        session.open = false;
        library.join();
        assertEquals(4, intake.inUse());
        assertEquals(4, counters.framesReceived.get());
    }

    @Test
    void arrived_roomAgainAfterTheSessionEnded_doesNotPassTheFrameLeftOut() {
        for (int i = 1; i <= 4; i++) {
            reliable(i);
        }
        session.open = false;
        reliable(5);
        intake.take(taken, 8);
        intake.release(taken[0]);
        reliable(6);
        assertEquals(0, intake.waiting());
        assertEquals(3, intake.inUse());
    }

    /** Somebody who may publish must not be able to fill the heap with what waits here. */
    @Test
    void arrived_payloadOverTheLimit_isNotKeptButForItsSizeAndHash() {
        for (int qos = 0; qos < 2; qos++) {
            intake.arrived(session, "t", new byte[MOST_BYTES + 1], qos, qos, null);
            intake.arrived(session, "t", new byte[MOST_BYTES], qos, 2 * qos, null);
        }
        assertEquals(4, intake.take(taken, 8));
        for (int i = 0; i < 4; i += 2) {
            assertNull(taken[i].payload);
            assertEquals(MOST_BYTES + 1, taken[i].oversize.bytes());
            // Of 101 zeros; sha256sum says the same.
            assertEquals("e08dd9962eedb16e12840ea2a977cc07bc5fa8d96259682edaa080573d525e4c",
                    taken[i].oversize.sha256());
            assertEquals(MOST_BYTES, taken[i + 1].payload.length);
            assertNull(taken[i + 1].oversize);
        }
    }

    @Test
    void arrived_payloadOverTheLimitOfAnEndedSessionAgain_isKnownByItsHash() {
        byte[] other = new byte[MOST_BYTES + 1];
        other[7] = 1;
        intake.arrived(session, "t", new byte[MOST_BYTES + 1], 1, 1, null);
        session.open = false;
        RecordedSession next = new RecordedSession();
        intake.arrived(next, "t", new byte[MOST_BYTES + 1], 1, 5, null);
        intake.arrived(next, "t", other, 1, 6, null);
        assertEquals(2, intake.take(taken, 8));
        assertEquals(List.of(5, 6), Stream.of(taken).limit(2).map(s -> s.packetId).toList());
    }

    @Test
    void release_slotOfAPayloadOverTheLimit_nextFrameInItIsTakenWhole() {
        intake.arrived(session, "t", new byte[MOST_BYTES + 1], 1, 1, null);
        intake.take(taken, 8);
        intake.release(taken[0]);
        reliable(2);
        intake.take(taken, 8);
        assertNull(taken[0].oversize);
        assertEquals(1, taken[0].payload.length);
    }

    /** MQTT 5.0, section 4.6: acknowledgements go out in the order in which the frames came in their session. */
    @Test
    void arrived_frameOfAnEndedSessionAgainBehindANewcomer_isNotPutBeforeIt() {
        named("with the engine", session, 1);
        intake.take(taken, 8);
        named("waiting", session, 2);
        session.open = false;
        RecordedSession next = new RecordedSession();
        named("with the engine", next, 7);
        named("waiting", next, 8);
        int count = intake.take(taken, 8);
        assertEquals(List.of(7, 8),
                Stream.of(taken).limit(count).filter(s -> s.session == next).map(s -> s.packetId).toList());
    }

    @Test
    void arrived_closed_takesNothing() {
        reliable(1);
        intake.close();
        reliable(2);
        assertEquals(1, intake.inUse());
    }

    @Test
    void arrived_frameOfAnEndedSessionAgain_keepsItsPlaceAndTakesTheNewSession() {
        named("first", session, 1);
        intake.arrived(session, "q0", new byte[1], 0, 0, null);
        named("second", session, 2);
        session.open = false;
        RecordedSession next = new RecordedSession();
        named("first", next, 7);
        named("second", next, 8);
        named("third", next, 9);
        assertEquals(4, intake.take(taken, 8));
        assertEquals(List.of("first", "q0", "second", "third"), Stream.of(taken).limit(4).map(s -> s.topic).toList());
        assertEquals(List.of(7, 0, 8, 9), Stream.of(taken).limit(4).map(s -> s.packetId).toList());
        assertSame(next, taken[0].session);
        assertEquals(3, intake.reliableInUse());
    }

    /** As a broker does that was killed and lost what it had not saved. */
    @Test
    void arrived_frameOfAnEndedSessionThatDoesNotComeAgain_isKept() {
        named("forgotten by the broker", session, 1);
        session.open = false;
        named("new", new RecordedSession(), 1);
        assertEquals(2, intake.take(taken, 8));
        assertEquals("forgotten by the broker", taken[0].topic);
    }

    @Test
    void arrived_sameFrameTwiceInOneSession_isTwoFrames() {
        named("t", session, 1);
        named("t", session, 2);
        assertEquals(2, intake.waiting());
    }

    @Test
    void release_slot_forgetsTheFrame() {
        reliable(1);
        intake.take(taken, 8);
        assertTrue(intake.oldestAgeNanos(System.nanoTime()) > 0);
        intake.release(taken[0]);
        assertEquals(0, intake.inUse());
        assertEquals(0, intake.oldestAgeNanos(System.nanoTime()));
        assertTrue(intake.hasRoomForConnection());
    }

    private void named(String topic, RecordedSession from, int packetId) {
        intake.arrived(from, topic, new byte[1], 1, packetId, null);
    }

    private void reliable(int packetId) {
        intake.arrived(session, "t", new byte[1], 1, packetId, null);
    }
}
