package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Route;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.ArrayType;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.codec.FrameReader;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalReader;
import org.reluctor.stream.quality.HeldOutRows;

class EgressPumpTest {
    private static final FrameFields FIELDS =
            FrameFields.of("lab/a", 100, 1, 42, DoublingRecovery.SIZE, DoublingRecovery.SIZE).at(1, 0);

    private final List<Slot> released = new ArrayList<>();
    private final DeliveryLedger ledger = new DeliveryLedger(4, released::add);
    private final Transfer transfer = new Transfer(4, new Doorbell());
    private final RecordedSession ingress = new RecordedSession();
    private final EgressPump pump = pump(Duration.ZERO);

    private EgressPump pump(Duration summaryInterval) {
        StreamCounters counters = new StreamCounters();
        BrokerOptions in = BrokerOptions.at("tcp://127.0.0.1:1").clientId("in").build();
        GatewayOptions options = GatewayOptions.builder("lab", "gw", in, in.change().clientId("out").build())
                .summaryInterval(summaryInterval).build();
        Doorbell doorbell = new Doorbell();
        ErrorAnswers answers = new ErrorAnswers(options, () -> null, counters, StreamEvents.NONE);
        StateBoard board = new StateBoard(StreamEvents.NONE, doorbell);
        return new EgressPump(options, transfer, ledger, doorbell, answers, board, counters, StreamEvents.NONE);
    }

    @Test
    void doWork_signalThatCannotBeEncoded_isNotAcknowledged() {
        transfer.put(new Slot[] {slot()}, 1);
        try {
            assertThrows(NullPointerException.class, () -> pump.doWork(System.nanoTime()));
            pump.doWork(System.nanoTime());
            assertEquals(List.of(), ingress.acknowledged);
            assertEquals(List.of(), released);
            assertEquals(1, ledger.size());
        } finally {
            pump.link().close(false);
        }
    }

    /** They may wait for hours behind one whose signal does not go out. */
    @Test
    void doWork_framesAcceptedOrRejected_forgetTheirPayloads() {
        Slot good = slot();
        good.x = new float[DoublingRecovery.SIZE];
        Slot bad = slot();
        bad.reject(FrameFault.MATRIX, "matrix", "another");
        transfer.put(new Slot[] {good, bad}, 2);
        try {
            pump.doWork(System.nanoTime());
            for (Slot slot : List.of(good, bad)) {
                assertNull(slot.payload);
                assertNull(slot.frame.measurementType());
                assertTrue(slot.frame.hasIdentity());
            }
        } finally {
            pump.link().close(false);
        }
    }

    @Test
    void doWork_sendingEndsInAnError_isSentAgain() {
        Slot slot = slot();
        slot.x = new float[DoublingRecovery.SIZE];
        transfer.put(new Slot[] {slot}, 1);
        try {
            RecordedSession egress = new RecordedSession();
            egress.error = new OutOfMemoryError("of this test");
            pump.connected(egress);
            assertThrows(OutOfMemoryError.class, () -> pump.doWork(System.nanoTime()));
            assertTrue(slot.sensor.hold.admits(0, 1));
            pump.doWork(System.nanoTime());
            assertEquals(1, egress.published.size());
            assertEquals(Slot.Stage.SENT, slot.stage);
            assertFalse(slot.sensor.hold.admits(0, 1));
        } finally {
            pump.link().close(false);
        }
    }

    /** The signal is 2 in each sample, and recovered as 0. */
    @Test
    void doWork_frameWithHeldOutMeasurements_signalAndSummaryTellTheBound() throws Exception {
        float[] twos = {2, 2, 2, 2};
        float[] heldOut = new float[16];
        new HeldOutRows(5, 1, 0).measure(twos, 0, DoublingRecovery.SIZE, heldOut, 0, 16);
        double squares = 0;
        for (float value : heldOut) {
            squares += value * value;
        }
        double expected = Math.sqrt(squares / 7.961646);
        Slot slot = slot(new FrameWriter().write(FIELDS.heldOutSeed(5), ArrayType.FLOAT32,
                new float[DoublingRecovery.SIZE], heldOut));
        slot.x = new float[DoublingRecovery.SIZE];
        transfer.put(new Slot[] {slot}, 1);
        EgressPump summarising = pump(Duration.ofSeconds(1));
        try {
            RecordedSession egress = new RecordedSession();
            summarising.connected(egress);
            summarising.doWork(System.nanoTime());
            Signal signal = new SignalReader(1 << 16).read(slot.signal);
            assertEquals(expected, signal.errorBound(), 1e-5);
            String summary = new String(egress.published.get(0).payload(), StandardCharsets.UTF_8);
            assertTrue(summary.contains("\"errorBound\":" + signal.errorBound() + ","), summary);
        } finally {
            summarising.link().close(false);
        }
    }

    private Slot slot() {
        return slot(new FrameWriter().write(FIELDS, new float[DoublingRecovery.SIZE]));
    }

    private Slot slot(byte[] frame) {
        Slot slot = new Slot(true);
        slot.arrive(ingress, "reluctor/v1/lab/a/frame", frame, 1, null, 0);
        RouteBatch route = new RouteBatch(new Route("lab/+", new DoublingRecovery()), 4);
        slot.sensor = new SensorState("lab/a", new Topics("reluctor"), new RouteBatch[] {route}, 1);
        slot.route = route;
        new FrameReader(new FrameLimits(1024, 64, 64, 1)).read(slot.payload, "lab/a", slot.frame);
        // Stands for whatever an encoding may fail of.
        slot.x = null;
        return slot;
    }
}
