package org.reluctor.app.configuration;

import java.util.List;
import java.util.Map;
import org.reluctor.network.Quote;

/** A value of the YAML file together with its line, which every message about it names. */
sealed interface YamlNode {
    /** Line of the file, from 1. */
    int line();

    /** What kind of value this is, for messages: such as {@code a list}. */
    String describe();

    /** A single value; {@code text} is as written, without quotes. */
    record Scalar(int line, Kind kind, String text) implements YamlNode {
        @Override
        public String describe() {
            // A password within an address stays out of messages, which end up in logs.
            String shown = Quote.bare(text.replaceAll("//[^/\\s]*@", "//(not shown)@"));
            return kind == Kind.TEXT ? "\"" + shown + "\"" : kind == Kind.NULL ? "nothing" : shown;
        }
    }

    /** Keys with values, in the order of the file. A duplicate key never gets here: it is a problem of its own. */
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {
        @Override
        public String describe() {
            return "a group of keys";
        }
    }

    /** Elements in the order of the file. */
    record Sequence(int line, List<YamlNode> elements) implements YamlNode {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /** A key's own line, for messages about the key, and its value. */
    record Entry(int line, YamlNode value) {
    }

    /** How a plain scalar reads under YAML 1.2's core schema. */
    enum Kind { TEXT, INTEGER, REAL, BOOLEAN, NULL }
}
