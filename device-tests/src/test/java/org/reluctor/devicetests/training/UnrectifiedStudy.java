package org.reluctor.devicetests.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.devicetests.study.Curve;
import org.reluctor.devicetests.study.RunTable;
import org.reluctor.devicetests.study.Stopwatch;
import org.reluctor.devicetests.study.StudyRun;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.device.DeviceProducts;
import org.reluctor.learn.plot.TrainingCharts;
import org.reluctor.learn.unrectified.ResidualProblem;
import org.reluctor.opencl.device.DeviceSession;

/**
 * The ways to train one network against each other: same architecture, data and time, several seeds. A table for each
 * task and budget, all runs as JSON, and a plot of the objective over time. Started by
 * device-tests/bin/study-unrectified.
 *
 * <p>A run's figures: objective (of the forward network over all training samples, half the mean squared error in units
 * of what the affine recovery leaves, so that 0.5 is that recovery alone), constraint (rms over the constraints of the
 * un-rectified problem; 0 by construction where a method knows nothing but forward passes), how many outer
 * iterations ran, and quality on test signals.
 */
public final class UnrectifiedStudy {
    private static final int SPANS = 60;
    private static final int SEARCH_SEED = 100;
    private static final double WARM_UP_SECONDS = 2;

    private final UnrectifiedStudyOptions options;
    private final Products products;
    private final StudyCase task;
    private final ResidualProblem problem;
    private final StudyMethods methods;

    private UnrectifiedStudy(UnrectifiedStudyOptions options, Products products, StudyCase task) {
        this.options = options;
        this.products = products;
        this.task = task;
        problem = new ResidualProblem(products, task.training(), task.measurement());
        methods = new StudyMethods(options, products, task, problem);
    }

    /** Exits with 64 where an argument is not right. */
    public static void main(String[] args) throws IOException {
        UnrectifiedStudyOptions options;
        try {
            options = UnrectifiedStudyOptions.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println("study-unrectified: " + wrong.getMessage());
            System.exit(64);
            return;
        }
        List<Map<String, Object>> tables = new ArrayList<>();
        try (DeviceSession session = TestDevice.open(); DeviceProducts products = new DeviceProducts(session)) {
            for (String name : options.cases()) {
                StudyCase task = name.equals("ecg") ? StudyCase.ecg(options.data().resolve("mitbih"), options.count())
                        : StudyCase.mnist(options.data().resolve("mnist"), options.count());
                UnrectifiedStudy study = new UnrectifiedStudy(options, products, task);
                study.warmUp();
                for (double seconds : options.budgets()) {
                    tables.add(study.compare(seconds));
                }
            }
        }
        String json = JsonText.of("clock", options.clock().word(), "hidden", options.hidden(), "tables", tables);
        if (options.json()) {
            System.out.println(json);
        }
        if (options.output() != null) {
            Files.writeString(options.output().resolve("unrectified.json"), json + System.lineSeparator());
        }
    }

    /** Programs are compiled, by the driver and by the JVM, before anything is measured. */
    private void warmUp() {
        options.methods().forEach(method -> run(method, SEARCH_SEED, WARM_UP_SECONDS, options.rates().get(0)));
    }

