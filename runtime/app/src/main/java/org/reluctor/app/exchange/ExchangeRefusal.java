package org.reluctor.app.exchange;

import org.reluctor.app.trust.UntrustedNetworkException;

/** A network is not taken; what computed before goes on. The message is for the operator. */
public final class ExchangeRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    ExchangeRefusal(ExchangeFault fault, String message) {
        super(message);
        this.reason = fault.reason();
    }

    ExchangeRefusal(UntrustedNetworkException cause) {
        super(cause.getMessage(), cause);
        this.reason = cause.why().reason();
    }

    /** One word, of {@link ExchangeFault#reasons()}. */
    public String reason() {
        return reason;
    }
}
