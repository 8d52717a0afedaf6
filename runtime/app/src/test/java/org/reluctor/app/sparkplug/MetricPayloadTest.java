package org.reluctor.app.sparkplug;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

class MetricPayloadTest {
    @Test
    void of_everyJavaType_hasItsSparkplugTypeAndValue() throws InvalidProtocolBufferException {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("long", -1L);
        metrics.put("int", 7);
        metrics.put("float", 0.5f);
        metrics.put("double", 0.25);
        metrics.put("flag", true);
        metrics.put("text", "mV");
        metrics.put("samples", new float[] {1, -2});
        metrics.put("nothing", Float.NaN);
        metrics.put("none", Double.NaN);
        Payload payload = Payload.parseFrom(MetricPayload.of(metrics, 1234, 255));
        assertEquals(255, payload.getSeq());
        List<Metric> told = payload.getMetricsList();
        assertEquals(List.copyOf(metrics.keySet()), told.stream().map(Metric::getName).toList());
        assertEquals(List.of(DataType.UInt64, DataType.Int32, DataType.Float, DataType.Double, DataType.Boolean,
                DataType.String, DataType.FloatArray, DataType.Float, DataType.Double),
                told.stream().map(metric -> DataType.forNumber(metric.getDatatype())).toList());
        assertTrue(told.stream().allMatch(metric -> metric.getTimestamp() == 1234));
        assertEquals(-1L, told.get(0).getLongValue());
        assertEquals(7, told.get(1).getIntValue());
        assertEquals(0.5f, told.get(2).getFloatValue());
        assertEquals(0.25, told.get(3).getDoubleValue());
        assertTrue(told.get(4).getBooleanValue());
        assertEquals("mV", told.get(5).getStringValue());
        assertArrayEquals(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0},
                told.get(6).getBytesValue().toByteArray());
        assertTrue(told.get(7).getIsNull() && told.get(8).getIsNull() && !told.get(2).getIsNull());
    }

    @Test
    void deathAndBirth_ofAConnection_carryTheSameNumber() throws InvalidProtocolBufferException {
        Payload birth = Payload.parseFrom(MetricPayload.nodeBirth(Map.of("a", 1L), 200));
        Payload death = Payload.parseFrom(MetricPayload.nodeDeath(200));
        assertEquals(List.of("bdSeq", "Node Control/Rebirth", "a"),
                birth.getMetricsList().stream().map(Metric::getName).toList());
        assertEquals(0, birth.getSeq());
        assertFalse(death.hasSeq());
        assertEquals(200, birth.getMetrics(0).getLongValue());
        assertEquals(200, death.getMetrics(0).getLongValue());
        assertTrue(Payload.parseFrom(MetricPayload.deviceDeath(3)).getMetricsList().isEmpty());
    }
}