    private Map<String, Object> compare(double seconds) throws IOException {
        Map<String, Object> search = new LinkedHashMap<>();
        double rate = rate(seconds, search);
        List<StudyRun> runs = new ArrayList<>();
        for (int seed = 1; seed <= options.seeds(); seed++) {
            for (String method : options.methods()) {
                runs.add(run(method, seed, seconds, rate));
                tell("%s %s", runs.get(runs.size() - 1).method(), brief(runs.get(runs.size() - 1)));
            }
        }
        RunTable table = new RunTable(runs);
        double linear = task.quality().applyAsDouble(problem.recovered(task.test(),
                Samples.zero(task.test().count(), task.test().width())));
        String title = String.format(Locale.ROOT, "%s, %d samples, %.0f s %s time, %d seeds", task.name(),
                task.training().count(), seconds, options.clock().word(), options.seeds());
        if (!options.json()) {
            System.out.printf(Locale.ROOT, "%s; affine recovery alone: objective 0.5, %s %.2f; Adam's rate %s%n%s%n",
                    title, task.unit(), linear, rate, table.text());
        }
        if (options.output() != null) {
            Files.createDirectories(options.output());
            plot(options.output().resolve(String.format(Locale.ROOT, "unrectified-%s-%.0fs.svg", task.name(), seconds)),
                    title, seconds, table);
        }
        return JsonText.map("task", task.name(), "samples", task.training().count(), "seconds", seconds,
                "affineQuality", linear, "qualityUnit", task.unit(), "rate", rate, "rateSearch", search, "summary",
                table.json(), "runs", runs.stream().map(StudyRun::json).toList());
    }

    /** Of Adam: the best of those that are tried in full, with a seed that is not in the table. */
    private double rate(double seconds, Map<String, Object> search) {
        double best = options.rates().get(0);
        double least = Double.POSITIVE_INFINITY;
        boolean needed = options.rates().size() > 1
                && options.methods().stream().anyMatch(name -> name.contains("adam"));
        for (double rate : needed ? options.rates() : List.<Double>of()) {
            double objective = run("adam", SEARCH_SEED, seconds, rate).figures().get("objective");
            tell("Adam's rate %s: objective %.4f", rate, objective);
            search.put(String.valueOf(rate), objective);
            if (objective < least) {
                least = objective;
                best = rate;
            }
        }
        return best;
    }

    private StudyRun run(String method, int seed, double seconds, double rate) {
        Curve curve = new Curve();
        Stopwatch watch = Stopwatch.started();
        StudyMethods.Trained trained = methods.train(new StudyMethods.Assignment(method, seed, seconds, rate,
                curve::add, watch));
        watch.stop();
        Samples outputs = trained.network().apply(products, problem.measurements(task.test()));
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("objective", methods.objective(trained.network()));
        figures.put("outer iterations", (double) trained.iterations());
        figures.put("constraint", trained.chosen() == null ? 0 : trained.chosen().constraint());
        figures.put(task.unit(), task.quality().applyAsDouble(problem.recovered(task.test(), outputs)));
        double[] means = Arrays.copyOf(curve.means(SPANS, seconds), SPANS + 1);
        means[SPANS] = figures.get("objective");
        Map<String, Object> remarks = trained.chosen() == null ? Map.of() : JsonText.map("outerIteration",
                trained.chosen().iteration(), "kkt", trained.chosen().kkt(), "biactive", trained.chosen().biactive(),
                "premise", trained.chosen().premise());
        return new StudyRun(task.name(), method, seed, watch.processorSeconds(), watch.wallSeconds(), curve.size(),
                figures, remarks, means);
    }

    private static String brief(StudyRun run) {
        return String.format(Locale.ROOT, "seed %d: %.1f s processor, %.1f s wall, %d steps, %s %s", run.seed(),
                run.processorSeconds(), run.wallSeconds(), run.steps(), run.figures(), run.remarks());
    }

    private void tell(String format, Object... values) {
        System.err.printf(Locale.ROOT, task.name() + ": " + format + "%n", values);
    }

    private void plot(Path file, String title, double seconds, RunTable table) throws IOException {
        double[] times = new double[SPANS + 1];
        Arrays.setAll(times, span -> Math.min(seconds, (span + 0.5) * seconds / SPANS));
        List<TrainingCharts.Method> lines = table.byMethod().entrySet().stream().map(entry ->
                new TrainingCharts.Method(entry.getKey(), times, entry.getValue().stream().map(StudyRun::curve)
                        .toList())).toList();
        TrainingCharts.overTime(file, title, List.of(options.clock().word() + " seconds", "objective"), lines);
    }
}
