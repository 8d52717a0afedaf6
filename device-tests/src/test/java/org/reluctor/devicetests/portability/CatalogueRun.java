package org.reluctor.devicetests.portability;

import java.nio.file.Path;
import java.util.List;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceSession;

/**
 * A program that runs specimens on the first device it finds, for a process whose environment names a driver. Says one
 * line a specimen on standard output, {@code right} or {@code wrong} first; the driver's reports go to standard error,
 * each behind the name of its specimen.
 */
final class CatalogueRun {
    private CatalogueRun() {
    }

    /** Folder of the kernel cache, then a {@link Selection}. */
    public static void main(String[] arguments) {
        Selection selection = Selection.valueOf(arguments[1]);
        try (DeviceSession session = TestDevice.open(Path.of(arguments[0]))) {
            System.out.println("device " + session.device());
            for (Specimen specimen : selection.specimens()) {
                System.err.println("running " + specimen.name());
                List<String> wrong = specimen.run(session);
                System.out.println(wrong.isEmpty() ? "right " + specimen.name() : "wrong " + wrong);
            }
        }
    }
}
