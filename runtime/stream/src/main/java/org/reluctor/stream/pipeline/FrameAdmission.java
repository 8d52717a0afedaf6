package org.reluctor.stream.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Route;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.Topics;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.authentication.SensorKeyException;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.FrameReader;
import org.reluctor.stream.codec.Mac0Reader;
import org.reluctor.stream.codec.QuotedText;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.mqtt.OutboundMessage;

/**
 * Decides what becomes of an arrived frame: accepted for its route's batch, recognised as a duplicate, or rejected.
 * Confined to the engine thread; allocates nothing for a good frame of a known sensor.
 */
final class FrameAdmission {
    private static final long KEY_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Topics topics;
    private final RouteBatch[] routes;
    private final SensorTable sensors;
    private final FrameReader reader;
    private final Mac0Reader envelopes;
    /** Null where frames come without envelopes. */
    private final Authentication authentication;
    private final StaleFilters stale;
    private final CRC32C checksum = new CRC32C();
    private final GatewayOptions options;
    private final StreamCounters counters;
    private final StreamEvents events;
    /** The last sensor with a key that is not in the table: forged frames in its name read its key once, not each. */
    private SensorState lastStranger;
    private volatile boolean startsAnew;

    FrameAdmission(GatewayOptions options, RouteBatch[] routes, SensorTable sensors, StreamCounters counters,
            StreamEvents events) {
        this.topics = options.topics();
        this.routes = routes;
        this.sensors = sensors;
        List<Route> served = Arrays.stream(routes).map(batch -> batch.route).toList();
        this.stale = new StaleFilters(Subscriptions.of(options, served));
        this.reader = new FrameReader(options.frameLimits());
        this.envelopes = new Mac0Reader(options.frameLimits().maxBytes());
        this.authentication = options.authentication().orElse(null);
        this.options = options;
        this.counters = counters;
        this.events = events;
    }

    /**
     * What is known of the sensors is of a time before another gateway served them. Any thread, while no frame is in
     * memory.
     */
    void startAnew() {
        startsAnew = true;
    }

    private void forget() {
        startsAnew = false;
        sensors.clear();
        lastStranger = null;
    }

    /** Decodes and judges the slot's frame; an accepted one is then in its route's batch. */
    void admit(Slot slot) {
        if (startsAnew) {
            forget();
        }
        SensorState known = sensors.find(slot.topic);
        SensorState sensor = known != null ? known : stranger(slot);
        slot.belongTo(sensor);
        if ((sensor == null || !sensor.isRouted()) && stale.isUnasked(slot.topic)) {
            leave(slot);
            return;
        }
        if (sensor == null) {
            reject(slot, FrameFault.NO_ROUTE, "the topic names no sensor; site and sensor of 1 to 64 of "
                    + "A-Z a-z 0-9 . _ - are right");
            return;
        }
        if (isFaulty(slot, sensor)) {
            return;
        }
        if (known == null && !isTakenUp(slot, sensor)) {
            return;
        }
        sensor.lastSeenNanos = slot.arrivedNanos;
        if (sensor.frames != null && !sensor.frames.tryTake(slot.arrivedNanos)) {
            reject(slot, FrameFault.FLOOD, "over the rate of sensors.framesPerSecond, "
                    + options.framesPerSecond() + ", and its burst of " + options.burstFrames() + " frames");
            return;
        }
        identify(slot, sensor);
    }

    /** Its sensor is not answered: another gateway may serve it. */
    private void leave(Slot slot) {
        slot.belongTo(null);
        stale.giveUp(slot);
        reject(slot, FrameFault.NO_ROUTE, "the session at the broker still holds a subscription of an earlier"
                + " configuration; it is given up");
    }

    private SensorState stranger(Slot slot) {
        String topic = slot.topic;
        if (lastStranger != null && lastStranger.frameTopic.equals(topic)) {
            return lastStranger;
        }
        String sensor = topics.sensorOf(topic);
        if (sensor == null) {
            return null;
        }
        RouteBatch[] takers = routesOf(sensor);
        if (authentication == null || takers.length == 0) {
            return state(sensor, takers, new RememberedIdentities(options.shareGroup().isEmpty()), null);
        }
        FrameKey key = keyOf(sensor);
        SensorIdentities identities = new MarkedIdentities(authentication.marks().find(sensor),
                options.partition().isPresent());
        SensorState state = state(sensor, takers, identities, key);
        state.keyReadNanos = slot.arrivedNanos;
        lastStranger = key == null ? lastStranger : state;
        return state;
    }

    private SensorState state(String sensor, RouteBatch[] takers, SensorIdentities identities, FrameKey key) {
        RateLimit frames = options.framesPerSecond() == 0 ? null
                : new RateLimit(options.framesPerSecond(), options.burstFrames());
        return new SensorState(sensor, topics, takers, new RateLimit(options.answersPerSensor()), frames, identities,
                key);
    }

    /** Takes a sensor with its first good frame into the table, if there is room. */
    private boolean isTakenUp(Slot slot, SensorState sensor) {
        FrameFault fault = sensors.add(sensor, slot.arrivedNanos);
        if (fault == FrameFault.SENSOR_LIMIT) {
            reject(slot, fault, "the gateway knows " + sensors.most() + " sensors already, as many as it is set to by"
                    + " sensors.max");
        } else if (fault != null) {
            reject(slot, fault, "over the " + options.newSensorsPerMinute() + " new sensors a minute of"
                    + " sensors.newPerMinute");
        } else {
            lastStranger = null;
        }
        return fault == null;
    }

