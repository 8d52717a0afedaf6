package org.reluctor.devicetests.convex;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.devicetests.study.Curve;
import org.reluctor.devicetests.study.PairGradients;
import org.reluctor.devicetests.study.RunTable;
import org.reluctor.devicetests.study.Stopwatch;
import org.reluctor.devicetests.study.StudyClock;
import org.reluctor.devicetests.study.StudyRun;
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
import org.reluctor.learn.plot.TrainingCharts;

/**
 * Trains a gated layer as a convex program on what the linear recovery of real signals misses, to a duality gap, for
 * several seeds of the gates; beside it the project's gradients with as many units and as much processor time, on ReLU
 * units (adam-relu) and on the very same gates (adam-gated). Objectives are the same for all, the weights' penalty
 * included, over samples and outputs: 0.5 times the mean square that the linear recovery leaves in the principal
 * directions is no layer at all. The convex program is solved on the host in float64. Started by
 * device-tests/bin/study-convex.
 */
public final class ConvexStudy {
    private static final int BATCH = 512;
    private static final int SPANS = 60;
    private static final int SEARCH_SEED = 100;
    private static final double WARM_UP_SECONDS = 1;
    private static final String RELU = "adam-relu";
    private static final String GATED = "adam-gated";

    private final StudyOptions options;
    private final StudyData data;
    private final RecoveryResidual task;
    private final Products products = new HostProducts();
    private final PrintStream notes;
    private final Samples inputs;
    private final Samples targets;
    private final PairGradients pairs;
    private final Map<String, Double> rates = new LinkedHashMap<>();
    private final Map<String, Object> search = JsonText.map();

    private ConvexStudy(StudyOptions options) throws IOException {
        this.options = options;
        notes = options.json() ? System.err : System.out;
        data = StudyData.read(options);
        task = RecoveryResidual.of(data.training(), data.measurement(), data.noise(), options.outputs(), products);
        Samples measured = task.measure(data.training(), products);
        inputs = task.inputs(measured, products);
        targets = task.targets(data.training(), measured, products);
        pairs = new PairGradients(inputs, targets, BATCH);
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
        List<StudyRun> runs = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        boolean reached = true;
        for (int seed = 1; seed <= options.seeds(); seed++) {
            curves.add(new Curve());
            GatedModel model = solve(seed, curves.get(seed - 1), runs);
            reached &= model.gap().relative() <= options.gap();
            if (options.adam() > 0) {
                compare(seed, model, options.adam() * runs.get(runs.size() - 1).processorSeconds(), runs);
            }
        }
        RunTable table = new RunTable(runs);
        notes.println(table.text());
        String json = JsonText.of("data", data.name(), "samples", inputs.count(), "outputs", options.outputs(), "gates",
                options.gates(), "norm", options.norm().name(), "betaShare", options.beta(), "objectiveOfNothing",
                scaled(targets.energy() / 2), "qualityLinear", quality(Samples.zero(data.heldOut().count(),
                options.outputs())), "rates", rates, "rateSearch", search, "summary", table.json(), "runs",
                runs.stream().map(StudyRun::json).toList());
        if (options.json()) {
            System.out.println(json);
        }
        if (options.output() != null) {
            Files.createDirectories(options.output());
            Files.writeString(options.output().resolve("convex.json"), json + System.lineSeparator());
            plot(table);
        }
        return reached;
    }

    private GatedModel solve(int seed, Curve curve, List<StudyRun> runs) {
        GatedOptions training = new GatedOptions(options.norm(), PatternSampling.gaussian(options.gates(), seed),
                options.beta(), options.path(), options.rounds(), options.round(),
                new SolverOptions(options.gap(), 100_000, options.seconds()));
        Stopwatch watch = new Stopwatch();
        double began = StudyClock.PROCESSOR.seconds();
        watch.start();
        GatedModel model = new GatedTrainer(products, training, (stage, iteration, objective, gap) -> {
            double seconds = StudyClock.PROCESSOR.seconds() - began;
            curve.add(seconds, scaled(objective));
            notes.printf(Locale.ROOT, "seed %d, %s, iteration %d, %.1f s: objective %.6f, gap %.2e%n", seed, stage,
                    iteration, seconds, scaled(objective), gap);
        }).train(inputs, targets);
        watch.stop();
        GatedNetwork network = model.network();
        Map<String, Object> remarks = JsonText.map("iterations", model.solution().iterations(),
                "gapOfAllPatternsAtMost", model.full().relative(), "dual", scaled(model.gap().dual()), "gatesUsed",
                network.gates().columns(), "parameters", network.parameters(), "objectiveOfNetwork",
                scaled(network.objective(inputs, targets, model.solution().beta())), "path", points(model.path()),
                "rounds", points(model.rounds()));
        tell(runs, new Outcome("convex", seed, network.neurons(), scaled(model.gap().primal()),
                model.gap().relative(), network.predict(heldOutInputs())), watch, curve, remarks);
        return model;
    }

