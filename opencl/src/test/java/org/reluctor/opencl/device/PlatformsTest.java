package org.reluctor.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.opencl.OpenClException;

class PlatformsTest {
    private static final Device GPU = device("Mali-G610", "ARM Platform", DeviceKind.GPU);
    private static final Device CPU = device("pthread-cortex-a76", "Portable Computing Language", DeviceKind.CPU);
    private static final Platforms BOTH = new Platforms(List.of(GPU, CPU), List.of());

    private static Device device(String name, String platform, DeviceKind kind) {
        return new Device(name, platform, "vendor", "OpenCL 3.0", "1", kind, 4, 1L << 30, 1L << 28, 1 << 15, 256, true,
                null, null);
    }

    @Test
    void select_auto_takesTheFirst() {
        assertEquals(GPU, BOTH.select("auto"));
    }

    @Test
    void select_partOfDeviceOrPlatformNameInAnyCase_findsIt() {
        assertEquals(CPU, BOTH.select("CORTEX"));
        assertEquals(CPU, BOTH.select("portable"));
    }

    @Test
    void select_nameThatNoneHas_listsWhatIsThere() {
        OpenClException thrown = assertThrows(OpenClException.class, () -> BOTH.select("geforce"));
        assertTrue(thrown.getMessage().contains("geforce"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("Mali-G610 (ARM Platform)"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("pthread-cortex-a76"), thrown.getMessage());
    }

    @Test
    void select_withoutAnyDevice_tellsTheProblemsAndTheRemedy() {
        Platforms none = new Platforms(List.of(), List.of("platform rusticl has no device"));
        OpenClException thrown = assertThrows(OpenClException.class, () -> none.select("auto"));
        assertTrue(thrown.getMessage().contains("rusticl has no device"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("pocl-opencl-icd"), thrown.getMessage());
    }

    @Test
    void describe_oneDeviceFails_isAProblemAndHidesNoOther() {
        List<String> problems = new ArrayList<>();
        Iterator<Device> answers = Arrays.asList(CPU, null, GPU).iterator();
        List<Device> found = Platforms.describe(Arrays.asList(null, null, null), handle -> {
            Device next = answers.next();
            if (next == null) {
                throw new OpenClException(-5, "clGetDeviceInfo: CL_OUT_OF_RESOURCES");
            }
            return next;
        }, "X", problems);
        assertEquals(List.of(CPU, GPU), found);
        assertEquals(List.of("device 2 of platform X: clGetDeviceInfo: CL_OUT_OF_RESOURCES"), problems);
    }
}
