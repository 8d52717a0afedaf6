package org.reluctor.opencl.sequence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;

/** Names for the functions of a sequence: operations of equal text share one. */
final class FunctionNames {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    FunctionNames(List<Call> calls) {
        for (Call call : calls) {
            String name = names.computeIfAbsent(call.operation().text(), text -> "f" + names.size());
            operations.putIfAbsent(name, call.operation());
        }
    }

    String of(Call call) {
        return names.get(call.operation().text());
    }

    /** The call as OpenCL C, for an item and frames that are given as expressions. */
    String invocation(Call call, String item, String row, String first, String frames) {
        StringBuilder text = new StringBuilder(of(call)).append('(').append(String.join(", ", item, row, first, frames))
                .append(", c, a");
        call.arguments().forEach(argument -> text.append(", ").append(Literals.of(argument)));
        return text.append(");\n").toString();
    }

    /** One operation of each function, by its name. */
    Map<String, Operation> functions() {
        return operations;
    }

    /** The functions' text. */
    String text() {
        StringBuilder text = new StringBuilder();
        operations.forEach((name, operation) -> text.append(KernelText.function(name, operation)));
        return text.toString();
    }
}
