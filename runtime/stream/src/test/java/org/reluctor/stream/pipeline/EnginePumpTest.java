package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.RecoveryException;
import org.reluctor.stream.Route;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Signal;

class EnginePumpTest {
    private static final int MOST_SENSORS = 3;
    private static final int MOST_BYTES = 256 << 10;

    private final StreamCounters counters = new StreamCounters();
    private final DoublingRecovery recovery = new DoublingRecovery();
    private final DoublingRecovery other = new DoublingRecovery();
    private final RecordedSession session = new RecordedSession();
    private final Intake intake = new Intake(16, 4, MOST_BYTES, new Doorbell(), counters, StreamEvents.NONE);
    private final Transfer transfer = new Transfer(64, new Doorbell());
    private final StateBoard board = new StateBoard(StreamEvents.NONE, new Doorbell());
    private final EnginePump pump = pump();
    private final FrameWriter writer = new FrameWriter();
    private int packetId;

    private EnginePump pump() {
        BrokerOptions in = BrokerOptions.at("tcp://host:1883").clientId("in").build();
        GatewayOptions options = GatewayOptions.builder("lab", "gw", in, in.change().clientId("out").build()).build();
        RouteBatch[] routes = {new RouteBatch(new Route("lab/a", recovery), 16),
            new RouteBatch(new Route("lab/+", other), 16)};
        SensorTable sensors = new SensorTable(MOST_SENSORS, 0);
        return new EnginePump(options, 16, intake,
                new FrameAdmission(options, routes, sensors, counters, StreamEvents.NONE), routes, transfer, board,
                new StreamSink(counters, StreamEvents.NONE));
    }

    @Test
    void doWork_framesOfTwoRoutes_recoversEachOnceAndKeepsTheOrder() {
        arrive("lab/a", 0, 1);
        arrive("lab/b", 0, 2);
        arrive("lab/a", 1, 3);
        List<Slot> out = work();
        assertEquals(List.of("lab/a", "lab/b", "lab/a"), out.stream().map(slot -> slot.sensor.sensor).toList());
        assertEquals(List.of(2f, 4f, 6f), out.stream().map(slot -> slot.x[0]).toList());
        assertEquals(1, recovery.calls);
        assertEquals(1, other.calls);
        assertEquals(43, out.get(0).modelId);
    }

    @Test
    void doWork_twoNetworksOfOneSensor_takeTheFramesOfTheirMatrix() {
        other.matrixId = 44;
        intake.arrived(session, "reluctor/v1/lab/a/frame", frame("lab/a", 44, 0, 1), 1, 1, null);
        intake.arrived(session, "reluctor/v1/lab/a/frame", frame("lab/a", 42, 1, 2), 1, 2, null);
        intake.arrived(session, "reluctor/v1/lab/a/frame", frame("lab/a", 43, 2, 3), 1, 3, null);
        List<Slot> out = work();
        assertEquals(List.of(2f, 4f), out.stream().limit(2).map(slot -> slot.x[0]).toList());
        assertEquals(FrameFault.MATRIX, out.get(2).fault);
        assertEquals(List.of(1, 1), List.of(recovery.calls, other.calls));
    }

    @Test
    void doWork_badFrameAmongGood_isRejectedInItsPlace() {
        arrive("lab/a", 0, 1);
        intake.arrived(session, "reluctor/v1/lab/a/frame", new byte[] {1, 2}, 1, 99, null);
        arrive("lab/a", 1, 666);
        arrive("lab/a", 2, 1);
        List<Slot> out = work();
        assertEquals(FrameFault.NOT_CBOR, out.get(1).fault);
        assertEquals(FrameFault.NOT_FINITE_OUTPUT, out.get(2).fault);
        assertEquals("x", out.get(2).faultField);
        assertTrue(out.get(0).accepted() && out.get(3).accepted());
    }

    @Test
    void doWork_contentType_isCborOrNone() {
        byte[] frame = frame("lab/a", 0, 1);
        intake.arrived(session, "reluctor/v1/lab/a/frame", frame, 1, 1, "text/plain");
        intake.arrived(session, "reluctor/v1/lab/a/frame", frame, 1, 2, "application/cbor");
        List<Slot> out = work();
        assertEquals(FrameFault.CONTENT_TYPE, out.get(0).fault);
        assertNull(out.get(1).fault);
    }

    @Test
    void doWork_foreignTextInAFault_isMadeFitForALog() {
        String foreign = "text\nERROR all is lost" + "!".repeat(1000);
        intake.arrived(session, "reluctor/v1/lab/a/frame", frame("lab/a", 0, 1), 1, 1, foreign);
        String detail = work().get(0).faultDetail;
        assertTrue(detail.startsWith("content type is \"text?ERROR all") && detail.length() < 200, detail);
    }

