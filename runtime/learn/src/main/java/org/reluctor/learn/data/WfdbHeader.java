package org.reluctor.learn.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.network.Quote;

/**
 * A WFDB header file ({@code header(5)} of the WFDB Applications Guide): single-segment records with one sample a
 * frame, which is what most ECG databases hold. What it cannot read it refuses by name.
 *
 * @param name         of the record
 * @param sampleRateHz samples a second and signal; 250 where the header gives none
 * @param samples      a signal, 0 where the header leaves it open
 * @param signals      in the order of the header
 */
record WfdbHeader(String name, double sampleRateHz, long samples, List<WfdbSignal> signals) {
    private static final double DEFAULT_RATE_HZ = 250;
    /** No header of a real record comes near it; what does is no header. */
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_NAME = 255;

    WfdbHeader {
        signals = List.copyOf(signals);
    }

    /** Reads and checks a header file. */
    static WfdbHeader read(Path file) {
        List<String> lines = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        String[] all = text(file).split("\r\n|\n|\r");
        for (int number = 1; number <= all.length; number++) {
            String line = all[number - 1].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(line);
                numbers.add(number);
            }
        }
        if (lines.isEmpty()) {
            throw new DataFormatException(file + ": the header is empty; its first line must name the record");
        }
        HeaderLine record = new HeaderLine(file, numbers.get(0), lines.get(0));
        int count = record.wholeNumber(1, "number of signals", 1, 1024);
        if (lines.size() - 1 < count) {
            throw record.wrong("the header promises " + count + " signals but describes " + (lines.size() - 1)
                    + "; one line for each is needed");
        }
        List<WfdbSignal> signals = new ArrayList<>();
        for (int signal = 1; signal <= count; signal++) {
            signals.add(SignalLine.parse(new HeaderLine(file, numbers.get(signal), lines.get(signal))));
        }
        return new WfdbHeader(name(record), rate(record), samples(record), signals);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DataFormatException(file + ": " + Files.size(file)
                        + " bytes are too many for a WFDB header; is it one?");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            throw new DataFormatException(file + ": no such header file", missing);
        } catch (IOException failed) {
            throw new DataFormatException(file + ": cannot be read: " + failed.getMessage(), failed);
        }
    }

    private static String name(HeaderLine record) {
        String name = record.field(0);
        if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw record.wrong("the record's name is " + Quote.of(name) + "; it must be at most " + MAX_NAME
                    + " printable characters");
        }
        if (name.contains("/")) {
            throw record.wrong("the record " + Quote.of(name) + " has several segments; only records of one are read");
        }
        return name;
    }

    private static double rate(HeaderLine record) {
        if (record.fields() < 3) {
            return DEFAULT_RATE_HZ;
        }
        // Counter frequency and base may follow: 360/360(0).
        String text = record.field(2).split("[/(]", 2)[0];
        try {
            double rate = Double.parseDouble(text);
            if (rate > 0 && Double.isFinite(rate)) {
                return rate;
            }
        } catch (NumberFormatException noNumber) {
            // Answered below, with the numbers that are out of range.
        }
        throw record.wrong("the sampling frequency is " + Quote.of(text) + "; it must be a number above 0, in Hz");
    }

    private static long samples(HeaderLine record) {
        return record.fields() < 4 ? 0 : record.wholeNumber(3, "number of samples a signal", 0, Integer.MAX_VALUE);
    }
}
