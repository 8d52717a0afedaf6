package org.reluctor.opencl.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a kernel of the pipeline form must not have: whatever OpenCL C 1.2 of the embedded profile lacks, and whatever
 * keeps a compiler to hardware from knowing the length of a loop.
 */
final class PipelineLint {
    private static final Pattern FORBIDDEN = Pattern.compile("atom(ic)?_\\w+|barrier|\\w*mem_fence|\\w+_barrier"
            + "|while|do|goto|break|continue|switch|get_(global|local|group)_\\w+|__local|async_\\w+|prefetch|printf"
            + "|u?long\\d*|double\\d*|half\\d*|v(load|store)a?_half\\w*|\\w*_(double|u?long)\\d*|size_t|ptrdiff_t"
            + "|image\\w+_t|pipe");
    private static final Pattern CONSTANT = Pattern.compile("\\d+|0[xX][0-9a-fA-F]+|[-+*/%()]|<<|>>");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> QUALIFIERS = Set.of("const", "restrict", "volatile", "__global", "__constant",
            "__private");
    private static final Set<String> NO_TYPE = Set.of("return", "else", "sizeof");
    private static final Set<String> RELATIONS = Set.of("<", "<=", ">", ">=", "!=");

    private final List<String> tokens;
    private final List<String> findings = new ArrayList<>();

    private PipelineLint(List<String> tokens) {
        this.tokens = tokens;
    }

    /** One line for each offence; empty where all is well. */
    static List<String> findings(List<String> tokens) {
        PipelineLint lint = new PipelineLint(tokens);
        for (int at = 0; at < tokens.size(); at++) {
            lint.word(at);
            lint.pointer(at);
            lint.array(at);
            if (tokens.get(at).equals("for")) {
                lint.loop(at);
            }
        }
        lint.recursion();
        return lint.findings;
    }

    private String at(int place) {
        return place >= 0 && place < tokens.size() ? tokens.get(place) : "";
    }

    private void report(String what, int from, int to) {
        findings.add(what + ": " + String.join(" ", tokens.subList(Math.max(0, from), Math.min(to, tokens.size()))));
    }

    private void word(int place) {
        String token = tokens.get(place);
        if (FORBIDDEN.matcher(token).matches()) {
            report("not for pipelines", place, place + 1);
        }
        if (isWideNumber(token)) {
            report("a number of 64 bits", place, place + 1);
        }
    }

    /** Without a suffix a number with a point or an exponent is a double. */
    private static boolean isWideNumber(String token) {
        if (token.isEmpty() || !Character.isDigit(token.charAt(0)) && !token.matches("\\.\\d.*")) {
            return false;
        }
        boolean hexadecimal = token.matches("0[xX].*");
        boolean real = hexadecimal ? token.matches(".*[pP].*") : token.matches(".*[.eE].*");
        return real ? !token.matches(".*[fF]") : token.matches(".*[lL].*");
    }

    private void pointer(int place) {
        if (!at(place).equals("*")) {
            return;
        }
        int next = place + 1;
        while (QUALIFIERS.contains(at(next))) {
            next++;
        }
        if (at(next).equals("*")) {
            report("a pointer to a pointer", place - 1, next + 2);
        }
        if (at(place - 1).equals("(") && at(place + 2).equals(")") && at(place + 3).equals("(")) {
            report("a pointer to a function", place - 2, place + 4);
        }
    }

    /** A declaration is a name behind a name; its length must be a number. */
    private void array(int place) {
        boolean declared = at(place).equals("[") && isName(at(place - 1)) && isName(at(place - 2))
                && !NO_TYPE.contains(at(place - 2));
        if (declared && !isConstant(place + 1, closing(place, "[", "]"))) {
            report("an array of variable length", place - 2, closing(place, "[", "]") + 1);
        }
    }

    private static boolean isName(String token) {
        return IDENTIFIER.matcher(token).matches();
    }

    private boolean isConstant(int from, int to) {
        return from < to && tokens.subList(from, to).stream().allMatch(token -> CONSTANT.matcher(token).matches());
    }

    private int closing(int open, String opening, String closing) {
        int depth = 0;
        for (int place = open; place < tokens.size(); place++) {
            depth += at(place).equals(opening) ? 1 : at(place).equals(closing) ? -1 : 0;
            if (depth == 0) {
                return place;
            }
        }
        return tokens.size();
    }

    private int next(int from, String token) {
        int place = from;
        while (place < tokens.size() && !at(place).equals(token)) {
            place++;
        }
        return place;
    }

    /** {@code for (int i = constant; i < constant; i++)}, also downwards and in constant steps; nobody changes i. */
    private void loop(int place) {
        int close = closing(place + 1, "(", ")");
        int first = next(place, ";");
        int second = next(first + 1, ";");
        String variable = at(place + 3);
        boolean begins = at(place + 2).equals("int") && at(place + 4).equals("=") && isConstant(place + 5, first);
        boolean ends = at(first + 1).equals(variable) && RELATIONS.contains(at(first + 2))
                && isConstant(first + 3, second);
        if (second > close || !begins || !ends || !isStep(second + 1, close, variable)) {
            report("a loop whose length is not fixed", place, close + 1);
        }
        int end = at(close + 1).equals("{") ? closing(close + 1, "{", "}") : next(close, ";");
        for (int inside = close + 1; inside < end; inside++) {
            boolean before = Set.of("++", "--", "&").contains(at(inside - 1));
            boolean behind = at(inside + 1).matches("\\+\\+|--|([-+*/%&|^]|<<|>>)?=");
            if (at(inside).equals(variable) && (before || behind)) {
                report("a loop's counter is changed", inside - 1, inside + 3);
            }
            if (at(inside).equals("return")) {
                report("a loop may be left", inside, inside + 2);
            }
        }
    }

    private boolean isStep(int from, int to, String variable) {
        String middle = at(from + 1);
        boolean one = to == from + 2 && at(from).equals(variable) && (middle.equals("++") || middle.equals("--"));
        return one || at(from).equals(variable) && (middle.equals("+=") || middle.equals("-="))
                && isConstant(from + 2, to);
    }

    /** Functions that call themselves, also by way of others. */
    private void recursion() {
        Map<String, Set<String>> calls = new HashMap<>();
        for (int place = 1; place < tokens.size(); place++) {
            int behind = closing(place, "(", ")") + 1;
            if (at(place).equals("(") && isName(at(place - 1)) && at(behind).equals("{") && isName(at(place - 2))) {
                calls.put(at(place - 1), called(behind, closing(behind, "{", "}")));
                place = closing(behind, "{", "}");
            }
        }
        for (String function : calls.keySet()) {
            if (reaches(function, function, calls, new HashSet<>())) {
                findings.add("recursion: " + function);
            }
        }
    }

    private Set<String> called(int from, int to) {
        Set<String> called = new HashSet<>();
        for (int place = from; place < to; place++) {
            if (isName(at(place)) && at(place + 1).equals("(")) {
                called.add(at(place));
            }
        }
        return called;
    }

    private static boolean reaches(String from, String wanted, Map<String, Set<String>> calls, Set<String> seen) {
        for (String called : calls.getOrDefault(from, Set.of())) {
            if (called.equals(wanted) || seen.add(called) && reaches(called, wanted, calls, seen)) {
                return true;
            }
        }
        return false;
    }
}
