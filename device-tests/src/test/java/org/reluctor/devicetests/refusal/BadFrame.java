package org.reluctor.devicetests.refusal;

import java.util.function.Function;
import org.reluctor.stream.codec.FrameFault;

/**
 * One kind of bad frame, and what must come of it.
 *
 * @param name        for people
 * @param sensor      whose topic it comes on
 * @param contentType of the PUBLISH; null for none
 * @param payload     made from the identity's sequence number
 * @param inSequence  takes the sensor's next number, because the frame itself is sound; otherwise one far away, which
 *                    would show if it were remembered
 * @param fault       the kind it must be counted as
 * @param field       the field that the answer must name; null for any
 * @param identified  whether boot and seq can be read, and must be told
 * @param answered    whether an answer must come
 */
record BadFrame(String name, String sensor, String contentType, Function<Long, byte[]> payload, boolean inSequence,
                FrameFault fault, String field, boolean identified, boolean answered) {
    static final String CBOR = "application/cbor";

    /** A frame on the first sensor's topic, answered, with its identity readable. */
    static BadFrame of(String name, FrameFault fault, String field, Function<Long, byte[]> payload) {
        return new BadFrame(name, Ward.SENSORS.get(0), CBOR, payload, false, fault, field, true, true);
    }

    BadFrame unidentified() {
        return new BadFrame(name, sensor, contentType, payload, inSequence, fault, field, false, answered);
    }

    BadFrame unanswered() {
        return new BadFrame(name, sensor, contentType, payload, inSequence, fault, field, identified, false);
    }

    BadFrame on(String otherSensor) {
        return new BadFrame(name, otherSensor, contentType, payload, inSequence, fault, field, identified, answered);
    }

    BadFrame as(String otherType) {
        return new BadFrame(name, sensor, otherType, payload, inSequence, fault, field, identified, answered);
    }

    BadFrame sound() {
        return new BadFrame(name, sensor, contentType, payload, true, fault, field, identified, answered);
    }

    @Override
    public String toString() {
        return name + " → " + fault.reason();
    }
}
