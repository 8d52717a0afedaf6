package org.reluctor.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.exchange.ExchangeFault;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.command.CommandFault;

/** What config/operation says stands in the program, and what an operator may meet stands in it. */
class OperatorPapersTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..", "..");
    private static final Path PAPERS = ROOT.resolve("config/operation");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** Of statuses that the JVM or the system gives. */
    private static final Set<Integer> FOREIGN = Set.of(3, 134, 139);
    /** Shorter ones are in any text. */
    private static final int TELLING = 6;

    @Test
    void alarms_metrics_areThoseOfThePage() throws IOException {
        String page = sources(ROOT.resolve("runtime/app/src/main/java/org/reluctor/app/metrics"));
        Set<String> named = found(paper("alarms.md"), Pattern.compile("\\b(?:reluctor|process|jvm)_[a-z_]+"));
        named.removeIf(name -> page.contains("\"" + name.replaceFirst("_(total|sum|count|bucket|info)$", "") + "\""));
        assertEquals(Set.of(), named);
    }

    @Test
    void alarms_reasonsStatesAndStatuses_areAllThereAndNoOthers() throws IOException {
        assertEquals(words(Arrays.stream(GatewayState.values()).map(GatewayState::word)), firstColumn("States"));
        assertEquals(words(Arrays.stream(FrameFault.values()).map(FrameFault::reason)), firstColumn("Frames rejected"));
        assertEquals(words(ExchangeFault.reasons().stream()), firstColumn("Networks refused"));
        assertEquals(words(Arrays.stream(CommandFault.values()).map(CommandFault::reason)),
                firstColumn("Commands refused"));
    }

    @Test
    void alarms_exitStatuses_areThoseOfTheProgram() throws IOException {
        Set<Integer> named = found(section("Exit statuses"), Pattern.compile("(?m)^\\| (\\d+(?:, \\d+)*) \\|")).stream()
                .flatMap(row -> Arrays.stream(row.split(", "))).map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(FOREIGN);
        // Ctrl-C is no service's end, and a service's command line has no result to lack.
        Set<Integer> own = Arrays.stream(ExitStatus.class.getFields()).map(OperatorPapersTest::value)
                .filter(status -> status != ExitStatus.INTERRUPTED).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(own, named);
    }

    @Test
    void alarms_flags_areThoseOfSignals() throws IOException {
        Set<String> flags = Arrays.stream(Signal.class.getFields()).filter(field -> field.getName().startsWith("FLAG_"))
                .map(field -> Integer.toString(value(field))).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(flags, found(section("Flags of signals"), Pattern.compile("(?m)^\\| (\\d) \\|")));
    }

    /** A line is quoted in part; "…" stands for what changes. */
    @Test
    void alarms_linesOfTheLog_areInTheProgram() throws IOException {
        String program = sources(ROOT.resolve("runtime/app/src/main"))
                + sources(ROOT.resolve("runtime/stream/src/main"));
        String text = program.replaceAll("\"\\s*\\+\\s*\"", "");
        Set<String> quoted = firstColumn("Lines of the log");
        quoted.addAll(Set.of("the egress broker refuses", "the device has not computed a batch for",
                "the replay marks cannot be written"));
        assertTrue(quoted.size() > 15, quoted.toString());
        for (String line : quoted) {
            for (String part : line.split("…")) {
                assertTrue(part.strip().length() < TELLING || text.contains(part.strip()), line);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"install.md", "alarms.md", "upgrade.md", "capacity.md", "clusters.md"})
    void settingsAndFiles_ofEveryPaper_areThere(String name) throws IOException {
        String shipped = Files.readString(ROOT.resolve("config/reluctor.yaml"));
        for (String code : found(paper(name), CODE)) {
            if (code.matches("(broker|fleet|networks\\[]|trust|exchange|device|batch|queue|frame|sensors|commands"
                    + "|delivery|errors|summary|sparkplug|http|log)\\.[a-zA-Z]+")) {
                String key = code.substring(code.indexOf('.') + 1);
                assertTrue(shipped.contains(" " + key + ":"), code);
            }
        }
        for (String link : found(paper(name), Pattern.compile("]\\(([^)#]+)"))) {
            assertTrue(Files.exists(PAPERS.resolve(link)), link);
        }
    }

    private static String paper(String name) throws IOException {
        return Files.readString(PAPERS.resolve(name));
    }

    private static String section(String title) throws IOException {
        String text = paper("alarms.md");
        int begin = text.indexOf("\n## " + title + "\n");
        assertTrue(begin >= 0, title);
        int end = text.indexOf("\n## ", begin + 1);
        return text.substring(begin, end < 0 ? text.length() : end);
    }

    /** What stands as code in the first column of a section's first table. */
    private static Set<String> firstColumn(String title) throws IOException {
        String rows = section(title).lines().dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|")).map(line -> line.split("\\|")[1])
                .collect(Collectors.joining("\n"));
        return found(rows, CODE);
    }

    private static Set<String> found(String text, Pattern pattern) {
        return pattern.matcher(text).results().map(OperatorPapersTest::inner)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String inner(MatchResult match) {
        return match.group(match.groupCount());
    }

    private static Set<String> words(Stream<String> words) {
        return words.collect(Collectors.toCollection(TreeSet::new));
    }

    private static int value(Field constant) {
        try {
            return constant.getInt(null);
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }

    private static String sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
