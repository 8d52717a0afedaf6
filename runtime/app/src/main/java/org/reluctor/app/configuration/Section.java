package org.reluctor.app.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reluctor.app.ExitStatus;
import org.reluctor.network.Quote;

/**
 * A group of keys while it is bound. Each method reads one setting, declares it, and gives its default after a problem,
 * so that binding goes on and finds the next. {@link #end()} reports the keys that nothing asked for.
 */
final class Section {
    /** Longest path that is taken, in characters; systems have their own limit, mostly above. */
    private static final int MOST_PATH = 1024;

    private final Binding binding;
    private final String path;
    private final YamlNode.Mapping mapping;
    private final int line;
    private final Set<String> known = new LinkedHashSet<>();

    Section(Binding binding, String path, YamlNode.Mapping mapping, int line) {
        this.binding = binding;
        this.path = path;
        this.mapping = mapping;
        this.line = line;
    }

    /** Whether the file or an override gives this section anything. */
    boolean given() {
        return !mapping.entries().isEmpty() || binding.overrides.anyBelow(path);
    }

    /** A whole number from {@code least} to {@code most}; the unit is told in messages. */
    long whole(String key, long defaultValue, long least, long most, String unit) {
        declare(key, Setting.integer(pathOf(key), defaultValue, least, most));
        Value value = value(key);
        if (value == null) {
            return defaultValue;
        }
        String right = "must be a whole number from " + least + " to " + most + (unit.isEmpty() ? "" : " " + unit);
        String text = value.textIf(YamlNode.Kind.INTEGER);
        if (text == null || !text.matches("[+-]?[0-9]{1,18}")) {
            wrong(value, "is not a whole number; " + right);
            return defaultValue;
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            wrong(value, "is out of range; " + right);
            return defaultValue;
        }
        return number;
    }

    /** Like {@link #whole} within the range of int. */
    int integer(String key, int defaultValue, int least, int most, String unit) {
        return (int) whole(key, defaultValue, least, most, unit);
    }

