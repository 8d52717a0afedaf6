package org.reluctor.learn.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reluctor.learn.evaluation.Figures;
import org.reluctor.learn.evaluation.PublishedFigures;
import org.reluctor.learn.evaluation.WindowGallery;
import org.reluctor.learn.plot.EvaluationCharts;
import org.reluctor.learn.plot.PictureSheet;
import org.reluctor.network.RecoveryNetwork;

/**
 * The files that {@code evaluate --plots} draws: {@code chosen.svg}, {@code worst.svg}, {@code histogram.svg} and
 * {@code ratio.svg}.
 *
 * @param network that was evaluated
 * @param result  its figures and windows
 */
record EvaluationPlots(RecoveryNetwork network, EvaluationResult result) {
    void draw(Path folder) throws IOException {
        WindowGallery gallery = result.gallery();
        if (result.pictures()) {
            PictureSheet.write(folder.resolve("chosen.svg"), gallery.chosenPictures());
            PictureSheet.write(folder.resolve("worst.svg"), gallery.worstPictures());
            EvaluationCharts.histogram(folder.resolve("histogram.svg"), gallery.errors(), "PSNR in dB", "pictures");
        } else {
            EvaluationCharts.windows(folder.resolve("chosen.svg"), gallery.chosen());
            EvaluationCharts.windows(folder.resolve("worst.svg"), gallery.worst());
            EvaluationCharts.histogram(folder.resolve("histogram.svg"), gallery.errors(), "PRD of a window in %",
                    "windows");
        }
        boolean oneBlock = result.pictures() && gallery.chosenPictures().get(0).truth().luminance().length
                == network.metadata().n();
        EvaluationCharts.overRatio(folder.resolve("ratio.svg"),
                PublishedFigures.beside(result.pictures(), oneBlock),
                100.0 * network.metadata().m() / network.metadata().n(), points(),
                result.pictures() ? "mean PSNR in dB" : "mean PRD in %", !result.pictures());
    }

    private Map<String, Double> points() {
        String key = result.pictures() ? "psnr" : "prd";
        Map<String, Double> points = new LinkedHashMap<>();
        for (EvaluationResult.Outcome outcome : result.outcomes()) {
            points.put(network.name() + ", " + outcome.condition(), Figures.mean(outcome.network()).get(key));
        }
        if (!result.first().linear().isEmpty()) {
            points.put("linear MMSE, " + result.first().condition(), Figures.mean(result.first().linear()).get(key));
        }
        return points;
    }
}
