package org.reluctor.opencl.sequence;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;

/** Names for the functions of a sequence: operations of equal text share one. */
final class FunctionNames {
    private final Map<Call, String> ofCalls = new IdentityHashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    FunctionNames(List<Call> calls) {
        Map<String, String> names = new HashMap<>();
        for (Call call : calls) {
            String name = names.computeIfAbsent(call.operation().text(), text -> "f" + names.size());
            ofCalls.put(call, name);
            operations.putIfAbsent(name, call.operation());
        }
    }

    String of(Call call) {
        return ofCalls.get(call);
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
