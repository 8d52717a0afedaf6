package org.reluctor.devicetests.network;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.reluctor.app.selftest.OperatorCases;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.KernelForm;

/**
 * A program that holds every operator, in the forms for any device in turn, on the first device it finds against the
 * reference, for a process whose environment names a driver. Says one line an operator, {@code right} or {@code wrong}
 * first.
 */
public final class OperatorsRun {
    private static final int SEEDS = 6;

    private OperatorsRun() {
    }

    /** Folder of the kernel cache. */
    public static void main(String[] arguments) throws Exception {
        try (DeviceSession session = TestDevice.open(Path.of(arguments[0]))) {
            List<Partner> forms = Stream.of(KernelForm.PLAIN, KernelForm.TILED, KernelForm.PIPELINE)
                    .<Partner>map(form -> new DevicePartner(session, form, true)).toList();
            for (Operator operator : OperatorConformanceIT.operators().toList()) {
                System.out.println(sentence(operator, forms));
            }
        }
    }

    private static String sentence(Operator operator, List<Partner> forms) throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RecoveryNetwork network = OperatorCases.network(operator, seed);
            Partner partner = forms.get((int) (seed % forms.size()));
            double excess = OperatorConformanceIT.excess(operator, network, partner, seed, 1 + (int) (seed % 4));
            if (excess > 1) {
                return "wrong " + operator + " seed " + seed + ": " + excess + " of the tolerance, "
                        + List.copyOf(network.nodes());
            }
        }
        return "right " + operator;
    }
}
