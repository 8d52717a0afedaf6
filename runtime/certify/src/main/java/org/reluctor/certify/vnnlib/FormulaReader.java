package org.reluctor.certify.vnnlib;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads commands: declarations of X_i and Y_i, and assertions. Inequalities are linear: numbers, variables, sums,
 * differences, and products with one variable part; either side may hold what it likes.
 */
final class FormulaReader {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern VARIABLE = Pattern.compile("([XY])_(\\d{1,9})");
    /** Commands of SMT-LIB that say nothing about the property. */
    private static final Set<String> IDLE = Set.of("set-logic", "set-info", "set-option", "check-sat", "get-model",
            "exit");

    private final int inputs;
    private final int outputs;
    private final Map<String, Place> declared = new HashMap<>();
    private final List<Formula> assertions = new ArrayList<>();

    /**
     * @param inputs  of the network: X_0 to X_(inputs - 1)
     * @param outputs of the network
     */
    FormulaReader(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /**
     * All assertions of a file, which hold together.
     *
     * @throws VnnLibException if something is wrong, or an input is not declared
     */
    Formula.All read(String text) {
        TermReader reader = new TermReader(text);
        reader.read().forEach(this::command);
        for (int index = 0; index < inputs; index++) {
            if (!declared.containsKey("X_" + index)) {
                throw VnnLibException.at(reader.place(), "the file ends and X_" + index + " was not declared; the"
                        + " network has " + inputs + " inputs, X_0 to X_" + (inputs - 1));
            }
        }
        return new Formula.All(List.copyOf(assertions));
    }

    /** Where each input is declared, once a file was read. */
    List<Place> inputPlaces() {
        return IntStream.range(0, inputs).mapToObj(index -> declared.get("X_" + index)).toList();
    }

    private void command(Term term) {
        String head = term.head();
        if ("declare-const".equals(head)) {
            declare(term);
        } else if ("assert".equals(head)) {
            requireParts(term, 2, "(assert CONDITION)");
            assertions.add(formula(term.parts().get(1)));
        } else if (!IDLE.contains(head)) {
            throw VnnLibException.at(term.place(), (term.isList() ? "the command " + VnnLibException.shown(head)
                    : term.shown()) + " is unknown; must be (declare-const NAME Real) or (assert CONDITION)");
        }
    }

    private void declare(Term term) {
        requireParts(term, 3, "(declare-const NAME Real)");
        Term name = term.parts().get(1);
        variable(name);
        if (!"Real".equals(term.parts().get(2).word())) {
            throw VnnLibException.at(term.parts().get(2).place(), name.shown() + " is declared as "
                    + term.parts().get(2).shown() + "; must be Real");
        }
        if (declared.putIfAbsent(name.word(), name.place()) != null) {
            throw VnnLibException.at(name.place(), name.shown() + " is declared a second time; must be once");
        }
    }

    private static void requireParts(Term term, int count, String right) {
        if (term.parts().size() != count) {
            throw VnnLibException.at(term.place(), "the list has " + term.parts().size() + " parts; must be " + right);
        }
    }

    /** A variable by itself, whether declared or not. */
    private LinearForm variable(Term term) {
        Matcher matcher = VARIABLE.matcher(term.isList() ? "" : term.word());
        if (!matcher.matches()) {
            throw VnnLibException.at(term.place(), term.shown() + " is unknown; must be a number, X_i or Y_i");
        }
        int index = Integer.parseInt(matcher.group(2));
        boolean input = "X".equals(matcher.group(1));
        int size = input ? inputs : outputs;
        if (index >= size) {
            throw VnnLibException.at(term.place(), term.shown() + " is beyond the network, which has " + size
                    + (input ? " inputs" : " outputs") + "; must be " + matcher.group(1) + "_0 to " + matcher.group(1)
                    + "_" + (size - 1));
        }
        return input ? LinearForm.input(index) : LinearForm.output(index);
    }

    private Formula formula(Term term) {
        return switch (term.head()) {
            case "and" -> new Formula.All(parts(term));
            case "or" -> new Formula.Any(parts(term), term.place());
            case "<=" -> inequality(term, 1, 2);
            case ">=" -> inequality(term, 2, 1);
            default -> throw VnnLibException.at(term.place(), (term.isList() ? "the operator "
                    + VnnLibException.shown(term.head()) : term.shown())
                    + " is no condition; must be a list that begins with <=, >=, and, or");
        };
    }

    private List<Formula> parts(Term term) {
        if (term.parts().size() < 2) {
            throw VnnLibException.at(term.place(), VnnLibException.shown(term.head())
                    + " has nothing to join; must have a condition");
        }
        return term.parts().stream().skip(1).map(this::formula).toList();
    }

    private Formula inequality(Term term, int small, int large) {
        requireParts(term, 3, "(" + term.head() + " LEFT RIGHT)");
        LinearForm form = form(term.parts().get(small)).minus(form(term.parts().get(large)));
        if (!form.isFinite()) {
            throw VnnLibException.at(term.place(), "the inequality's numbers overflow; must be finite");
        }
        return new Formula.AtMost(form, term.place());
    }

    private LinearForm form(Term term) {
        if (!term.isList()) {
            return NUMBER.matcher(term.word()).matches() ? number(term) : declared(term);
        }
        List<LinearForm> parts = term.parts().stream().skip(1).map(this::form).toList();
        if (parts.isEmpty()) {
            throw VnnLibException.at(term.place(), "the list has no operands; must be a number, a variable, or a list"
                    + " that begins with +, -, *");
        }
        LinearForm first = parts.get(0);
        List<LinearForm> others = parts.subList(1, parts.size());
        return switch (term.head()) {
            case "+" -> others.stream().reduce(first, LinearForm::plus);
            case "-" -> others.isEmpty() ? first.times(-1) : others.stream().reduce(first, LinearForm::minus);
            case "*" -> others.stream().reduce(first, (a, b) -> product(term, a, b));
            default -> throw VnnLibException.at(term.place(), "the operator " + VnnLibException.shown(term.head())
                    + " is unknown; must be +, -, *");
        };
    }

    private static LinearForm product(Term term, LinearForm a, LinearForm b) {
        if (!a.isConstant() && !b.isConstant()) {
            throw VnnLibException.at(term.place(), "variables are multiplied; must be linear");
        }
        return a.isConstant() ? b.times(a.constant()) : a.times(b.constant());
    }

    private static LinearForm number(Term term) {
        double value = Double.parseDouble(term.word());
        if (Double.isInfinite(value)) {
            throw VnnLibException.at(term.place(), term.shown() + " is too large; must be finite in float64");
        }
        return LinearForm.constant(value);
    }

    private LinearForm declared(Term term) {
        LinearForm form = variable(term);
        if (!declared.containsKey(term.word())) {
            throw VnnLibException.at(term.place(), term.shown() + " is used before it is declared; must be declared"
                    + " by (declare-const " + term.word() + " Real)");
        }
        return form;
    }
}
