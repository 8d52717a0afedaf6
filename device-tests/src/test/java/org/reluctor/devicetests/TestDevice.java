package org.reluctor.devicetests;

import java.nio.file.Path;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.device.ProgramCache;
import org.reluctor.opencl.device.ProgramRecorder;

/**
 * The device that tests run on: the first in order of preference, or the one that the system property
 * {@code reluctor.device} names a part of. A missing device fails the test: the test command installs one.
 */
public final class TestDevice {
    private TestDevice() {
    }

    /** A session without a kernel cache: to fill one, some drivers compile every kernel once more. */
    public static DeviceSession open() {
        return DeviceSession.openUncached(device());
    }

    /** A session with its kernel cache in that folder. */
    public static DeviceSession open(Path cache) {
        return DeviceSession.open(device(), new ProgramCache(cache));
    }

    /** A session in which the device is taken for one of another kind: the kernels are that kind's. */
    public static DeviceSession openAs(DeviceKind kind) {
        return DeviceSession.openUncached(device().as(kind));
    }

    /**
     * A session that computes nothing in the calling thread, as with a program file and with most drivers: batches run
     * as launches on all compute units. Programs are compiled anew.
     */
    public static DeviceSession openWithoutCaller() {
        return openWithoutCaller(new ProgramRecorder());
    }

    /** The same, whose programs are told to the recorder. */
    public static DeviceSession openWithoutCaller(ProgramRecorder recorder) {
        return DeviceSession.open(device(), recorder);
    }

    private static Device device() {
        return Platforms.discover().select(System.getProperty("reluctor.device", Platforms.AUTO));
    }
}
