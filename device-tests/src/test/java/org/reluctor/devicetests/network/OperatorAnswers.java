package org.reluctor.devicetests.network;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.reluctor.app.selftest.OperatorCases;
import org.reluctor.app.selftest.OperatorTolerance;
import org.reluctor.devicetests.Answer;
import org.reluctor.devicetests.Closeness;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.KernelForm;

/** What a device makes of every operator, in the forms of the kernels in turn, odd numbers included. */
public final class OperatorAnswers {
    private static final int SEEDS = 4;

    private final List<Partner> forms;

    /** On that device. */
    public OperatorAnswers(DeviceSession session) {
        forms = Arrays.stream(KernelForm.values())
                .<Partner>map(form -> new DevicePartner(session, form, true)).toList();
    }

    /** Takes an answer. */
    public interface Taker {
        void take(Answer answer) throws IOException;
    }

    /** Computes them one after the other. */
    public void each(Taker taker) throws Exception {
        for (Operator operator : OperatorConformanceIT.operators().toList()) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                answers(operator, seed, taker);
            }
        }
    }

    private void answers(Operator operator, int seed, Taker taker) throws Exception {
        RecoveryNetwork network = OperatorCases.network(operator, seed);
        int batch = 1 + seed % 4;
        float[] y = OperatorCases.measurements(operator, seed, batch * network.metadata().m());
        List<double[]> exact = new ReferenceExecutor(network).run(Closeness.widen(y), batch);
        // Pairs of seeds have a form each, one of the two the odd numbers; other operators begin with other forms.
        Partner form = forms.get((operator.ordinal() + (seed - 1) / 2) % forms.size());
        float[][] actual = form.run(network, y, batch);
        for (int output = 0; output < actual.length; output++) {
            taker.take(new Answer(operator + " " + seed + "." + output, actual[output],
                    OperatorTolerance.of(operator).allowed(exact.get(output))));
        }
    }
}