    private FrameKey keyOf(String sensor) {
        try {
            return authentication.keys().find(sensor);
        } catch (SensorKeyException e) {
            events.unusableKey(sensor, e.getMessage());
            return null;
        }
    }

    private RouteBatch[] routesOf(String sensor) {
        return Arrays.stream(routes).filter(candidate -> candidate.route.matches(sensor)).toArray(RouteBatch[]::new);
    }

    private boolean isFaulty(Slot slot, SensorState sensor) {
        if (!sensor.isRouted()) {
            reject(slot, FrameFault.NO_ROUTE, "no network is configured for " + sensor.sensor);
            return true;
        }
        if (slot.contentType != null && !slot.contentType.equals(OutboundMessage.CBOR)) {
            reject(slot, FrameFault.CONTENT_TYPE, "content type is " + QuotedText.of(slot.contentType) + "; "
                    + OutboundMessage.CBOR + " or none is right");
            return true;
        }
        if (slot.oversize != null) {
            reject(slot, FrameFault.TOO_LARGE, "the payload has " + slot.oversize.bytes() + " bytes; at most "
                    + options.frameLimits().maxBytes() + " are right");
            return true;
        }
        if (authentication != null && !isAuthentic(slot, sensor)) {
            return true;
        }
        int start = authentication == null ? 0 : envelopes.payloadStart();
        int length = authentication == null ? slot.payload.length : envelopes.payloadLength();
        FrameFault fault = reader.read(slot.payload, start, length, sensor.sensor, slot.frame);
        if (fault == null) {
            RouteBatch route = sensor.routeOf(slot.frame.matrixId());
            slot.route = route;
            fault = reader.match(slot.frame, route.recovery.matrixId(), route.recovery.samples(),
                    route.recovery.measurements(), route.recovery.channels());
        }
        if (fault == null) {
            return false;
        }
        reject(slot, fault, reader.faultField(), reader.faultDetail());
        return true;
    }

    /** Says nothing of the frame inside before its MAC is verified. */
    private boolean isAuthentic(Slot slot, SensorState sensor) {
        slot.frame.clear();
        if (sensor.key == null) {
            reject(slot, FrameFault.NO_KEY, "the gateway has no key for " + sensor.sensor);
            return false;
        }
        FrameFault fault = envelopes.read(slot.payload, sensor.sensor, sensor.key);
        if (fault == FrameFault.MAC && hasReadKeyAgain(sensor, slot.arrivedNanos)) {
            fault = envelopes.read(slot.payload, sensor.sensor, sensor.key);
        }
        if (fault != null) {
            reject(slot, fault, envelopes.faultDetail());
        }
        return fault == null;
    }

    /** The key may have been changed; a flood of forged frames does not have it read for each. */
    private boolean hasReadKeyAgain(SensorState sensor, long nowNanos) {
        if (nowNanos - sensor.keyReadNanos < KEY_PAUSE_NANOS) {
            return false;
        }
        sensor.keyReadNanos = nowNanos;
        FrameKey key = keyOf(sensor.sensor);
        sensor.key = key == null ? sensor.key : key;
        return key != null;
    }

    private void identify(Slot slot, SensorState sensor) {
        long boot = slot.frame.boot();
        long seq = slot.frame.seq();
        // Before the identity is remembered: where memory lacks, the frame must not pass for a duplicate of itself.
        slot.reserve(slot.route.samplesOfFrame);
        checksum.reset();
        checksum.update(slot.payload, 0, slot.payload.length);
        switch (sensor.identities.judge(boot, seq, (int) checksum.getValue())) {
            case DUPLICATE -> {
                giveBack(sensor);
                slot.duplicate = true;
                counters.duplicates.incrementAndGet();
                events.duplicate(sensor.sensor, boot, seq);
            }
            case BOOT_BACK -> {
                giveBack(sensor);
                reject(slot, FrameFault.BOOT, "boot is " + Long.toUnsignedString(boot)
                        + "; a higher one was seen, and boot grows at every start of the sensor");
            }
            case GAP -> {
                counters.gaps.incrementAndGet();
                events.gap(sensor.sensor, boot, seq, sensor.identities.missing());
                accept(slot, sensor, Signal.FLAG_GAP);
            }
            case RESTART -> {
                counters.restarts.incrementAndGet();
                events.restart(sensor.sensor, boot, seq);
                accept(slot, sensor, Signal.FLAG_GAP);
            }
            default -> accept(slot, sensor, 0);
        }
    }

    /** Frames that somebody recorded and sends again must not use up what the sensor itself may send. */
    private static void giveBack(SensorState sensor) {
        if (sensor.frames != null) {
            sensor.frames.giveBack();
        }
    }

    private void accept(Slot slot, SensorState sensor, int flags) {
        slot.flags = flags;
        slot.route.add(slot);
        counters.framesAccepted.incrementAndGet();
        events.frameAccepted(sensor.sensor, slot.payload.length);
    }

    private void reject(Slot slot, FrameFault fault, String detail) {
        reject(slot, fault, fault.field(), detail);
    }

    /** Rejects a frame, be it before or after its recovery. */
    void reject(Slot slot, FrameFault fault, String field, String detail) {
        slot.reject(fault, field, detail);
        counters.rejected(fault);
        String place = slot.sensor == null ? QuotedText.of(slot.topic) : slot.sensor.sensor;
        events.frameRejected(fault, detail, place, slot.frame.boot(), slot.frame.seq());
    }
}
