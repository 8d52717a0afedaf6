package org.reluctor.devicetests;

import java.nio.file.Path;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.device.ProgramCache;

/**
 * The device that tests run on: the first in order of preference, or the one that the system property
 * {@code reluctor.device} names a part of. A missing device fails the test: the test command installs one.
 */
public final class TestDevice {
    private TestDevice() {
    }

    /** A session with its kernel cache under target/. */
    public static DeviceSession open() {
        return open(Path.of("target", "kernel-cache"));
    }

    /** A session with its kernel cache in that folder. */
    public static DeviceSession open(Path cache) {
        return DeviceSession.open(Platforms.discover().select(System.getProperty("reluctor.device", Platforms.AUTO)),
                new ProgramCache(cache));
    }
}
