package org.reluctor.certify.vnnlib;

import java.util.List;

/**
 * A word, or a list in parentheses.
 *
 * @param place of the word, or of the opening parenthesis
 * @param word  null where it is a list
 * @param parts of the list; empty where it is a word
 */
record Term(Place place, String word, List<Term> parts) {
    boolean isList() {
        return word == null;
    }

    /** The first word of a list; empty where there is none. */
    String head() {
        return parts.isEmpty() || parts.get(0).isList() ? "" : parts.get(0).word();
    }

    /** How it is named in messages. */
    String shown() {
        return isList() ? "a list in parentheses" : VnnLibException.shown(word);
    }
}
