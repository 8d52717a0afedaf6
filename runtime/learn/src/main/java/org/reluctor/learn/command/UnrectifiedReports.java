package org.reluctor.learn.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.command.ProgressOutput;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.unrectified.Budget;
import org.reluctor.learn.unrectified.OuterReport;
import org.reluctor.learn.unrectified.UnrectifiedProgress;

/** Shows un-rectified training: its steps now and then, its outer iterations one by one, which are also kept. */
final class UnrectifiedReports implements UnrectifiedProgress {
    private final ProgressOutput output;
    private final Budget budget;
    private final List<OuterReport> kept;
    private final long beganNs = System.nanoTime();

    UnrectifiedReports(ProgressOutput output, Budget budget, List<OuterReport> kept) {
        this.output = output;
        this.budget = budget;
        this.kept = kept;
    }

    @Override
    public void stepped(long steps, double share, double objective) {
        output.show(() -> {
            double seconds = (System.nanoTime() - beganNs) / 1e9;
            return String.format(Locale.ROOT, "step %d%s, objective %.5f, %.1f steps/s, %.0f s left", steps,
                    budget.steps() == 0 ? "" : "/" + budget.steps(), objective, steps / seconds,
                    share == 0 ? Double.NaN : Math.ceil(seconds * (1 - share) / share));
        }, false);
    }

    @Override
    public void iterated(OuterReport report) {
        kept.add(report);
        output.line(report.toString());
    }

    /** One outer iteration by the names of its figures. */
    static Map<String, Object> values(OuterReport report) {
        return JsonText.map("iteration", report.iteration(), "objectiveForward", report.forwardObjective(),
                "objectiveRelaxed", report.relaxedObjective(), "constraints",
                Arrays.stream(report.constraints()).boxed().toList(), "constraintRms", report.constraint(), "kkt",
                report.kkt(), "biactive", report.biactive(), "largestMultiplier", report.largestMultiplier(), "mu",
                report.penalty());
    }
}
