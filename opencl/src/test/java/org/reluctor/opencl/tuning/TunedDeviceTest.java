package org.reluctor.opencl.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.operation.WeightFormat;

class TunedDeviceTest {
    private static final Device DEVICE = device("Some: board\n2000", "3.1");
    private static final LaunchParameters PARAMETERS = LaunchParameters.of(DEVICE);

    private static Device device(String name, String driver) {
        return new Device(name, "A platform", "vendor", "OpenCL 1.2", driver, DeviceKind.CPU, 4, 1, 1, 1, 1, true, null,
                null);
    }

    @Test
    void parse_ofItsOwnText_isTheSame() {
        for (LaunchComponent component : LaunchComponent.all()) {
            for (Object value : component.candidates()) {
                TunedDevice tuned = TunedDevice.of(DEVICE, component.with(PARAMETERS, value));
                assertEquals(tuned, TunedDevice.parse(tuned.text()), tuned.text());
                assertEquals(value, component.of(tuned.parameters()));
                assertEquals(Optional.empty(), tuned.mismatch(DEVICE));
            }
        }
    }

    @Test
    void text_otherWeightFormat_isNotKept() {
        TunedDevice tuned = TunedDevice.of(DEVICE, PARAMETERS.withWeights(WeightFormat.INT8));
        assertEquals(WeightFormat.FLOAT32, TunedDevice.parse(tuned.text()).parameters().weights());
    }

    @Test
    void mismatch_otherDeviceOrDriver_isToldInWords() {
        TunedDevice tuned = TunedDevice.of(DEVICE, PARAMETERS);
        assertTrue(tuned.mismatch(device("Other", "3.1")).orElse("").contains("this is Other (A platform)"));
        assertEquals("was found with driver 3.1, this is driver 3.2",
                tuned.mismatch(device("Some: board\n2000", "3.2")).orElse(""));
    }

    @Test
    void parse_cutOffAnywhere_isRefused() {
        String text = TunedDevice.of(DEVICE, PARAMETERS).text();
        for (int length = 0; length < text.stripTrailing().length(); length++) {
            String part = text.substring(0, length);
            assertThrows(IllegalArgumentException.class, () -> TunedDevice.parse(part), part);
        }
    }

    @Test
    void parse_damaged_saysWhere() {
        String text = TunedDevice.of(DEVICE, PARAMETERS).text();
        assertTrue(refusal(text.replace("form: panel", "form: panels")).contains("\"panels\"; must be one of panel,"));
        assertTrue(refusal(text.replace("cooperative: true", "cooperative: 1")).contains("must be one of false, true"));
        assertTrue(refusal(text.replace("perFrameUpToBytes: ", "perFrameUpToBytes: -")).contains("number from 0"));
        assertTrue(refusal(text.replace("perFrameUpToBytes: ", "perFrameUpToBytes: 99999999999999")).contains("whole"));
        assertTrue(refusal(text.replace("form: panel\n", "")).contains("form is missing"));
        assertTrue(refusal(text.replace("form: panel", "form: panel\nform: panel")).contains("line "));
        assertTrue(refusal(text.replace("form: panel", "form: panel\nspeed: 11")).contains("\"speed\" is no launch"));
        assertTrue(refusal(text + text).contains("2 documents"));
        assertTrue(refusal("\u0000\u0001").contains("line 1"));
        assertTrue(refusal("").contains("cut off"));
    }

    @Test
    void table_everyKind_hasParameters() {
        for (DeviceKind kind : DeviceKind.values()) {
            assertEquals(WeightFormat.FLOAT32, TuningTable.of(kind, "anything").weights());
        }
        assertNotEquals(TuningTable.of(DeviceKind.CPU, "x").form(), TuningTable.of(DeviceKind.GPU, "x").form());
    }

    @Test
    void entry_ofADevice_isOneOfTheTable() {
        String entry = TuningTable.entry(DEVICE, PARAMETERS);
        assertEquals(PARAMETERS, KeyedText.parameters(KeyedText.read(entry).get(0),
                List.of("kind", "named", "found")));
        assertTrue(entry.contains("named: some: board?2000\n"), entry);
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> TunedDevice.parse(text)).getMessage();
    }
}
