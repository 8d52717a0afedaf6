package org.reluctor.devicetests.certify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.NetworkImport;
import org.reluctor.certify.interval.Box;
import org.reluctor.network.RecoveryNetwork;

/** What cuts are worth: the share of the gap that they close, layer by layer, on networks that were trained. */
public final class GapStudy {
    private static final String USAGE = "usage: [--seconds 60] [--radius 0.2] [--starts 12] [--networks 7]"
            + " [--samples 16] [--model FILE.onnx] [--json]";
    /** Hidden layers and neurons of each. */
    private static final int[][] SIZES = {{2, 64}, {3, 8}, {3, 32}, {4, 16}, {4, 32}, {5, 16}, {6, 8}};
    private static final int TRAINING_STEPS = 1500;
    private static final double MUST = 30;
    private static final int DEEP = 3;

    private double seconds = 60;
    private double radius = 0.2;
    private int starts = 12;
    private int networks = SIZES.length;
    private int samples = 16;
    private final List<Path> models = new ArrayList<>();
    private final List<GapRow> rows = new ArrayList<>();
    private final List<Map<String, Object>> times = new ArrayList<>();
    /** By network, how many layers there are from the third on. */
    private final Map<String, Integer> layers = new LinkedHashMap<>();

    private GapStudy() {
    }

    /** Prints the table; exits with 1 where cuts close less than they must of the gap from the third layer on. */
    public static void main(String... args) {
        GapStudy study = new GapStudy();
        try {
            study.parse(args);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            System.err.println("study-cuts: " + String.join(" ", args) + " is not understood; " + USAGE);
            System.exit(64);
        }
        System.exit(study.run(Arrays.asList(args).contains("--json")) ? 0 : 1);
    }

    private void parse(String... args) {
        for (int at = 0; at < args.length; at++) {
            switch (args[at]) {
                case "--seconds" -> seconds = Double.parseDouble(args[++at]);
                case "--radius" -> radius = Double.parseDouble(args[++at]);
                case "--starts" -> starts = Integer.parseInt(args[++at]);
                case "--samples" -> samples = Integer.parseInt(args[++at]);
                case "--networks" -> networks = Integer.parseInt(args[++at]);
                case "--model" -> models.add(Path.of(args[++at]));
                case "--json" -> { }
                default -> throw new IllegalArgumentException(args[at]);
            }
        }
    }

    private boolean run(boolean json) {
        for (int[] size : Arrays.copyOf(SIZES, Math.min(networks, SIZES.length))) {
            String name = size[0] + " x " + size[1];
            RecoveryNetwork network = SmallNetworks.train(1, size[0], size[1], TRAINING_STEPS);
            double[] y = SmallNetworks.measurement(1, 1);
            double most = Arrays.stream(y).map(Math::abs).max().orElse(1);
            Box box = new Box(Arrays.stream(y).map(value -> value - radius * most).toArray(),
                    Arrays.stream(y).map(value -> value + radius * most).toArray());
            measure(name, network, box);
        }
        for (Path model : models) {
            ShippedGap gap = new ShippedGap(model, radius, seconds, starts, samples);
            List<GapRow> found = gap.rows();
            rows.addAll(found);
            layers.put(gap.name(), gap.layers());
            times.add(gap.times());
            System.err.println(JsonText.of(gap.times()));
            found.forEach(row -> System.err.println(row.text()));
            if (found.isEmpty()) {
                System.err.println(model + ": no layer from the third on could be bounded within the time");
            }
        }
        Map<String, Object> shares = shares(GapRow::cuts);
        Map<String, Object> controls = shares(row -> row.isSmall() ? row.triangle() : row.again());
        Map<String, Object> judged = new LinkedHashMap<>();
        layers.forEach((of, all) -> judged.put(of, judged(of) + " of " + all));
        if (json) {
            System.out.println(JsonText.of("radius", radius, "seconds", seconds, "samples", samples,
                    "deepShares", shares, "deepSharesWithoutCuts", controls, "layersJudged", judged, "rows",
                    rows.stream().map(GapRow::json).toList(), "networks", times));
        } else {
            System.out.println(GapRow.HEAD);
            rows.forEach(row -> System.out.println(row.text()));
            judged.forEach((of, count) -> System.out.println(of + ": " + count + " layers from the third on judged"));
            shares.forEach((of, share) -> System.out.printf(Locale.ROOT, "%s, layers from the third on, all bounds"
                    + " alike: cuts close %.1f %%, the control %.1f %%%n", of, share, controls.get(of)));
        }
        return shares.size() >= models.size() + (networks > 0 ? 1 : 0)
                && shares.values().stream().allMatch(share -> (Double) share >= MUST);
    }

    /** Layers of a network that have a part in its share. */
    private long judged(String network) {
        return rows.stream().filter(row -> row.network().equals(network)).filter(GapStudy::isJudged).count();
    }

    private static boolean isJudged(GapRow row) {
        return row.layer() >= DEEP && row.bounds() > 0;
    }

    /** What is closed on layers from the third on, of all small networks together and of each shipped one. */
    private Map<String, Object> shares(ToDoubleFunction<GapRow> closed) {
        Map<String, List<GapRow>> groups = rows.stream().filter(GapStudy::isJudged).collect(
                Collectors.groupingBy(row -> row.isSmall() ? "small networks" : row.network(), LinkedHashMap::new,
                        Collectors.toList()));
        Map<String, Object> shares = new LinkedHashMap<>();
        groups.forEach((of, group) -> shares.put(of, group.stream()
                .mapToDouble(row -> closed.applyAsDouble(row) * row.bounds()).sum()
                / group.stream().mapToInt(GapRow::bounds).sum()));
        return shares;
    }

    private void measure(String name, RecoveryNetwork network, Box box) {
        LayerGraph.Builder builder = new LayerGraph.Builder(box.size());
        new NetworkImport(network).append(builder, 0);
        LayerGraph graph = builder.build();
        GapCase asked = new GapCase(graph, box, seconds);
        List<GapCase.Result> results = Arrays.stream(GapCase.Method.values()).map(asked::result).toList();
        Map<String, Object> taken = JsonText.map("network", name);
        for (GapCase.Method method : GapCase.Method.values()) {
            taken.put(method.name().toLowerCase(Locale.ROOT) + "Seconds", results.get(method.ordinal()).seconds());
        }
        times.add(taken);
        System.err.println(JsonText.of(taken));
        List<Integer> compared = asked.layers();
        layers.put(name, compared.size() + 2 - DEEP);
        for (int at = 0; at < compared.size(); at++) {
            int layer = compared.get(at);
            rows.add(GapRow.of(name, at + 2, Reached.of(graph, box, layer, starts),
                    results.stream().map(result -> result.boxes().box(layer)).toArray(Box[]::new)));
            System.err.println(rows.get(rows.size() - 1).text());
        }
    }
}
