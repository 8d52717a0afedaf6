package org.reluctor.learn.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reluctor.network.Quote;

/**
 * The line of a WFDB header that describes one signal: file name, format, gain, resolution, zero, first value,
 * checksum, block size, description; all but the first two may be missing from the end.
 */
final class SignalLine {
    private static final Pattern FORMAT = Pattern.compile(
            "(\\d{1,4})(?:x(\\d{1,4}))?(?::(\\d{1,6}))?(?:\\+(\\d{1,9}))?");
    private static final Pattern GAIN = Pattern.compile("([-+0-9.eE]{1,30})(?:\\((-?\\d{1,9})\\))?(?:/(\\S+))?");
    private static final double DEFAULT_GAIN = 200;
    private static final int MAX_NAME = 255;
    private static final int ZERO_LIMIT = 1 << 24;

    private SignalLine() {
    }

    static WfdbSignal parse(HeaderLine line) {
        Matcher format = FORMAT.matcher(line.field(1));
        if (!format.matches()) {
            throw line.wrong("the format is " + Quote.of(line.field(1)) + "; it must be a number such as "
                    + SampleFormat.knownNumbers());
        }
        refuse(line, format.group(2), "1", "samples a frame");
        refuse(line, format.group(3), "0", "skew");
        int number = Integer.parseInt(format.group(1));
        if (SampleFormat.ofNumber(number).isEmpty()) {
            throw line.wrong("the format is " + number + "; known are " + SampleFormat.knownNumbers());
        }
        int offset = format.group(4) == null ? 0 : Integer.parseInt(format.group(4));
        int adcZero = line.fields() < 5 ? 0 : line.wholeNumber(4, "ADC zero", -ZERO_LIMIT, ZERO_LIMIT);
        Integer checksum = line.fields() < 7 ? null : line.wholeNumber(6, "checksum", -65_535, 65_535);
        Matcher gain = gain(line);
        String baseline = gain.group(2);
        String units = gain.group(3);
        return new WfdbSignal(fileName(line), number, offset, gainValue(line, gain.group(1)),
                baseline == null ? adcZero : Integer.parseInt(baseline), units == null ? "mV" : units, adcZero,
                checksum, line.rest(8));
    }

    private static void refuse(HeaderLine line, String given, String only, String meaning) {
        if (given != null && !given.equals(only)) {
            throw line.wrong("the " + meaning + " is " + given + "; only " + only + " is read");
        }
    }

    /** A header names files of its own folder; one that leads elsewhere is not followed. */
    private static String fileName(HeaderLine line) {
        String name = line.field(0);
        boolean plain = name.length() <= MAX_NAME && name.chars().noneMatch(Character::isISOControl);
        if (!plain || name.contains("/") || name.contains("\\") || name.equals("..") || name.equals("-")) {
            throw line.wrong("the signal file is " + Quote.of(name) + "; it must be the name of a file in the header's"
                    + " folder");
        }
        return name;
    }

    private static Matcher gain(HeaderLine line) {
        String text = line.fields() < 3 ? "0" : line.field(2);
        Matcher gain = GAIN.matcher(text);
        if (!gain.matches()) {
            throw line.wrong("the gain is " + Quote.of(text) + "; it must be a number, such as 200(1024)/mV");
        }
        return gain;
    }

    private static double gainValue(HeaderLine line, String text) {
        try {
            double gain = Double.parseDouble(text);
            if (Double.isFinite(gain)) {
                // Zero means "not calibrated"; readers take the default.
                return gain == 0 ? DEFAULT_GAIN : gain;
            }
        } catch (NumberFormatException noNumber) {
            // Answered below, with the numbers that are out of range.
        }
        throw line.wrong("the gain is " + Quote.of(text) + "; it must be a number, such as 200(1024)/mV");
    }
}
