package org.reluctor.devicetests.convex;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.convex.GatedModel;
import org.reluctor.learn.convex.GatedNetwork;
import org.reluctor.learn.convex.GatedOptions;
import org.reluctor.learn.convex.GatedTrainer;
import org.reluctor.learn.convex.GroupLassoSolution;
import org.reluctor.learn.convex.PatternSampling;
import org.reluctor.learn.convex.RecoveryResidual;
import org.reluctor.learn.convex.SolverOptions;

/**
 * Trains a gated layer as a convex program on what the linear recovery of real signals misses, to a duality gap, for
 * several seeds of the gates; beside it Adam with as many units and as much time, on ReLU units and on the very same
 * gates. Objectives are over samples and outputs: 0.5 times the mean square that the linear recovery leaves in the
 * principal directions is no layer at all. The machine's processors in float64 for both. Started by
 * device-tests/bin/study-convex.
 */
public final class ConvexStudy {
    private final StudyOptions options;
    private final StudyData data;
    private final RecoveryResidual task;
    private final Products products = new HostProducts();
    private final PrintStream notes;
    private final List<String> curves = new ArrayList<>(List.of("seed,stage,seconds,iteration,objective,gap"));
    private final Samples measured;
    private final Samples inputs;
    private final Samples targets;

    private ConvexStudy(StudyOptions options) throws IOException {
        this.options = options;
        notes = options.json() ? System.err : System.out;
        data = StudyData.read(options);
        task = RecoveryResidual.of(data.training(), data.measurement(), data.noise(), options.outputs(), products);
        measured = task.measure(data.training(), products);
        inputs = task.inputs(measured, products);
        targets = task.targets(data.training(), measured, products);
        notes.println(data.name() + ", " + inputs.count() + " samples, " + options.outputs() + " outputs");
    }

    /** Exits with 1 where a gap is not reached, with 64 where an argument is not right. */
    public static void main(String[] args) throws IOException {
        StudyOptions options;
        try {
            options = StudyOptions.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println("study-convex: " + wrong.getMessage());
            System.exit(64);
            return;
        }
        System.exit(new ConvexStudy(options).run() ? 0 : 1);
    }

    private boolean run() throws IOException {
        List<Map<String, Object>> runs = new ArrayList<>();
        boolean reached = true;
        for (int seed = 1; seed <= options.seeds(); seed++) {
            long startNs = System.nanoTime();
            GatedModel model = solve(seed, startNs);
            double seconds = (System.nanoTime() - startNs) / 1e9;
            Map<String, Object> row = row(seed, model, seconds);
            if (options.adam() > 0) {
                compare(seed, model, seconds, row);
            }
            notes.println(row);
            runs.add(row);
            reached &= model.gap().relative() <= options.gap();
        }
        if (options.curves() != null) {
            Files.write(options.curves(), curves);
        }
        Map<String, Object> report = JsonText.map("data", data.name(), "samples", inputs.count(), "outputs",
                options.outputs(), "gates", options.gates(), "norm", options.norm().name(), "betaShare", options.beta(),
                "objectiveOfNothing", scaled(targets.energy() / 2), "qualityLinear", quality(Samples.zero(
                data.heldOut().count(), options.outputs())), "runs", runs, "summary", summary(runs));
        if (options.json()) {
            System.out.println(JsonText.of(report));
        } else {
            notes.println(report.get("summary"));
        }
        return reached;
    }

    private GatedModel solve(int seed, long startNs) {
        GatedOptions training = new GatedOptions(options.norm(), PatternSampling.gaussian(options.gates(), seed),
                options.beta(), options.path(), options.rounds(), options.round(),
                new SolverOptions(options.gap(), 100_000, options.seconds()));
        return new GatedTrainer(products, training, (stage, iteration, objective, gap) -> {
            double seconds = (System.nanoTime() - startNs) / 1e9;
            curves.add(String.format(Locale.ROOT, "%d,%s,%.3f,%d,%.9g,%.4g", seed, stage, seconds, iteration,
                    scaled(objective), gap));
            notes.printf(Locale.ROOT, "seed %d, %s, iteration %d, %.1f s: objective %.6f, gap %.2e%n", seed, stage,
                    iteration, seconds, scaled(objective), gap);
        }).train(inputs, targets);
    }

    private Map<String, Object> row(int seed, GatedModel model, double seconds) {
        GatedNetwork network = model.network();
        return JsonText.map("seed", seed, "seconds", seconds, "iterations", model.solution().iterations(), "gap",
                model.gap().relative(), "gapOfAllPatternsAtMost", model.full().relative(), "objective",
                scaled(model.gap().primal()), "objectiveOfNetwork", scaled(network.objective(inputs, targets,
                model.solution().beta())), "dual", scaled(model.gap().dual()), "units", network.neurons(), "gatesUsed",
                network.gates().columns(), "parameters", network.parameters(), "quality",
                quality(network.predict(heldOutInputs())), "path", points(model.path()), "rounds",
                points(model.rounds()));
    }

    private List<Map<String, Object>> points(List<GroupLassoSolution> solutions) {
        return solutions.stream().map(solution -> JsonText.map("beta", solution.beta(), "objective",
                scaled(solution.gap().primal()), "gap", solution.gap().relative(), "iterations",
                solution.iterations(), "seconds", solution.seconds())).toList();
    }

    private void compare(int seed, GatedModel model, double seconds, Map<String, Object> row) {
        GatedNetwork network = model.network();
        double beta = model.solution().beta();
        descend("adamRelu", AdamBaseline.relu(inputs, targets, beta, network.neurons(), seed), seed, seconds, row);
        descend("adamGated", AdamBaseline.gated(inputs, targets, beta, network.gates(), network.gateOf(), seed), seed,
                seconds, row);
    }

    private void descend(String name, AdamBaseline adam, int seed, double seconds, Map<String, Object> row) {
        int steps = adam.run(options.adam() * seconds, options.step());
        row.put(name + "Steps", steps);
        row.put(name, scaled(adam.objective()));
        row.put(name + "Quality", quality(adam.predict(heldOutInputs())));
        curves.add(String.format(Locale.ROOT, "%d,%s,%.3f,%d,%.9g,", seed, name,
                options.adam() * seconds, steps, (double) row.get(name)));
    }

    private Samples heldOutInputs() {
        return task.inputs(task.measure(data.heldOut(), products), products);
    }

    private double quality(Samples outputs) {
        Samples y = task.measure(data.heldOut(), products);
        return data.quality(data.heldOut(), task.recover(y, outputs, products));
    }

    private double scaled(double objective) {
        return objective / inputs.count() / options.outputs();
    }

    /** Mean and standard deviation over the seeds of everything that is a real number. */
    private static Map<String, Object> summary(List<Map<String, Object>> runs) {
        Map<String, Object> summary = JsonText.map();
        runs.get(0).forEach((key, value) -> {
            if (value instanceof Double) {
                double[] values = runs.stream().mapToDouble(run -> (double) run.get(key)).toArray();
                double mean = Arrays.stream(values).average().orElseThrow();
                double square = Arrays.stream(values).map(one -> (one - mean) * (one - mean)).sum();
                summary.put(key, JsonText.map("mean", mean, "deviation",
                        Math.sqrt(square / Math.max(1, values.length - 1))));
            }
        });
        return summary;
    }
}
