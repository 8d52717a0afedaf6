package org.reluctor.app.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One pass of binding a file to records: where values come from, and what has been found wrong so far. */
final class Binding {
    final String file;
    final Path folder;
    final Overrides overrides;
    final List<Problem> problems;
    final Map<String, Setting> settings = new LinkedHashMap<>();

    /**
     * @param file      name of the file for messages
     * @param folder    that relative paths are relative to
     * @param overrides values in place of the file's
     * @param problems  receives what is wrong
     */
    Binding(String file, Path folder, Overrides overrides, List<Problem> problems) {
        this.file = file;
        this.folder = folder;
        this.overrides = overrides;
        this.problems = problems;
    }

    /** The section that the whole file is. */
    Section root(YamlNode.Mapping mapping) {
        return new Section(this, "", mapping, mapping.line());
    }

    /** Every setting that was asked for, in the order of binding. */
    List<Setting> settings() {
        return new ArrayList<>(settings.values());
    }

    void problem(int line, String text) {
        problems.add(Problem.of(line, file + ":" + line + ": " + text));
    }
}
