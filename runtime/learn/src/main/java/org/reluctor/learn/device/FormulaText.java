package org.reluctor.learn.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.learn.gradient.Formula;

/** A formula as OpenCL C statements; parts that occur twice are computed once. */
final class FormulaText {
    private final StringBuilder text = new StringBuilder();
    private final Map<Formula, String> known = new HashMap<>();

    private FormulaText() {
    }

    /** Statements that compute {@code result} of x0, x1, …, all of type V. */
    static String of(Formula formula) {
        FormulaText statements = new FormulaText();
        String result = statements.name(formula);
        return statements.text.append("  const V result = ").append(result).append(";\n").toString();
    }

    private String name(Formula formula) {
        if (formula instanceof Formula.Call call) {
            String before = known.get(formula);
            return before != null ? before : declare(call);
        }
        return formula.text();
    }

    private String declare(Formula.Call call) {
        List<String> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(name(argument)));
        String name = "t" + known.size();
        text.append("  const V ").append(name).append(" = ").append(call.text(arguments)).append(";\n");
        known.put(call, name);
        return name;
    }
}
