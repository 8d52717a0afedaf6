package org.reluctor.learn.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recording as a text of columns, one line a sample: separated by commas, semicolons or tabs; a first line of names,
 * which may end in a unit in brackets ({@code x_acc [m/s2]}), or none. A column {@code timestamp} or {@code time} (in
 * s, or since 1970 in ms or more finely) gives the mean rate; samples are not resampled. Columns whose first entry is
 * no number, such as labels, are left out.
 */
final class CsvRecording {
    private static final Pattern WITH_UNIT = Pattern.compile("(.*?)\\s*[\\[(]([^\\])]*)[\\])]");
    private static final Pattern TIME = Pattern.compile("(?i)time(stamp)?([_ ].*)?");

    private final CsvLines lines;
    private final List<String> names;
    private final List<Integer> numeric = new ArrayList<>();

    private CsvRecording(CsvLines lines) {
        this.lines = lines;
        boolean headed = !CsvLines.isNumber(lines.first().get(0));
        names = headed ? lines.first() : null;
        if (headed) {
            lines.skipFirst();
        }
        List<String> entries = lines.first();
        for (int column = 0; column < entries.size(); column++) {
            if (CsvLines.isNumber(entries.get(column))) {
                numeric.add(column);
            }
        }
    }

    /**
     * Reads a recording. Its subject is the file's name before the first underscore: {@code s01} of
     * {@code s01_02_sp.csv}.
     *
     * @throws DataFormatException if a line has more or fewer columns than the first, or an entry is no finite number
     */
    static Recording read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            CsvRecording csv = new CsvRecording(new CsvLines(file, text));
            return csv.recording(DataKind.CSV.stem(file.getFileName().toString()));
        } catch (IOException failed) {
            throw new DataFormatException(file + ": cannot be read as a text (UTF-8): " + failed.getMessage(), failed);
        }
    }

    private Recording recording(String name) {
        float[][] samples = new float[numeric.size()][lines.count()];
        double[] times = new double[2];
        for (int line = 0; line < lines.count(); line++) {
            List<String> entries = lines.next();
            for (int at = 0; at < samples.length; at++) {
                double value = lines.number(entries, numeric.get(at), columnName(numeric.get(at)));
                samples[at][line] = (float) value;
                if (isTime(numeric.get(at))) {
                    times[line == 0 ? 0 : 1] = value;
                }
            }
        }
        List<Channel> channels = new ArrayList<>();
        double rate = Double.NaN;
        for (int at = 0; at < samples.length; at++) {
            if (isTime(numeric.get(at))) {
                rate = rate(times);
            } else {
                channels.add(channel(columnName(numeric.get(at)), samples[at]));
            }
        }
        if (channels.isEmpty()) {
            throw lines.wrong("no column of numbers but time; at least one signal is needed");
        }
        return new Recording(name, subject(name), rate, channels);
    }

    /** The subject of a recording of that name. */
    static String subject(String name) {
        return name.split("_", 2)[0];
    }

    private String columnName(int column) {
        return names == null ? "column " + (column + 1) : names.get(column);
    }

    private boolean isTime(int column) {
        return names != null && TIME.matcher(WITH_UNIT.matcher(names.get(column)).replaceFirst("$1")).matches();
    }

    private static Channel channel(String title, float[] values) {
        Matcher unit = WITH_UNIT.matcher(title);
        return unit.matches() ? Channel.of(unit.group(1), unit.group(2), values) : Channel.of(title, "", values);
    }

    /** Since 1970, times in seconds have 10 digits in our days, in milliseconds 13, and so on. */
    private double rate(double[] times) {
        double span = times[1] - times[0];
        double units = 1;
        while (times[0] / units > 1e11) {
            units *= 1000;
        }
        return span > 0 ? (lines.count() - 1) * units / span : Double.NaN;
    }
}