    @Test
    void doWork_sensorsBeyondTheMost_areRejectedAndKnownOnesGoOn() {
        for (String sensor : new String[] {"lab/a", "lab/b", "lab/c", "lab/d", "lab/a"}) {
            arrive(sensor, sensor.equals("lab/a") ? packetId : 0, 1);
        }
        List<Slot> out = work();
        assertEquals(FrameFault.SENSOR_LIMIT, out.get(3).fault);
        assertTrue(out.get(4).accepted());
    }

    @Test
    void doWork_badFramesOfInventedSensors_takeNoPlace() {
        for (int i = 0; i < 10; i++) {
            intake.arrived(session, "reluctor/v1/lab/x" + i + "/frame", new byte[1], 1, i, null);
        }
        work();
        arrive("lab/b", 0, 1);
        assertTrue(work().get(0).accepted());
    }

    @Test
    void doWork_topicWithoutRoute_isRejected() {
        arrive("yard/a", 0, 1);
        intake.arrived(session, "reluctor/v1/lab/_x/frame", new byte[1], 1, 5, null);
        List<Slot> out = work();
        assertEquals(FrameFault.NO_ROUTE, out.get(0).fault);
        assertEquals(FrameFault.NO_ROUTE, out.get(1).fault);
        assertNull(out.get(1).sensor);
    }

    @Test
    void doWork_deviceFailing_keepsTheBatchAndTriesItAgain() {
        recovery.failure = new RecoveryException("gone", null);
        arrive("lab/a", 0, 1);
        assertEquals(0, pump.doWork(System.nanoTime()));
        assertNull(transfer.poll());
        assertEquals(1, counters.recoveryFailures.get());
        assertTrue(pump.idleNanos(System.nanoTime()) < 60_000_000L);
        assertEquals(0, pump.doWork(System.nanoTime()));
        assertEquals(1, recovery.calls);

        recovery.failure = null;
        assertEquals(1, pump.doWork(System.nanoTime() + 10_000_000_000L));
        assertEquals(2f, transfer.poll().x[0]);
        assertEquals(GatewayState.STARTING, board.state());
    }

    /** The pause counts from the end of the attempt, not from the beginning of a round that may have taken seconds. */
    @Test
    void idleNanos_afterALongAttempt_isTheRestOfThePause() {
        recovery.failure = new RecoveryException("gone", null);
        arrive("lab/a", 0, 1);
        long begin = System.nanoTime() - 10_000_000_000L;
        pump.doWork(begin);
        assertTrue(pump.idleNanos(begin) <= 50_000_000L);
    }

    @Test
    void doWork_payloadOverTheLimit_isRejectedInItsPlace() {
        arrive("lab/a", 0, 1);
        intake.arrived(session, "reluctor/v1/lab/a/frame", new byte[MOST_BYTES + 1], 1, 99, null);
        arrive("lab/a", 1, 1);
        List<Slot> out = work();
        assertEquals(FrameFault.TOO_LARGE, out.get(1).fault);
        assertEquals("payload", out.get(1).faultField);
        assertEquals("the payload has 262145 bytes; at most 262144 are right", out.get(1).faultDetail);
        assertFalse(out.get(1).frame.hasIdentity());
        assertTrue(out.get(0).accepted() && out.get(2).accepted());
    }

    @Test
    void doWork_silentSensor_mayHaveNoResidual() {
        arrive("lab/a", 0, 0);
        assertTrue(work().get(0).accepted());
    }

    @Test
    void doWork_redeliveredAndMissing_areToldApart() {
        arrive("lab/a", 0, 1);
        arrive("lab/a", 0, 1);
        arrive("lab/a", 3, 1);
        List<Slot> out = work();
        assertTrue(out.get(1).duplicate && !out.get(1).accepted());
        assertFalse(out.get(2).duplicate);
        assertEquals(Signal.FLAG_GAP, out.get(2).flags);
        assertEquals(1, counters.duplicates.get());
        assertEquals(1, counters.gaps.get());
    }

    private List<Slot> work() {
        pump.doWork(System.nanoTime());
        List<Slot> out = new ArrayList<>();
        for (Slot slot = transfer.poll(); slot != null; slot = transfer.poll()) {
            out.add(slot);
        }
        return out;
    }

    private void arrive(String sensor, long seq, float first) {
        intake.arrived(session, "reluctor/v1/" + sensor + "/frame", frame(sensor, seq, first), 1, ++packetId, null);
    }

    private byte[] frame(String sensor, long seq, float first) {
        return frame(sensor, 42, seq, first);
    }

    private byte[] frame(String sensor, long matrixId, long seq, float first) {
        FrameFields fields = FrameFields.of(sensor, 100, 1, matrixId, DoublingRecovery.SIZE, DoublingRecovery.SIZE);
        float rest = first == 0 ? 0 : 1;
        return writer.write(fields.at(1, seq), new float[] {first, rest, rest, rest});
    }
}