    /** What a method found. */
    private record Outcome(String method, int seed, int units, double objective, double gap, Samples heldOut) {
    }

    private void tell(List<StudyRun> runs, Outcome outcome, Stopwatch watch, Curve curve,
            Map<String, Object> remarks) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("objective", outcome.objective());
        figures.put("gap", outcome.gap());
        figures.put("units", (double) outcome.units());
        figures.put("test dB", quality(outcome.heldOut()));
        double[] means = Arrays.copyOf(curve.means(SPANS, watch.processorSeconds()), SPANS + 1);
        means[SPANS] = outcome.objective();
        runs.add(new StudyRun(data.name(), outcome.method(), outcome.seed(), watch.processorSeconds(),
                watch.wallSeconds(), curve.size(), figures, remarks, means));
        notes.printf(Locale.ROOT, "seed %d, %s: %.1f s processor, %.1f s wall, %s%n", outcome.seed(),
                outcome.method(), watch.processorSeconds(), watch.wallSeconds(), figures);
    }

    private List<Map<String, Object>> points(List<GroupLassoSolution> solutions) {
        return solutions.stream().map(solution -> JsonText.map("beta", solution.beta(), "objective",
                scaled(solution.gap().primal()), "gap", solution.gap().relative(), "iterations",
                solution.iterations(), "seconds", solution.seconds())).toList();
    }

    private void compare(int seed, GatedModel model, double seconds, List<StudyRun> runs) {
        GatedNetwork network = model.network();
        double beta = model.solution().beta();
        Map<String, GradientBaseline> baselines = new LinkedHashMap<>();
        baselines.put(RELU, GradientBaseline.relu(inputs, targets, beta, network.neurons()));
        baselines.put(GATED, GradientBaseline.gated(inputs, targets, beta, network.gates(), network.gateOf()));
        baselines.forEach((name, baseline) -> {
            double rate = rates.computeIfAbsent(name, method -> rate(method, baseline, seconds));
            Curve curve = new Curve();
            Stopwatch watch = new Stopwatch();
            GradientBaseline.Weights weights = descend(baseline, seconds, rate, seed, curve, watch);
            tell(runs, new Outcome(name, seed, network.neurons(), scaled(baseline.objective(weights)), Double.NaN,
                    baseline.predict(weights, heldOutInputs())), watch, curve, Map.of());
        });
    }

    /** The best of those that are tried in full, with a seed that is not in the table. */
    private double rate(String name, GradientBaseline baseline, double seconds) {
        // Programs are compiled before anything is measured.
        descend(baseline, WARM_UP_SECONDS, options.rates().get(0), SEARCH_SEED, new Curve(), new Stopwatch());
        double best = options.rates().get(0);
        double least = Double.POSITIVE_INFINITY;
        for (double rate : options.rates().size() > 1 ? options.rates() : List.<Double>of()) {
            double objective = scaled(baseline.objective(descend(baseline, seconds, rate, SEARCH_SEED, new Curve(),
                    new Stopwatch())));
            notes.printf(Locale.ROOT, "%s, rate %s: objective %.6f%n", name, rate, objective);
            search.put(name + " " + rate, objective);
            best = objective < least ? rate : best;
            least = Math.min(least, objective);
        }
        return best;
    }

    private GradientBaseline.Weights descend(GradientBaseline baseline, double seconds, double rate, int seed,
            Curve curve, Stopwatch watch) {
        watch.start();
        GradientBaseline.Weights weights = baseline.train(pairs, new PairGradients.Schedule(seconds,
                StudyClock.PROCESSOR, watch, rate, baseline.penalty(), seed, curve::add));
        watch.stop();
        return weights;
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

    private void plot(RunTable table) throws IOException {
        double longest = table.byMethod().values().stream().flatMap(List::stream)
                .mapToDouble(StudyRun::processorSeconds).average().orElseThrow();
        double[] times = new double[SPANS + 1];
        Arrays.setAll(times, span -> Math.min(longest, (span + 0.5) * longest / SPANS));
        List<TrainingCharts.Method> lines = table.byMethod().entrySet().stream().map(entry ->
                new TrainingCharts.Method(entry.getKey(), times, entry.getValue().stream().map(StudyRun::curve)
                        .toList())).toList();
        TrainingCharts.overTime(options.output().resolve("convex.svg"), data.name() + ", " + options.seeds()
                + " seeds", List.of("processor seconds (mean of the runs)", "objective with penalty"), lines);
    }
}
