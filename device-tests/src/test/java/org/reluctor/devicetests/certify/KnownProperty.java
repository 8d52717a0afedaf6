package org.reluctor.devicetests.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.reluctor.network.RecoveryNetwork;

/**
 * A property in VNN-LIB's words of which geometry says whether it holds: one to three cases, each a box of inputs and
 * one to three linear conditions on the outputs, moved so that it is met or missed by a small part of the outputs'
 * range.
 *
 * @param kind     of the network
 * @param network  what is asked about
 * @param neurons  hidden ones
 * @param text     the file
 * @param violated the truth
 */
record KnownProperty(String kind, RecoveryNetwork network, int neurons, String text, boolean violated) {
    private static final double[] DISTANCES = {0.003, 0.01, 0.05};

    /** So many properties, the same every time. */
    static List<KnownProperty> draw(int count) {
        SplittableRandom random = new SplittableRandom(20261122);
        List<KnownProperty> result = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            result.add(draw(random, number));
        }
        return result;
    }

    private static KnownProperty draw(SplittableRandom random, int number) {
        PlanarNetwork.Kind kind = PlanarNetwork.Kind.values()[number % 3];
        int inputs = number / 3 % 3 == 0 ? 2 : number / 3 % 3 == 1 ? random.nextInt(3, 7) : random.nextInt(8, 25);
        int[] sizes = new int[random.nextInt(2, 5)];
        Arrays.setAll(sizes, at -> at == sizes.length - 1 ? random.nextInt(1, 4) : random.nextInt(3, 11));
        PlanarNetwork network = new PlanarNetwork(random, kind, inputs, sizes);
        boolean violated = random.nextInt(5) < 2;
        int cases = random.nextInt(1, 4);
        int met = violated ? random.nextInt(cases) : -1;
        List<String> parts = new ArrayList<>();
        for (int at = 0; at < cases; at++) {
            parts.add(part(random, network, at == met));
        }
        StringBuilder text = new StringBuilder("; " + kind + ", " + inputs + " inputs\n");
        for (int at = 0; at < inputs; at++) {
            text.append("(declare-const X_").append(at).append(" Real)\n");
        }
        for (int at = 0; at < network.outputs(); at++) {
            text.append("(declare-const Y_").append(at).append(" Real)\n");
        }
        text.append(cases == 1 ? "(assert " + parts.get(0) + ")\n"
                : "(assert (or " + String.join("\n  ", parts) + "))\n");
        return new KnownProperty(kind.name().toLowerCase(Locale.ROOT), network.network(), network.neurons(),
                text.toString(), violated);
    }

    private static String part(SplittableRandom random, PlanarNetwork network, boolean met) {
        double[] low = new double[network.inputs()];
        double[] high = new double[low.length];
        StringBuilder text = new StringBuilder("(and");
        for (int at = 0; at < low.length; at++) {
            low[at] = random.nextDouble(-1.5, 0.5);
            high[at] = low[at] + random.nextDouble(0.1, 1.5);
            text.append(random.nextBoolean() ? String.format(Locale.ROOT, " (>= X_%d %s) (<= X_%d %s)", at, low[at], at,
                    high[at]) : String.format(Locale.ROOT, " (and (<= %s X_%d) (>= %s X_%d))", low[at], at, high[at],
                    at));
        }
        List<PlanarNetwork.Piece> pieces = network.pieces(low, high);
        double[][] conditions = new double[random.nextInt(1, 4)][network.outputs()];
        double[] offsets = new double[conditions.length];
        double range = 1e-3;
        for (int at = 0; at < conditions.length; at++) {
            double[] condition = conditions[at];
            Arrays.setAll(condition, i -> random.nextDouble(-1, 1));
            // Through the middle of its range, so that the conditions' borders cross.
            double least = pieces.stream().mapToDouble(piece -> least(piece, condition)).min().orElseThrow();
            double most = pieces.stream().mapToDouble(piece -> -least(piece, negative(condition))).max().orElseThrow();
            offsets[at] = -0.5 * (least + most);
            range = Math.max(range, most - least);
        }
        double least = pieces.stream().mapToDouble(piece -> least(piece, conditions, offsets)).min().orElseThrow();
        double distance = DISTANCES[random.nextInt(DISTANCES.length)] * range;
        double limit = least + (met ? distance : -distance);
        for (int at = 0; at < conditions.length; at++) {
            text.append(inequality(random, conditions[at], limit - offsets[at]));
        }
        return text.append(')').toString();
    }

    private static double[] negative(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    /** The least c·y on a piece. */
    private static double least(PlanarNetwork.Piece piece, double[] condition) {
        double[] form = form(piece, condition, 0);
        return piece.polygon().least(form, form[2]);
    }

    private static double[] form(PlanarNetwork.Piece piece, double[] condition, double offset) {
        double[] form = {0, 0, offset};
        for (int at = 0; at < condition.length; at++) {
            for (int k = 0; k < 3; k++) {
                form[k] += condition[at] * piece.values()[at][k];
            }
        }
        return form;
    }

    /** The least of the largest condition on a piece: where each is the largest, its least. */
    private static double least(PlanarNetwork.Piece piece, double[][] conditions, double[] offsets) {
        double least = Double.POSITIVE_INFINITY;
        for (int at = 0; at < conditions.length; at++) {
            double[] mine = form(piece, conditions[at], offsets[at]);
            Polygon part = piece.polygon();
            for (int other = 0; other < conditions.length && !part.isEmpty(); other++) {
                double[] theirs = form(piece, conditions[other], offsets[other]);
                part = other == at ? part : part.where(new double[] {mine[0] - theirs[0], mine[1] - theirs[1]},
                        mine[2] - theirs[2]);
            }
            least = part.isEmpty() ? least : Math.min(least, part.least(mine, mine[2]));
        }
        return least;
    }

    private static String inequality(SplittableRandom random, double[] condition, double limit) {
        StringBuilder sum = new StringBuilder("(+");
        for (int at = 0; at < condition.length; at++) {
            sum.append(" (* ").append(condition[at]).append(" Y_").append(at).append(')');
        }
        String form = sum.append(')').toString();
        return switch (random.nextInt(3)) {
            case 0 -> " (<= " + form + " " + limit + ")";
            case 1 -> " (>= " + limit + " " + form + ")";
            default -> " (>= 0 (- " + form + " " + limit + "))";
        };
    }
}
