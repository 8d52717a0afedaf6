package org.reluctor.devicetests.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.SymmetricEigen;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.Recording;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.Estimator;
import org.reluctor.learn.evaluation.LinearRecovery;
import org.reluctor.learn.evaluation.RecordEvaluation;
import org.reluctor.learn.measurement.Quantiser;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;

/**
 * What rounding measurements to 8 bits over each window's range must cost, whatever recovers: the reasons in the card
 * of a network that loses more by it than one would like.
 *
 * <p>Rounding adds noise of variance σ² = step²/12 to each measurement. An estimator that reproduces what it received,
 * Φx̂ = y, passes on no less than Φ's pseudo-inverse does: σ²·tr((ΦΦᵀ)⁻¹) a window. With d ones a column tr(ΦΦᵀ) = d·n,
 * and by the inequality of the means that trace is never below m²/(d·n). What an estimator may gain that does not
 * reproduce y, because it knows about the noise, the linear MMSE shows.
 *
 * <p>The step is Φ's affair, too: rows of unequal counts of ones spread the signal's offset over the measurements, rows
 * of neighbours sum whole peaks. {@link RoundedDesigns} makes matrices that weigh the one error against the other.
 */
public final class RoundingStudy {
    private static final Condition INT8 = new Condition(Quantiser.INT8, Double.POSITIVE_INFINITY);
    private static final double LEVELS = 255;
    /** Linear estimates for windows of such powers of two of the mean noise. */
    private static final int BANK = 4;
    private static final int STRIDE = 8;

    private final MeasurementMatrix phi;
    private final Matrix covariance;
    private final double noise;

    private RoundingStudy(MeasurementMatrix phi, Matrix covariance, double noise) {
        this.phi = phi;
        this.covariance = covariance;
        this.noise = noise;
    }

    /**
     * PRD in percent: exact, 8 bits, told each window's noise, with error feedback; by the own covariance; least. The
     * step in thousandths of the signal's unit, root mean square over windows.
     */
    private record Row(String name, double exact, double rounded, double told, double fedBack, double ownExact,
            double ownRounded, double least, double leastOfAll, double step) {
        double[] values() {
            return new double[] {exact, rounded, told, fedBack, ownExact, ownRounded, least, leastOfAll, step};
        }
    }

    /**
     * Arguments: a folder of recordings; a network; the records to judge by; the ones to leave out; and, for the means
     * alone, names of further designs of its size.
     */
    public static void main(String[] args) {
        DataFolder folder = DataFolder.open(Path.of(args[0]));
        MeasurementMatrix phi = OnnxReader.read(Path.of(args[1])).matrix().orElseThrow();
        List<String> judged = List.of(args[2].split(","));
        List<String> left = List.of(args[3].split(","));
        List<Windows> training = new ArrayList<>();
        folder.names().stream().filter(name -> !judged.contains(name) && !left.contains(name))
                .forEach(name -> training.add(Windows.of(folder.recording(name), 0, phi.columns(), STRIDE)));
        System.out.println("record: linear MMSE with exact measurements, 8 bits, each window's noise told, error"
                + " feedback; the same by the record's own covariance, exact, 8 bits; least that reproducing 8 bits"
                + " adds, by this and by any matrix of as many ones at this step; step in thousandths");
        RoundingStudy study = of(phi, training);
        judge(study, args[1], judged.stream().map(folder::recording).toList(), true);
        RoundedDesigns designs = new RoundedDesigns(phi, study.covariance, training);
        for (String name : Arrays.asList(args).subList(4, args.length)) {
            judge(of(designs.of(name), training), name, judged.stream().map(folder::recording).toList(), false);
        }
    }

    private static void judge(RoundingStudy study, String name, List<Recording> records, boolean each) {
        List<Row> rows = records.stream().map(study::row).toList();
        rows.stream().filter(row -> each).forEach(row -> print(row.name(), row.values()));
        double[] mean = new double[rows.get(0).values().length];
        rows.forEach(row -> Arrays.setAll(mean, at -> mean[at] + row.values()[at] / rows.size()));
        print(name + " (rows of " + RoundedDesigns.counts(study.phi) + " ones), mean", mean);
    }

