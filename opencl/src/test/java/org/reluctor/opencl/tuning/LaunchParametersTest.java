package org.reluctor.opencl.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.WeightFormat;

class LaunchParametersTest {
    private static Device device(DeviceKind kind, long localMemoryBytes, int maxWorkGroupItems) {
        return new Device("d", "p", "v", "OpenCL 1.2", "1", kind, 4, 1, 1, localMemoryBytes, maxWorkGroupItems, true,
                null, null);
    }

    private static LaunchParameters of(KernelForm form, boolean cooperative) {
        return new LaunchParameters(form, 2, 0, cooperative, WeightFormat.FLOAT32);
    }

    @Test
    void of_gpuWhoseWorkGroupsAreTooSmallForTiles_isPlain() {
        assertEquals(KernelForm.TILED, LaunchParameters.of(device(DeviceKind.GPU, 1 << 15, 256)).form());
        assertEquals(KernelForm.PLAIN, LaunchParameters.of(device(DeviceKind.GPU, 1 << 15, 128)).form());
        assertEquals(KernelForm.PLAIN, LaunchParameters.of(device(DeviceKind.GPU, 1 << 14, 256)).form());
    }

    @Test
    void suits_formsThatTheDeviceCannotLaunch_isFalse() {
        assertTrue(of(KernelForm.TILED, false).suits(device(DeviceKind.GPU, 1 << 15, 256)));
        assertFalse(of(KernelForm.TILED, false).suits(device(DeviceKind.GPU, 1 << 15, 64)));
        assertFalse(of(KernelForm.PIPELINE, false).suits(device(DeviceKind.CPU, 1 << 15, 256)));
    }

    /** Work-groups see each other's plain stores, and run at once, on CPUs alone. */
    @Test
    void suits_cooperative_onCpusAlone() {
        assertTrue(of(KernelForm.PLAIN, true).suits(device(DeviceKind.CPU, 1, 1)));
        assertFalse(of(KernelForm.PLAIN, true).suits(device(DeviceKind.GPU, 1, 1)));
        assertFalse(of(KernelForm.PIPELINE, true).suits(device(DeviceKind.ACCELERATOR, 1, 1)));
    }

    @Test
    void new_valuesOutsideTheirRange_areRefusedByName() {
        assertEquals("tiledFrom is 0; must be from 1 to 1048576", refusal(0, 0));
        assertTrue(refusal((1 << 20) + 1, 0).startsWith("tiledFrom is 1048577"));
        assertTrue(refusal(1, -1).startsWith("perFrameUpToBytes is -1"));
        assertThrows(NullPointerException.class, () -> of(null, false));
        assertThrows(NullPointerException.class,
                () -> new LaunchParameters(KernelForm.PLAIN, 1, 0, false, null));
    }

    /** What the record takes is what tables and files may hold. */
    @Test
    void new_candidatesOfEveryComponent_areTaken() {
        for (LaunchComponent component : LaunchComponent.all()) {
            for (Object value : component.candidates()) {
                LaunchParameters with = component.with(of(KernelForm.PLAIN, false), value);
                assertEquals(value, component.of(with));
                assertEquals(value, component.parse(LaunchComponent.text(value)));
            }
        }
    }

    private static String refusal(int tiledFrom, long perFrameUpToBytes) {
        return assertThrows(IllegalArgumentException.class, () -> new LaunchParameters(KernelForm.PLAIN, tiledFrom,
                perFrameUpToBytes, false, WeightFormat.FLOAT32)).getMessage();
    }
}
