package org.reluctor.devicetests.certify;

import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.vnnlib.DeviceReplay;
import org.reluctor.certify.vnnlib.PropertyDecision;
import org.reluctor.certify.vnnlib.PropertyVerdict;
import org.reluctor.certify.vnnlib.VnnLibProperty;
import org.reluctor.certify.vnnlib.Witness;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.device.DeviceSession;

/**
 * A known property, decided.
 *
 * @param property what was asked
 * @param result   sat, unsat, unknown
 * @param seconds  that it took
 * @param regions  that were looked at
 * @param repeated whether the float64 reference, run anew, gives the witness' outputs
 * @param onDevice by how much the device's outputs fulfil the conditions; not-a-number without a witness
 */
record PropertyRun(KnownProperty property, String result, double seconds, long regions, boolean repeated,
        double onDevice) {
    static PropertyRun of(KnownProperty property, double seconds, DeviceSession session) {
        long start = System.nanoTime();
        PropertyDecision decision = new PropertyDecision(property.network(), Execution.FLOAT32, BoundProgress.NONE);
        VnnLibProperty asked = VnnLibProperty.read(property.text(), decision.inputs(), decision.outputs());
        PropertyVerdict verdict = decision.decide(asked, seconds, Deadline.none());
        double taken = (System.nanoTime() - start) / 1e9;
        if (verdict.witness().isEmpty()) {
            return new PropertyRun(property, verdict.result(), taken, verdict.regions(), false, Double.NaN);
        }
        Witness witness = verdict.witness().get();
        double[] reference = new ReferenceExecutor(property.network()).run(witness.input(), 1).get(0);
        double[] device = DeviceReplay.of(property.network(), session, witness.input()).outputs();
        return new PropertyRun(property, verdict.result(), taken, verdict.regions(),
                witness.margin(asked, reference) >= 0, witness.margin(asked, device));
    }

    boolean isDecided() {
        return !"unknown".equals(result);
    }

    boolean isWrong() {
        return isDecided() && "sat".equals(result) != property.violated();
    }

    boolean hasWitness() {
        return "sat".equals(result);
    }

    Map<String, Object> json() {
        return JsonText.map("kind", property.kind(), "inputs", property.network().input().shape().frameElements(),
                "neurons", property.neurons(), "violated", property.violated(), "result", result, "seconds", seconds,
                "regions", regions, "deviceMargin", onDevice);
    }
}