    boolean flag(String key, boolean defaultValue) {
        declare(key, Setting.flag(pathOf(key), defaultValue));
        Value value = value(key);
        if (value == null) {
            return defaultValue;
        }
        String text = value.textIf(YamlNode.Kind.BOOLEAN);
        if (text == null || !(text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            wrong(value, "is neither true nor false");
            return defaultValue;
        }
        return text.equalsIgnoreCase("true");
    }

    /** A text that wholly matches the pattern; {@code right} says in words what that is. */
    String text(String key, String defaultValue, String pattern, String right) {
        declare(key, Setting.text(pathOf(key), defaultValue, pattern));
        Value value = value(key);
        if (value == null) {
            if (defaultValue == null) {
                binding.problem(line, pathOf(key) + ": missing; " + right);
            }
            return defaultValue;
        }
        String text = value.textIf(YamlNode.Kind.TEXT);
        if (text == null) {
            wrong(value, "is not a text; " + right + ", in quotes if it looks like a number");
            return defaultValue;
        }
        if (!pattern.isEmpty() && !text.matches(pattern)) {
            wrong(value, "cannot be used; " + right);
            return defaultValue;
        }
        return text;
    }

    /** One of the constants, written in lower case with hyphens. */
    <E extends Enum<E>> E choice(String key, E defaultValue) {
        E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
        List<String> words = Arrays.stream(constants).map(Section::wordOf).toList();
        declare(key, Setting.choice(pathOf(key), wordOf(defaultValue), words));
        Value value = value(key);
        if (value == null) {
            return defaultValue;
        }
        String text = value.textIf(YamlNode.Kind.TEXT);
        int index = text == null ? -1 : words.indexOf(text);
        if (index < 0) {
            String guess = text == null ? "" : Nearest.to(text, words).map(near -> "; did you mean " + near + "?")
                    .orElse("");
            wrong(value, "is not one of " + String.join(", ", words) + guess);
            return defaultValue;
        }
        return constants[index];
    }

    /** A file or folder, or empty where the text is; relative ones are relative to the configuration's folder. */
    Optional<Path> path(String key, String defaultValue, String right) {
        String text = text(key, defaultValue, "", right);
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        if (text.length() > MOST_PATH || text.chars().anyMatch(Character::isISOControl)) {
            wrong(value(key), "is no path; " + right);
            return Optional.empty();
        }
        return Optional.of(binding.folder.resolve(text).normalize());
    }

    /** Reports that a value that was read well does not go together with another. */
    void reject(String key, int status, String text) {
        Value value = value(key);
        String where = value == null ? binding.file + ":" + line + ": " + pathOf(key) : value.where();
        int at = value == null ? line : value.node().line();
        binding.problems.add(new Problem(at, status, where + ": " + text));
    }

    /** The group of keys under a key; an empty one where it is absent. */
    Section section(String key) {
        known.add(key);
        YamlNode.Entry entry = mapping.entries().get(key);
        YamlNode.Mapping inner = new YamlNode.Mapping(line, Map.of());
        if (entry != null && entry.value() instanceof YamlNode.Mapping found) {
            inner = found;
        } else if (entry != null && !YamlTree.isNull(entry.value())) {
            binding.problem(entry.line(), pathOf(key) + ": " + entry.value().describe()
                    + " stands where a group of keys is expected");
        }
        return new Section(binding, pathOf(key), inner, entry == null ? line : entry.line());
    }

    /** The groups of a list; as many as the file or the overrides give. */
    List<Section> sections(String key) {
        known.add(key);
        YamlNode.Entry entry = mapping.entries().get(key);
        List<YamlNode> elements = List.of();
        if (entry != null && entry.value() instanceof YamlNode.Sequence sequence) {
            elements = sequence.elements();
        } else if (entry != null && !YamlTree.isNull(entry.value())) {
            binding.problem(entry.line(), pathOf(key) + ": " + entry.value().describe()
                    + " stands where a list is expected; begin each element with \"- \"");
        }
        List<Section> sections = new ArrayList<>();
        int at = entry == null ? line : entry.line();
        while (sections.size() < elements.size() || binding.overrides.anyBelow(element(key, sections.size()))) {
            int index = sections.size();
            sections.add(element(key, index, index < elements.size() ? elements.get(index) : null, at));
        }
        return sections;
    }

    /** Line of the section in its file, from 1. */
    int line() {
        return line;
    }

    /** Reports every key that no method has asked for. */
    void end() {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                String guess = Nearest.to(key, known).map(near -> "did you mean " + near + "?")
                        .orElse("known here: " + String.join(", ", known));
                binding.problem(entry.line(), pathOf(Quote.bare(key)) + ": unknown key; " + guess);
            }
        });
    }

    private Section element(String key, int index, YamlNode node, int listLine) {
        if (node instanceof YamlNode.Mapping found) {
            return new Section(binding, element(key, index), found, found.line());
        }
        if (node != null) {
            binding.problem(node.line(), element(key, index) + ": " + node.describe()
                    + " stands where a group of keys is expected");
        }
        return new Section(binding, element(key, index), new YamlNode.Mapping(listLine, Map.of()), listLine);
    }

    private String element(String key, int index) {
        return pathOf(key) + "[" + index + "]";
    }

    private void declare(String key, Setting setting) {
        known.add(key);
        binding.settings.put(setting.path(), setting);
    }

    private Value value(String key) {
        String full = pathOf(key);
        Optional<String> override = binding.overrides.find(full);
        if (override.isPresent()) {
            YamlNode node = new YamlNode.Scalar(0, YamlNode.Kind.TEXT, override.get());
            return new Value(binding.overrides.nameOf(full), full, node, true);
        }
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? null : new Value(binding.file + ":" + entry.line(), full, entry.value(), false);
    }

    private void wrong(Value value, String text) {
        binding.problems.add(new Problem(value.node().line(), ExitStatus.CONFIGURATION,
                value.where() + ": " + value.node().describe() + " " + text));
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
