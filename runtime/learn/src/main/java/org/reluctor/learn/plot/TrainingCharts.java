package org.reluctor.learn.plot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.reluctor.plot.ChartLook;
import org.reluctor.plot.SvgSheet;

/** The charts of a comparison of trainings. */
public final class TrainingCharts {
    private static final int WIDE = 720;
    private static final int HIGH = 420;

    private TrainingCharts() {
    }

    /**
     * The trainings of one method, which differ by seed.
     *
     * @param name    of the method
     * @param seconds at which objectives are known, the same for all
     * @param seeds   objectives of each training
     */
    public record Method(String name, double[] seconds, List<double[]> seeds) {
        private double[] at(ToDoubleFunction<double[]> choice) {
            double[] chosen = new double[seconds.length];
            Arrays.setAll(chosen, at -> choice.applyAsDouble(seeds.stream().mapToDouble(one -> one[at]).toArray()));
            return chosen;
        }

        double[] mean() {
            return at(values -> Arrays.stream(values).average().orElseThrow());
        }

        double[] least() {
            return at(values -> Arrays.stream(values).min().orElseThrow());
        }

        double[] greatest() {
            return at(values -> Arrays.stream(values).max().orElseThrow());
        }
    }

    /**
     * Objective over time: of each method the mean over seeds as a line, and a band from least to greatest.
     *
     * @param axes titles of both, time first
     */
    public static void overTime(Path file, String title, List<String> axes, List<Method> methods) throws IOException {
        XYChart chart = ChartLook.chart(title, axes.get(0), axes.get(1), WIDE, HIGH);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        for (Method method : methods) {
            ChartLook.band(chart, method.name() + ", seeds", method.seconds(), method.least(), method.greatest(),
                    ChartLook.color(methods.indexOf(method)));
        }
        for (Method method : methods) {
            ChartLook.curve(chart, method.name(), method.seconds(), method.mean(),
                    ChartLook.color(methods.indexOf(method)));
        }
        new SvgSheet(1).write(file, List.of(chart));
    }
}
