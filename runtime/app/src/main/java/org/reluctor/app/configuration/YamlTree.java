package org.reluctor.app.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.network.Quote;

/**
 * Reads a YAML text into {@link YamlNode}s with line numbers. Anchors, aliases, tags and a second document are
 * refused: a configuration that a person audits says every value where it stands.
 */
final class YamlTree {
    private static final int MAX_DEPTH = 16;
    /** What the parser was doing, and what it found; more would be the file's own lines. */
    private static final int MOST_REASONS = 4;

    private final String file;
    private final List<Problem> problems;
    private final YAMLParser parser;

    private YamlTree(String file, YAMLParser parser, List<Problem> problems) {
        this.file = file;
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * The root mapping of a YAML text; empty for an empty text. What is wrong is added to {@code problems}; after a
     * syntax error the mapping holds nothing.
     */
    static YamlNode.Mapping read(String file, String text, List<Problem> problems) {
        YamlNode.Mapping nothing = new YamlNode.Mapping(1, Map.of());
        // Without the feature a key with nothing behind it would read as an empty text.
        YAMLFactory factory = YAMLFactory.builder().enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL).build();
        try (YAMLParser parser = factory.createParser(text)) {
            YamlTree tree = new YamlTree(file, parser, problems);
            YamlNode root = parser.nextToken() == null ? nothing : tree.node(0);
            if (parser.nextToken() != null) {
                tree.problem("a second document begins; a configuration is one document");
            }
            if (root instanceof YamlNode.Mapping mapping) {
                return mapping;
            }
            if (!isNull(root)) {
                problems.add(Problem.of(root.line(), file + ":" + root.line() + ": " + root.describe()
                        + " stands at the top; keys with values are expected, such as \"site: plant-1\""));
            }
            return nothing;
        } catch (Malformed malformed) {
            problems.add(Problem.of(0, malformed.getMessage()));
            return nothing;
        } catch (JsonProcessingException exception) {
            problems.add(Problem.of(0, syntaxError(file, exception)));
            return nothing;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.NULL;
    }

    private YamlNode node(int depth) throws IOException {
        refuseDecorations(depth);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(depth);
        }
        return new YamlNode.Scalar(line(), kindOf(token), parser.getText());
    }

    private YamlNode.Mapping mapping(int depth) throws IOException {
        int line = line();
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = line();
            parser.nextToken();
            YamlNode.Entry before = entries.putIfAbsent(key, new YamlNode.Entry(keyLine, node(depth + 1)));
            if (before != null) {
                problems.add(Problem.of(keyLine, file + ":" + keyLine + ": " + Quote.bare(key)
                        + ": stands a second time, first in line " + before.line() + "; keep one of the two"));
            }
        }
        return new YamlNode.Mapping(line, entries);
    }

    private YamlNode.Sequence sequence(int depth) throws IOException {
        int line = line();
        List<YamlNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(depth + 1));
        }
        return new YamlNode.Sequence(line, elements);
    }

    private void refuseDecorations(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw malformed("nested deeper than " + MAX_DEPTH + "; no setting lies deeper than three");
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw malformed("anchors and aliases (& and *) are not used here; write the value out, or quote it");
        }
        if (parser.getTypeId() != null) {
            throw malformed("the tag !" + Quote.bare(parser.getTypeId()) + " is not used here; write the value alone");
        }
    }

    private void problem(String text) {
        problems.add(Problem.of(line(), file + ":" + line() + ": " + text));
    }

    private Malformed malformed(String text) {
        return new Malformed(file + ":" + line() + ": " + text);
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private static YamlNode.Kind kindOf(JsonToken token) {
        return switch (token) {
            case VALUE_NUMBER_INT -> YamlNode.Kind.INTEGER;
            case VALUE_NUMBER_FLOAT -> YamlNode.Kind.REAL;
            case VALUE_TRUE, VALUE_FALSE -> YamlNode.Kind.BOOLEAN;
            case VALUE_NULL -> YamlNode.Kind.NULL;
            default -> YamlNode.Kind.TEXT;
        };
    }

    /** The parser's own message runs over several lines with an excerpt; its first lines carry what is needed. */
    private static String syntaxError(String file, JsonProcessingException exception) {
        int line = exception.getLocation() == null ? 1 : Math.max(1, exception.getLocation().getLineNr());
        String reason = exception.getOriginalMessage().lines()
                .filter(text -> !text.startsWith(" "))
                .map(Quote::bare)
                .limit(MOST_REASONS)
                .reduce((first, second) -> first + ", " + second)
                .orElse("unreadable");
        return file + ":" + line + ": not YAML: " + reason;
    }

    /** Stops the reading of a text whose further structure would be guesswork. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }
}
