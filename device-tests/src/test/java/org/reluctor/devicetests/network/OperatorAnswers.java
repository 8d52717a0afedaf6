package org.reluctor.devicetests.network;

import java.util.ArrayList;
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
    /** One of plain numbers and one with odd ones: where compiling is emulated, each costs seconds. */
    private static final int SEEDS = 2;

    private final List<Partner> forms;

    /** On that device. */
    public OperatorAnswers(DeviceSession session) {
        forms = Arrays.stream(KernelForm.values())
                .<Partner>map(form -> new DevicePartner(session, form, true)).toList();
    }

    /** Those that compute something. */
    public static List<Operator> operators() {
        return OperatorConformanceIT.operators().toList();
    }

    /** Of one operator. */
    public List<Answer> of(Operator operator) throws Exception {
        List<Answer> answers = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            RecoveryNetwork network = OperatorCases.network(operator, seed);
            int batch = 1 + (operator.ordinal() + seed) % 4;
            float[] y = OperatorCases.measurements(operator, seed, batch * network.metadata().m());
            List<double[]> exact = new ReferenceExecutor(network).run(Closeness.widen(y), batch);
            // Plain and odd numbers have a form each; other operators begin with other forms.
            Partner form = forms.get((operator.ordinal() + seed) % forms.size());
            float[][] actual = form.run(network, y, batch);
            for (int output = 0; output < actual.length; output++) {
                answers.add(new Answer(operator + " " + seed + "." + output, actual[output],
                        OperatorTolerance.of(operator).allowed(exact.get(output))));
            }
        }
        return answers;
    }
}