    private static void print(String name, double[] values) {
        System.out.println(name + Arrays.stream(values).mapToObj(value -> String.format(Locale.ROOT, " %.3f", value))
                .reduce("", String::concat));
    }

    /** Every record counts the same. */
    private static RoundingStudy of(MeasurementMatrix phi, List<Windows> training) {
        Matrix covariance = Matrix.zero(phi.columns(), phi.columns());
        double noise = 0;
        for (Windows record : training) {
            double[] weights = new double[record.count()];
            Arrays.fill(weights, 1 / (record.energy() * training.size()));
            covariance = covariance.plus(1, record.vectors().gram(record.vectors(), weights));
            noise += LinearRecovery.noise(record.vectors(), weights, phi, INT8, 1);
        }
        return new RoundingStudy(phi, covariance, noise);
    }

    private Row row(Recording recording) {
        Windows windows = Windows.of(recording, 0, phi.columns(), 1);
        double[] weights = LinearRecovery.equal(windows.count());
        Matrix own = windows.vectors().gram(windows.vectors(), weights);
        double variance = LinearRecovery.noise(windows.vectors(), weights, phi, INT8, 1);
        double energy = windows.energy() / windows.count();
        return new Row(recording.name(), prd(recording, linear(covariance, 0), Condition.CLEAN),
                prd(recording, linear(covariance, noise), INT8), prd(recording, told(variance), INT8),
                prd(recording, fedBack(), Condition.CLEAN),
                prd(recording, linear(own, 0), Condition.CLEAN), prd(recording, linear(own, variance), INT8),
                100 * Math.sqrt(variance * trace() / energy), 100 * Math.sqrt(variance * leastTrace() / energy),
                1000 * Math.sqrt(12 * variance));
    }

    private double prd(Recording recording, Estimator estimator, Condition condition) {
        return new RecordEvaluation(phi, estimator, condition, 1).recover(recording.name(), recording.channel(0))
                .figures().prd();
    }

    private LinearRecovery linear(Matrix signals, double variance) {
        return new LinearRecovery(signals, phi, variance);
    }

    /** tr((ΦΦᵀ)⁻¹). */
    private double trace() {
        Matrix matrix = Matrix.of(phi);
        return Arrays.stream(SymmetricEigen.of(matrix.times(matrix.transposed())).values()).map(value -> 1 / value)
                .sum();
    }

    private double leastTrace() {
        return (double) phi.rows() * phi.rows() / phi.onesPerColumn() / phi.columns();
    }

    /**
     * The linear estimate for the noise of each window, told by its range.
     *
     * @param usual variance, for which the noise of all windows holds
     */
    private Estimator told(double usual) {
        List<LinearRecovery> bank = new ArrayList<>();
        for (int power = -BANK; power <= BANK; power++) {
            bank.add(linear(covariance, noise * Math.scalb(1, power)));
        }
        return (y, frames) -> {
            int m = phi.rows();
            float[] x = new float[frames * phi.columns()];
            for (int frame = 0; frame < frames; frame++) {
                float[] own = Arrays.copyOfRange(y, frame * m, (frame + 1) * m);
                double power = Math.log(Math.max(Double.MIN_NORMAL, variance(own)) / usual) / Math.log(2);
                int nearest = (int) Math.max(-BANK, Math.min(BANK, Math.rint(power)));
                System.arraycopy(bank.get(nearest + BANK).recover(own, 1), 0, x, frame * phi.columns(), phi.columns());
            }
            return x;
        };
    }

    /** The linear estimate of exact measurements that are rounded with error feedback first. */
    private Estimator fedBack() {
        LinearRecovery linear = linear(covariance, noise);
        ErrorFeedback sensor = new ErrorFeedback(linear.matrix());
        return (y, frames) -> {
            float[] sent = new float[y.length];
            for (int start = 0; start < y.length; start += phi.rows()) {
                float[] window = Arrays.copyOfRange(y, start, start + phi.rows());
                sensor.round(window, LEVELS);
                System.arraycopy(window, 0, sent, start, window.length);
            }
            return linear.recover(sent, frames);
        };
    }

    private static double variance(float[] window) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float measurement : window) {
            least = Math.min(least, measurement);
            greatest = Math.max(greatest, measurement);
        }
        double step = (greatest - (double) least) / LEVELS;
        return step * step / 12;
    }
}
