package org.reluctor.app.sparkplug;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * Metrics as a payload of Sparkplug B (3.0.0, section 6.4). A metric's Java type says its Sparkplug type: Long is
 * UInt64, Integer is Int32, Float, Double, Boolean and String are themselves, float[] is FloatArray. Float and Double
 * that are not a number are told as null.
 */
final class MetricPayload {
    /** Of the connection: pairs a death with its birth. */
    static final String BIRTH_DEATH_SEQUENCE = "bdSeq";
    /** Written by a host that wants to be told everything again. */
    static final String REBIRTH = "Node Control/Rebirth";

    private MetricPayload() {
    }

    /**
     * A birth or data message.
     *
     * @param metrics  by name, in the order in which they are told
     * @param millis   when they were so, ms since 1970 UTC
     * @param sequence of the node's messages, 0 to 255
     */
    static byte[] of(Map<String, Object> metrics, long millis, int sequence) {
        Payload.Builder payload = Payload.newBuilder().setTimestamp(System.currentTimeMillis()).setSeq(sequence);
        metrics.forEach((name, value) -> payload.addMetrics(metric(name, value, millis)));
        return payload.build().toByteArray();
    }

    /** What tells that a device is gone. */
    static byte[] deviceDeath(int sequence) {
        return Payload.newBuilder().setTimestamp(System.currentTimeMillis()).setSeq(sequence).build().toByteArray();
    }

    /** What tells that the node of that connection is gone; it has no number of its own. */
    static byte[] nodeDeath(int birthDeathSequence) {
        long now = System.currentTimeMillis();
        return Payload.newBuilder().setTimestamp(now).addMetrics(birthDeath(birthDeathSequence, now)).build()
                .toByteArray();
    }

    /** What begins a node's messages. */
    static byte[] nodeBirth(Map<String, Object> metrics, int birthDeathSequence) {
        long now = System.currentTimeMillis();
        Payload.Builder payload = Payload.newBuilder().setTimestamp(now).setSeq(0)
                .addMetrics(birthDeath(birthDeathSequence, now)).addMetrics(metric(REBIRTH, false, now));
        metrics.forEach((name, value) -> payload.addMetrics(metric(name, value, now)));
        return payload.build().toByteArray();
    }

    private static Metric birthDeath(int sequence, long now) {
        return Metric.newBuilder().setName(BIRTH_DEATH_SEQUENCE).setTimestamp(now)
                .setDatatype(DataType.Int64.getNumber()).setLongValue(sequence).build();
    }

    private static Metric metric(String name, Object value, long millis) {
        Metric.Builder metric = Metric.newBuilder().setName(name).setTimestamp(millis);
        if (value instanceof Long whole) {
            metric.setDatatype(DataType.UInt64.getNumber()).setLongValue(whole);
        } else if (value instanceof Integer whole) {
            metric.setDatatype(DataType.Int32.getNumber()).setIntValue(whole);
        } else if (value instanceof Float number) {
            metric.setDatatype(DataType.Float.getNumber());
            return (number.isNaN() ? metric.setIsNull(true) : metric.setFloatValue(number)).build();
        } else if (value instanceof Double number) {
            metric.setDatatype(DataType.Double.getNumber());
            return (number.isNaN() ? metric.setIsNull(true) : metric.setDoubleValue(number)).build();
        } else if (value instanceof Boolean flag) {
            metric.setDatatype(DataType.Boolean.getNumber()).setBooleanValue(flag);
        } else if (value instanceof float[] samples) {
            metric.setDatatype(DataType.FloatArray.getNumber()).setBytesValue(packed(samples));
        } else {
            metric.setDatatype(DataType.String.getNumber()).setStringValue(value.toString());
        }
        return metric.build();
    }

    private static ByteString packed(float[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(samples);
        return ByteString.copyFrom(bytes);
    }
}
