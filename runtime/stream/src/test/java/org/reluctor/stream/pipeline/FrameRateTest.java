package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Route;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;

/** What a sensor may send where a rate is set: 2 frames a second, 5 at once. */
class FrameRateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final StreamCounters counters = new StreamCounters();
    private final FrameWriter writer = new FrameWriter();
    private final RouteBatch[] routes = {new RouteBatch(new Route("lab/+", new DoublingRecovery()), 64)};
    private final FrameAdmission admission = admission();

    private FrameAdmission admission() {
        BrokerOptions in = BrokerOptions.at("tcp://host:1883").clientId("in").build();
        GatewayOptions options = GatewayOptions.builder("lab", "gw", in, in.change().clientId("out").build())
                .sensorRate(2, 5).build();
        return new FrameAdmission(options, routes, new SensorTable(8, 0), counters, StreamEvents.NONE);
    }

    @Test
    void admit_flood_takesTheBurstAndThenTheRateAndNamesTheSettings() {
        Slot last = null;
        for (int seq = 0; seq < 50; seq++) {
            last = admit("lab/a", seq, 0);
        }
        assertEquals(5, counters.framesAccepted.get());
        assertEquals(FrameFault.FLOOD, last.fault);
        assertEquals("over the rate of sensors.framesPerSecond, 2, and its burst of 5 frames", last.faultDetail);
        for (int i = 0; i < 40; i++) {
            admit("lab/a", 50 + i, i * SECOND / 10);
        }
        assertEquals(5 + 7, counters.framesAccepted.get());
    }

    @Test
    void admit_floodOfOneSensor_leavesTheOthersAlone() {
        for (int seq = 0; seq < 50; seq++) {
            admit("lab/a", seq, 0);
        }
        assertTrue(admit("lab/b", 0, 0).accepted());
    }

    @Test
    void admit_replaysOfItsFrames_doNotUseUpWhatTheSensorMaySend() {
        admit("lab/a", 0, 0);
        for (int i = 0; i < 50; i++) {
            admit("lab/a", 0, 0);
        }
        for (int seq = 1; seq < 5; seq++) {
            assertTrue(admit("lab/a", seq, 0).accepted());
        }
        assertEquals(50, counters.duplicates.get());
    }

    /** A frame over the rate was not taken: it may be sent again later, and is no duplicate then. */
    @Test
    void admit_refusedFrameSentAgainLater_isTaken() {
        for (int seq = 0; seq < 6; seq++) {
            admit("lab/a", seq, 0);
        }
        assertTrue(admit("lab/a", 5, SECOND).accepted());
    }

    private Slot admit(String sensor, long seq, long nanos) {
        Slot slot = new Slot(true);
        FrameFields fields = FrameFields.of(sensor, 100, 1, 42, DoublingRecovery.SIZE, DoublingRecovery.SIZE);
        slot.arrive(null, "reluctor/v1/" + sensor + "/frame", writer.write(fields.at(1, seq),
                new float[] {1, 2, 3, 4}), 1, null, nanos);
        admission.admit(slot);
        routes[0].clear();
        return slot;
    }
}
