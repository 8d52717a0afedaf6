package org.reluctor.certify.vnnlib;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Reads a text as terms of SMT-LIB's kind: words and nested parentheses; what follows a semicolon is a comment. Keeps
 * its own stack, so that no file, however nested, exhausts the thread's.
 */
final class TermReader {
    /** Deeper than any property of sense; what works on terms may then go down by calling itself. */
    private static final int MOST_DEPTH = 256;

    private final String text;
    private final Deque<List<Term>> open = new ArrayDeque<>();
    private final Deque<Place> starts = new ArrayDeque<>();
    private final List<Term> terms = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    TermReader(String text) {
        this.text = text;
    }

    /**
     * All terms of the text.
     *
     * @throws VnnLibException if parentheses do not match, or are nested too deep
     */
    List<Term> read() {
        while (at < text.length()) {
            step();
        }
        if (!open.isEmpty()) {
            Place start = starts.peek();
            throw VnnLibException.at(place(), "the file ends within the parenthesis of line " + start.line()
                    + ", column " + start.column() + "; " + open.size() + " must be closed");
        }
        return Collections.unmodifiableList(terms);
    }

    /** Where the reading stands; after {@link #read} the end of the text. */
    Place place() {
        return new Place(line, at - lineStart + 1);
    }

    private void step() {
        char next = text.charAt(at);
        if (next == '\n') {
            line++;
            lineStart = at + 1;
            at++;
        } else if (Character.isWhitespace(next)) {
            at++;
        } else if (next == ';') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (next == '(') {
            begin();
        } else if (next == ')') {
            end();
        } else {
            word();
        }
    }

    private void begin() {
        if (open.size() == MOST_DEPTH) {
            throw VnnLibException.at(place(), "parentheses are nested more than " + MOST_DEPTH
                    + " deep; must be fewer");
        }
        starts.push(place());
        open.push(new ArrayList<>());
        at++;
    }

    private void end() {
        if (open.isEmpty()) {
            throw VnnLibException.at(place(), "a parenthesis is closed that was not opened; must be left out");
        }
        add(new Term(starts.pop(), null, Collections.unmodifiableList(open.pop())));
        at++;
    }

    private void word() {
        int start = at;
        Place place = place();
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        add(new Term(place, text.substring(start, at), List.of()));
    }

    private static boolean isOfWord(char character) {
        return !Character.isWhitespace(character) && character != '(' && character != ')' && character != ';';
    }

    private void add(Term term) {
        (open.isEmpty() ? terms : open.peek()).add(term);
    }
}
