package org.reluctor.devicetests.training;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.reluctor.app.json.JsonText;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.device.DeviceProducts;
import org.reluctor.learn.unrectified.Budget;
import org.reluctor.learn.unrectified.DenseNetwork;
import org.reluctor.learn.unrectified.LagrangianOptions;
import org.reluctor.learn.unrectified.LagrangianTrainer;
import org.reluctor.learn.unrectified.OuterReport;
import org.reluctor.learn.unrectified.ResidualProblem;
import org.reluctor.learn.unrectified.RestartOptions;
import org.reluctor.learn.unrectified.RestartVariant;
import org.reluctor.learn.unrectified.Shards;
import org.reluctor.learn.unrectified.TwoSplitting;
import org.reluctor.learn.unrectified.UnrectifiedOptions;
import org.reluctor.learn.unrectified.UnrectifiedProgress;
import org.reluctor.learn.unrectified.UnrectifiedTrainer;
import org.reluctor.opencl.device.DeviceSession;

/**
 * The ways to train one network against each other: same architecture, data and time. One line, or one JSON object, a
 * run. Started by device-tests/bin/study-unrectified.
 *
 * <p>Methods: adam (the project's own, which computes on the device whatever the products do); al (as shipped); restart
 * (steps on the constraints with memory alone), restart-monotone (over all samples, with line search); fast
 * (two-splitting); al-cold (the augmented Lagrangian from random features); al-adam (a third of the time al, then
 * Adam). Keys of a JSON object: case, method, seed, seconds, steps, objective (forward network, half the mean squared
 * error in units of the affine recovery's residual), quality (dB or PRD on the test set), curve [[seconds, objective of
 * that step]], and of al: constraint (rms), kkt, biactive, premise.
 *
 * <p>usage: UnrectifiedStudy --data FOLDER [--case mnist|ecg] [--products device|host] [--seconds S] [--seeds N]
 * [--methods a,b] [--clock wall|processor] [--count N] [--hidden N] [--json | --verbose]
 */
public final class UnrectifiedStudy {
    private static final int CURVE_POINTS = 60;

    private final Map<String, String> options;
    private final Products products;
    private final ResidualProblem problem;
    private final StudyCase task;
    private final Samples measurements;
    private final Samples targets;
    private final LongSupplier clock;
    private final List<double[]> curve = new ArrayList<>();
    private OuterReport last;
    private double began;

    private UnrectifiedStudy(Map<String, String> options, Products products, StudyCase task) {
        this.options = options;
        this.products = products;
        this.task = task;
        clock = options.getOrDefault("--clock", "wall").equals("processor") ? UnrectifiedStudy::processorNanos
                : System::nanoTime;
        problem = new ResidualProblem(products, task.training(), task.measurement());
        measurements = problem.measurements(task.training());
        targets = problem.targets(task.training());
    }

