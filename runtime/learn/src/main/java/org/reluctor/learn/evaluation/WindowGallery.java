package org.reluctor.learn.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What is kept of an evaluation to be looked at: the error of every window, the worst windows, and one from the middle
 * of each of the first records; of pictures likewise.
 */
public final class WindowGallery {
    private static final int KEPT = 6;
    private static final int KEPT_PICTURES = 10;

    private final List<Window> chosen = new ArrayList<>();
    private final List<Window> worst = new ArrayList<>();
    private final List<RecoveredPicture> chosenPictures = new ArrayList<>();
    private final List<RatedPicture> worstPictures = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    /**
     * One window beside what was recovered of it.
     *
     * @param record    that it is from
     * @param start     its first sample
     * @param rateHz    of the samples; NaN where unknown
     * @param unit      of the samples; empty where unknown
     * @param prd       in percent, of the window by itself
     * @param truth     x
     * @param recovered x̂
     */
    public record Window(String record, int start, double rateHz, String unit, double prd, double[] truth,
            double[] recovered) {
    }

    private record RatedPicture(RecoveredPicture picture, double psnr) {
    }

    /** Takes what is worth keeping of a record. */
    public void add(RecoveredSignal signal, double rateHz, String unit) {
        double[] prds = signal.windowPrds();
        for (int at = 0; at < prds.length; at++) {
            errors.add(prds[at]);
            if (worst.size() < KEPT || prds[at] > worst.get(KEPT - 1).prd) {
                worst.add(window(signal, signal.starts()[at], rateHz, unit, prds[at]));
                worst.sort(Comparator.comparingDouble((Window window) -> -window.prd));
                worst.subList(Math.min(KEPT, worst.size()), worst.size()).clear();
            }
        }
        if (chosen.size() < KEPT) {
            int middle = prds.length / 2;
            chosen.add(window(signal, signal.starts()[middle], rateHz, unit, prds[middle]));
        }
    }

    private static Window window(RecoveredSignal signal, int start, double rateHz, String unit, double prd) {
        int end = start + signal.window();
        return new Window(signal.name(), start, rateHz, unit, prd, Arrays.copyOfRange(signal.truth(), start, end),
                Arrays.copyOfRange(signal.recovered(), start, end));
    }

    /** Takes what is worth keeping of a picture. */
    public void add(RecoveredPicture picture) {
        double psnr = picture.figures().psnr();
        errors.add(psnr);
        if (chosenPictures.size() < KEPT_PICTURES) {
            chosenPictures.add(picture);
        }
        worstPictures.add(new RatedPicture(picture, psnr));
        worstPictures.sort(Comparator.comparingDouble(RatedPicture::psnr));
        worstPictures.subList(Math.min(KEPT_PICTURES, worstPictures.size()), worstPictures.size()).clear();
    }

    /** One window of each of the first records. */
    public List<Window> chosen() {
        return List.copyOf(chosen);
    }

    /** The worst windows of all records, the worst first. */
    public List<Window> worst() {
        return List.copyOf(worst);
    }

    /** The first pictures. */
    public List<RecoveredPicture> chosenPictures() {
        return List.copyOf(chosenPictures);
    }

    /** The worst pictures, the worst first. */
    public List<RecoveredPicture> worstPictures() {
        return worstPictures.stream().map(RatedPicture::picture).toList();
    }

    /** Of all windows the PRD in percent, or of all pictures the PSNR in dB. */
    public double[] errors() {
        return errors.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
