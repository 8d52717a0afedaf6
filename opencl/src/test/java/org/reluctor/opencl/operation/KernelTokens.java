package org.reluctor.opencl.operation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of a kernel program as its compiler sees them: comments gone, conditions decided, macros replaced. As much
 * of C's preprocessor as the kernels use: no #include, no # and ## in macros, conditions by {@code defined} alone.
 */
final class KernelTokens {
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[A-Za-z_]\\w*"
            + "|0[xX][0-9a-fA-F]*\\.?[0-9a-fA-F]*[pP][+-]?\\d+[fF]?|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?\\w*"
            + "|<<=|>>=|\\+\\+|--|<<|>>|[-+*/%&|^!=<>]=|&&|\\|\\||\\S");
    private static final Pattern DEFINE = Pattern.compile("define\\s+(\\w+)(\\(([^)]*)\\))?(.*)");
    private static final Pattern DEFINED = Pattern.compile("defined\\s*\\(\\s*(\\w+)\\s*\\)");

    private final Map<String, Macro> macros = new HashMap<>();
    private final List<String> tokens = new ArrayList<>();
    /** For each open condition whether its present branch counts, and whether any has. */
    private final Deque<boolean[]> conditions = new ArrayDeque<>();

    /** {@code parameters} is null for a macro without parentheses. */
    private record Macro(List<String> parameters, List<String> body) {
    }

    private KernelTokens() {
    }

    /** The tokens of a program for a compiler that defines these macros as 1. */
    static List<String> of(String program, Set<String> defined) {
        KernelTokens reader = new KernelTokens();
        defined.forEach(name -> reader.macros.put(name, new Macro(null, List.of("1"))));
        String plain = program.replace("\\\n", " ").replaceAll("//[^\n]*", "").replaceAll("(?s)/\\*.*?\\*/", " ");
        List<String> pending = new ArrayList<>();
        for (String line : plain.split("\n")) {
            if (line.strip().startsWith("#")) {
                reader.tokens.addAll(reader.expanded(pending, Set.of()));
                pending.clear();
                reader.directive(line.strip().substring(1).strip());
            } else if (reader.counts()) {
                pending.addAll(split(line));
            }
        }
        reader.tokens.addAll(reader.expanded(pending, Set.of()));
        return reader.tokens;
    }

    private static List<String> split(String line) {
        return TOKEN.matcher(line).results().map(found -> found.group()).toList();
    }

    private boolean counts() {
        return conditions.stream().allMatch(condition -> condition[0]);
    }

    private void directive(String text) {
        if (text.startsWith("if")) {
            boolean holds = holds(text);
            conditions.push(new boolean[] {holds, holds});
        } else if (text.startsWith("el")) {
            boolean[] condition = conditions.peek();
            condition[0] = !condition[1] && (text.startsWith("else") || holds(text));
            condition[1] |= condition[0];
        } else if (text.startsWith("endif")) {
            conditions.pop();
        } else if (counts()) {
            definition(text);
        }
    }

    private boolean holds(String text) {
        String[] words = text.split("\\s+");
        if (words[0].startsWith("ifn") || words[0].equals("ifdef")) {
            return macros.containsKey(words[1]) != words[0].startsWith("ifn");
        }
        Matcher matcher = DEFINED.matcher(text);
        if (!matcher.find() || matcher.end() < text.length()) {
            throw new IllegalArgumentException("a condition beyond this reader: " + text);
        }
        return macros.containsKey(matcher.group(1));
    }

    private void definition(String text) {
        Matcher define = DEFINE.matcher(text);
        if (define.matches()) {
            String declared = define.group(3);
            List<String> parameters = declared == null ? null : List.of(declared.strip().split("\\s*,\\s*"));
            macros.put(define.group(1), new Macro(parameters, split(define.group(4))));
        } else if (text.startsWith("undef")) {
            macros.remove(text.substring("undef".length()).strip());
        } else if (!text.startsWith("pragma")) {
            throw new IllegalArgumentException("a directive beyond this reader: " + text);
        }
    }

    /** With macros replaced, but for those that are being replaced already. */
    private List<String> expanded(List<String> source, Set<String> busy) {
        List<String> result = new ArrayList<>();
        int at = 0;
        while (at < source.size()) {
            String token = source.get(at++);
            Macro macro = busy.contains(token) ? null : macros.get(token);
            boolean called = at < source.size() && source.get(at).equals("(");
            if (macro == null || macro.parameters != null && !called) {
                result.add(token);
                continue;
            }
            List<List<String>> arguments = new ArrayList<>();
            if (macro.parameters != null) {
                at = arguments(source, at, arguments);
            }
            Set<String> now = new HashSet<>(busy);
            now.add(token);
            result.addAll(expanded(replaced(macro, arguments, busy), now));
        }
        return result;
    }

    /** Reads the arguments from the opening parenthesis on; returns the place behind the closing one. */
    private static int arguments(List<String> source, int open, List<List<String>> arguments) {
        arguments.add(new ArrayList<>());
        int depth = 1;
        for (int at = open + 1; at < source.size(); at++) {
            String token = source.get(at);
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            if (depth == 0) {
                return at + 1;
            }
            if (depth == 1 && token.equals(",")) {
                arguments.add(new ArrayList<>());
            } else {
                arguments.get(arguments.size() - 1).add(token);
            }
        }
        throw new IllegalArgumentException("a macro's arguments do not end");
    }

    private List<String> replaced(Macro macro, List<List<String>> arguments, Set<String> busy) {
        List<String> body = new ArrayList<>();
        for (String token : macro.body) {
            int index = macro.parameters == null ? -1 : macro.parameters.indexOf(token);
            body.addAll(index < 0 ? List.of(token) : expanded(arguments.get(index), busy));
        }
        return body;
    }
}