    /** Runs what the arguments say. */
    public static void main(String[] args) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (int at = 0; at < args.length; at++) {
            boolean flag = args[at].equals("--json") || args[at].equals("--verbose");
            options.put(args[at], flag ? "" : args[++at]);
        }
        int count = Integer.parseInt(options.getOrDefault("--count", "20000"));
        Path data = Path.of(options.get("--data"));
        StudyCase task = options.getOrDefault("--case", "mnist").equals("ecg")
                ? StudyCase.ecg(data.resolve("mitbih"), count) : StudyCase.mnist(data.resolve("mnist"), count);
        if (options.getOrDefault("--products", "device").equals("host")) {
            new UnrectifiedStudy(options, new HostProducts(), task).run();
            return;
        }
        try (DeviceSession session = TestDevice.open(); DeviceProducts products = new DeviceProducts(session)) {
            new UnrectifiedStudy(options, products, task).run();
        }
    }

    /** Of all threads of this process: what to compare by on a machine that has other work. */
    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private double number(String name, double otherwise) {
        return Double.parseDouble(options.getOrDefault(name, String.valueOf(otherwise)));
    }

    private void run() {
        List<String> methods = List.of(options.getOrDefault("--methods", "adam,al,restart,fast,al-cold,al-adam")
                .split(","));
        double linear = task.quality().applyAsDouble(problem.recovered(task.test(),
                Samples.zero(task.test().count(), task.test().width())));
        System.err.printf("%s, %d samples, affine recovery %.3f%n", task.name(), task.training().count(), linear);
        for (int seed = 1; seed <= (int) number("--seeds", 3); seed++) {
            for (String method : methods) {
                run(method, seed);
            }
        }
    }

    private void run(String method, int seed) {
        curve.clear();
        last = null;
        int hidden = (int) number("--hidden", 512);
        DenseNetwork start = DenseNetwork.random(false, seed, measurements.width(), hidden, hidden, targets.width());
        double seconds = number("--seconds", 40);
        began = clock.getAsLong() / 1e9;
        DenseNetwork network = train(method, start, seed, seconds);
        double took = clock.getAsLong() / 1e9 - began;
        Samples outputs = network.apply(products, problem.measurements(task.test()));
        double quality = task.quality().applyAsDouble(problem.recovered(task.test(), outputs));
        print(method, seed, took, objective(network), quality);
    }

    private Shards shards(double size, int seed) {
        return Shards.dealt(measurements, targets, (int) size, seed);
    }

    private DenseNetwork train(String method, DenseNetwork start, int seed, double seconds) {
        RestartOptions steps = new RestartOptions(1e-4, number("--damping", 1), number("--share", 0.7),
                number("--momentum", 0.8), seed);
        LagrangianOptions relaxed = new LagrangianOptions(1e-4, number("--penalty", 30), 1e-3, 1e-3, 0.5,
                (int) number("--sweeps", 1), true);
        Budget budget = new Budget(0, seconds, clock);
        UnrectifiedProgress progress = progress();
        Shards shards = shards(number("--shard", 1000), seed);
        DenseGradients adam = new DenseGradients(measurements, targets, (int) number("--batch", 125),
                number("--rate", 1e-3), clock);
        switch (method) {
            case "adam":
                return adam.train(start, seconds, seed, this::point);
            case "restart":
                return new RestartVariant(products, steps, progress).withMemory(start, shards, budget);
            case "restart-monotone":
                return new RestartVariant(products, steps, progress).monotone(start, shards, budget);
            case "fast":
                DenseNetwork fitted = new RestartVariant(products, steps, progress).refitted(start, shards);
                return new TwoSplitting(products, relaxed, progress).train(fitted, shards, budget);
            case "al-cold":
                return lagrangian(new UnrectifiedOptions(steps, relaxed, 0), start, shards, budget);
            case "al":
                return lagrangian(new UnrectifiedOptions(steps, relaxed, number("--lead", 0.9)), start, shards,
                        budget);
            case "al-adam":
                DenseNetwork near = lagrangian(new UnrectifiedOptions(steps, relaxed, number("--lead", 0.9)), start,
                        shards, new Budget(0, seconds / 3, clock));
                double spent = clock.getAsLong() / 1e9 - began;
                return adam.train(near, seconds - spent, seed, (passed, loss) -> point(spent + passed, loss));
            default:
                throw new IllegalArgumentException("unknown method " + method);
        }
    }

    private DenseNetwork lagrangian(UnrectifiedOptions how, DenseNetwork start, Shards shards, Budget budget) {
        LagrangianTrainer.Result result = new UnrectifiedTrainer(products, how, progress()).train(start, shards,
                budget);
        last = result.chosen();
        return result.network();
    }

    private UnrectifiedProgress progress() {
        return new UnrectifiedProgress() {
            @Override
            public void stepped(long steps, double share, double objective) {
                point(clock.getAsLong() / 1e9 - began, objective);
            }

            @Override
            public void iterated(OuterReport report) {
                point(clock.getAsLong() / 1e9 - began, report.forwardObjective());
                if (options.containsKey("--verbose")) {
                    System.err.println(report);
                }
            }
        };
    }

    private void point(double seconds, double objective) {
        curve.add(new double[] {seconds, objective});
    }

    private double objective(DenseNetwork network) {
        Samples error = network.apply(products, measurements).plus(-1, targets);
        return Arrays.stream(error.values()).map(value -> value * value).average().orElseThrow() / 2;
    }

    private void print(String method, int seed, double seconds, double objective, double quality) {
        if (!options.containsKey("--json")) {
            System.out.printf("%-9s %-16s seed %d %5.1f s %5d steps objective %.4f rms c %.2e test %.3f%n", task.name(),
                    method, seed, seconds, curve.size(), objective, last == null ? 0 : last.constraint(), quality);
            return;
        }
        int every = Math.max(1, curve.size() / CURVE_POINTS);
        List<List<Double>> points = new ArrayList<>();
        for (int at = 0; at < curve.size(); at += every) {
            points.add(List.of(curve.get(at)[0], curve.get(at)[1]));
        }
        Map<String, Object> row = JsonText.map("case", task.name(), "method", method, "seed", seed, "seconds",
                seconds, "steps", curve.size(), "objective", objective, "quality", quality, "curve", points);
        if (last != null) {
            row.put("constraint", last.constraint());
            row.put("kkt", last.kkt());
            row.put("biactive", last.biactive());
            row.put("premise", last.premise());
        }
        System.out.println(JsonText.of(row));
    }
}
