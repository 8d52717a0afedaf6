package org.reluctor.learn.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.reluctor.learn.training.GradientOptions;
import org.reluctor.learn.training.GradientOptions.LossKind;
import picocli.CommandLine.Option;

/** The options of training by gradients. */
final class GradientSettings {
    private static final int USUAL_STEPS = 10_000;
    /** A validation takes as long as a few steps. */
    private static final int LEAST_BETWEEN = 50;

    @Option(names = "--rate", paramLabel = "RATE",
            description = "Greatest learning rate; it falls to 0 along a cosine (default 0.002).")
    private double rate = 2e-3;

    @Option(names = "--warm-up", paramLabel = "COUNT", description = "Steps until it is reached (default 200).")
    private int warmUp = 200;

    @Option(names = "--clip", paramLabel = "NORM", description = "Greatest norm of a gradient (default 1).")
    private double clip = 1;

    @Option(names = "--weight-penalty", paramLabel = "FACTOR",
            description = "Times the sum of the squares of all trained numbers is added to the loss (default 0).")
    private double penalty;

    @Option(names = "--loss", paramLabel = "LOSS",
            description = "relative (mean over records of the relative error, as PRD), logarithmic (mean over blocks of"
                    + " ln of the squared error, as PSNR) or mean_square. Default: relative; of pictures mean_square.")
    private LossKind loss;

    @Option(names = "--estimate-weight", paramLabel = "WEIGHT",
            description = "Weight of the loss of the network's second output, from which the runtime takes the residual"
                    + " (default 0).")
    private double estimateWeight;

    @Option(names = "--validate-every", paramLabel = "COUNT",
            description = "Steps between validations; the network that was best at one is written (default: a fiftieth"
                    + " of --steps, or 200).")
    private int validateEvery;

    @Option(names = "--patience", paramLabel = "COUNT",
            description = "Validations without gain after which training ends early; 0 for never (default 0).")
    private int patience;

    /** All that the trainer is told. */
    GradientOptions options(SensorOptions sensor, BudgetOptions budget, boolean pictures, long seed) {
        int steps = budget.steps(USUAL_STEPS);
        GradientOptions options = plain(steps, budget.part(steps, 50, 200), budget.checkpointEvery(steps), pictures)
                .withMinutes(budget.minutes()).withSensor(sensor.noise(0), sensor.condition().quantiser().bits(), seed);
        return sensor.learned() == SensorOptions.Learned.BINARY ? options.withBinaryMatrix() : options;
    }

    /** The same for what follows another method. */
    GradientOptions polishing(UnrectifiedSettings settings, boolean pictures, long seed) {
        boolean endless = settings.polishSteps() == 0;
        int steps = endless ? Integer.MAX_VALUE : settings.polishSteps();
        return plain(steps, endless ? 200 : steps / 50, endless ? 500 : Math.max(1, steps / 20), pictures)
                .withMinutes(settings.polishMinutes()).withSensor(0, 0, seed);
    }

    private GradientOptions plain(int steps, int validate, int checkpoint, boolean pictures) {
        return GradientOptions.of(steps).withRate(rate, Math.min(warmUp, steps)).withClip(clip).withPenalty(penalty)
                .withLoss(kind(pictures), estimateWeight).withIntervals(validateEvery == 0
                        ? Math.max(LEAST_BETWEEN, validate) : validateEvery, patience, checkpoint);
    }

    private LossKind kind(boolean pictures) {
        return loss != null ? loss : pictures ? LossKind.MEAN_SQUARE : LossKind.RELATIVE;
    }

    /** The same as words of the command line. */
    Map<String, String> words(BudgetOptions budget, boolean pictures) {
        Map<String, String> words = new LinkedHashMap<>(budget.words(USUAL_STEPS));
        words.putAll(words(pictures));
        return words;
    }

    /** The same without the budget. */
    Map<String, String> words(boolean pictures) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("--rate", String.valueOf(rate));
        words.put("--warm-up", String.valueOf(warmUp));
        words.put("--clip", String.valueOf(clip));
        words.put("--weight-penalty", penalty == 0 ? "" : String.valueOf(penalty));
        words.put("--loss", kind(pictures).name().toLowerCase(Locale.ROOT));
        words.put("--estimate-weight", estimateWeight == 0 ? "" : String.valueOf(estimateWeight));
        words.put("--validate-every", validateEvery == 0 ? "" : String.valueOf(validateEvery));
        words.put("--patience", patience == 0 ? "" : String.valueOf(patience));
        return words;
    }
}
