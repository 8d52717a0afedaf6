package org.reluctor.engine.lowering;

/** A network that is well-formed but asks for something the engine does not compute; the message names the node. */
public final class LoweringException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LoweringException(String message) {
        super(message);
    }
}
