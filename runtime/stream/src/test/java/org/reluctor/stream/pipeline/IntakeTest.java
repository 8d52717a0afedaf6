package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reluctor.stream.StreamEvents;

@Timeout(20)
class IntakeTest {
    private final StreamCounters counters = new StreamCounters();
    private final Intake intake = new Intake(2, 2, new Doorbell(), counters, StreamEvents.NONE);
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

    @Test
    void arrived_closed_takesNothing() {
        reliable(1);
        intake.close();
        reliable(2);
        assertEquals(1, intake.inUse());
    }

    @Test
    void forgetBefore_newSession_keepsItsOwnAndUnreliableFrames() {
        reliable(1);
        intake.arrived(session, "q0", new byte[1], 0, 0, null);
        RecordedSession next = new RecordedSession();
        intake.arrived(next, "new", new byte[1], 1, 7, null);
        intake.forgetBefore(next);
        assertEquals(2, intake.take(taken, 8));
        assertEquals("q0", taken[0].topic);
        assertEquals("new", taken[1].topic);
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

    private void reliable(int packetId) {
        intake.arrived(session, "t", new byte[1], 1, packetId, null);
    }
}
