package org.reluctor.devicetests.study;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What a study's budgets are measured by: wall time, or the processor time of all threads of this process, those of the
 * OpenCL driver, the collector and the compiler among them, which is what to compare by on a machine with other work.
 */
public enum StudyClock implements LongSupplier {
    WALL {
        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    },
    PROCESSOR {
        @Override
        public long getAsLong() {
            return SYSTEM.getProcessCpuTime();
        }
    };

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Of its name in lower case. */
    public static StudyClock of(String name) {
        for (StudyClock clock : values()) {
            if (clock.word().equals(name)) {
                return clock;
            }
        }
        throw new IllegalArgumentException("--clock is \"" + name + "\"; right is wall or processor");
    }

    /** Its name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Seconds since an unspecified moment. */
    public double seconds() {
        return getAsLong() / 1e9;
    }
}
