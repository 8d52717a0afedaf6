package org.reluctor.opencl.operation;

import java.util.ArrayList;
import java.util.List;

/** What all operations share: a kernel file that ends in an {@link Expression}, and parameters before its own. */
abstract class TailOperation implements Operation {
    private final String file;
    private final Expression expression;
    private final List<String> leading;

    /**
     * @param file    of the kernel
     * @param leading parameters before those of the expression
     */
    TailOperation(String file, Expression expression, List<String> leading) {
        if (expression.outputs() == 0) {
            throw new IllegalArgumentException("the expression of " + file + " stores nothing");
        }
        this.file = file;
        this.expression = expression;
        this.leading = leading;
    }

    String file() {
        return file;
    }

    /** Terms computed for each feature behind the first. */
    int tailTerms() {
        return expression.terms() - 1;
    }

    /** Macros of the operation's own that its kernel file needs. */
    String macros() {
        return "";
    }

    @Override
    public String text() {
        return macros() + expression.text() + KernelText.part("access") + KernelText.part(file);
    }

    @Override
    public List<String> parameters() {
        List<String> parameters = new ArrayList<>(leading);
        parameters.addAll(expression.names());
        return parameters;
    }

    @Override
    public List<String> floatParameters() {
        return expression.floatNames();
    }

    @Override
    public int framesPerItem() {
        return 1;
    }

    @Override
    public int rowsOfItems() {
        return 1;
    }

    @Override
    public boolean isCoarse() {
        return false;
    }

    @Override
    public long weightBytes() {
        return 0;
    }
}
