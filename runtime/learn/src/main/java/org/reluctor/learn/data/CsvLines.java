package org.reluctor.learn.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.reluctor.network.Quote;

/** The lines of a text of columns, which know their numbers for the messages. Blank lines are skipped. */
final class CsvLines {
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][-+]?[0-9]{1,4})?");
    private static final Pattern NO_NUMBER = Pattern.compile("(?i)[-+]?(nan|inf|infinity)");

    private final Path file;
    private final String separator;
    private final List<String> lines = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final int columns;
    private int start;
    private int at;

    CsvLines(Path file, String text) {
        this.file = file;
        String[] all = text.split("\r\n|\n|\r");
        for (int line = 0; line < all.length; line++) {
            if (!all[line].isBlank()) {
                lines.add(all[line]);
                numbers.add(line + 1);
            }
        }
        if (lines.isEmpty()) {
            throw new DataFormatException(file + ": the file is empty; lines of numbers and commas are needed");
        }
        separator = separator(lines.get(0));
        columns = entries(lines.get(0)).size();
    }

    private static String separator(String line) {
        return Stream.of("\t", ";").filter(line::contains).findFirst().orElse(",");
    }

    private List<String> entries(String line) {
        List<String> entries = new ArrayList<>();
        for (String entry : line.split(separator, -1)) {
            String bare = entry.strip();
            boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
            entries.add(quoted ? bare.substring(1, bare.length() - 1) : bare);
        }
        return entries;
    }

    /** Entries of the first line that was not skipped. */
    List<String> first() {
        return entries(lines.get(start));
    }

    /** The first line holds names. */
    void skipFirst() {
        start++;
        at++;
        if (start == lines.size()) {
            throw wrong("names of columns and no samples; a line of numbers for each sample is needed");
        }
    }

    /** Lines that were not skipped. */
    int count() {
        return lines.size() - start;
    }

    /** Entries of the next line. */
    List<String> next() {
        List<String> entries = entries(lines.get(at++));
        if (entries.size() != columns) {
            throw wrong("the line has " + entries.size() + " columns, the first line has " + columns
                    + "; all must have equally many");
        }
        return entries;
    }

    /** One entry of the line that {@link #next} gave, as a finite number. */
    double number(List<String> entries, int column, String name) {
        String text = entries.get(column);
        if (NUMBER.matcher(text).matches() && Float.isFinite((float) Double.parseDouble(text))) {
            return Double.parseDouble(text);
        }
        throw wrong("column " + Quote.of(name) + " holds " + Quote.of(text)
                + "; every sample must be a finite number: leave such lines out or fill them");
    }

    /** Whether that is meant as a number, be it one that cannot be used. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches() || NO_NUMBER.matcher(text).matches();
    }

    DataFormatException wrong(String what) {
        return new DataFormatException(file + ":" + numbers.get(Math.max(0, at - 1)) + ": " + what);
    }
}
