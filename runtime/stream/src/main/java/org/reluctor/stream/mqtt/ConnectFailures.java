package org.reluctor.stream.mqtt;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.ConnectFailure.Kind;
import org.reluctor.stream.Side;

/** Turns what the client library reports into a failure that an operator can act on. */
final class ConnectFailures {
    private static final int REASON_CODES_END = 0x100;

    private final Side side;
    private final BrokerOptions broker;

    ConnectFailures(Side side, BrokerOptions broker) {
        this.side = side;
        this.broker = broker;
    }

    /** The broker answered CONNECT with a refusal, or could not be spoken to. */
    ConnectFailure connecting(Throwable cause) {
        int code = codeOf(cause);
        if (ReasonCode.isRefusal(code)) {
            return refused(kindOfConnect(code), code, "refused the connection");
        }
        return broken(cause);
    }

    /** The broker answered SUBSCRIBE with a refusal, or with less than was asked for. */
    ConnectFailure subscribing(int code, String filter) {
        if (code == ReasonCode.SUCCESS) {
            // Frames would come once at most: whatever failed meanwhile would be lost without a word.
            return failure(Kind.REFUSED, code, "grants the subscription to " + filter + " QoS 0 only; QoS 1 is needed");
        }
        Kind kind = code == ReasonCode.NOT_AUTHORIZED ? Kind.NOT_AUTHORIZED : Kind.REFUSED;
        return refused(kind, code, "refused the subscription to " + filter);
    }

    /** The broker sent DISCONNECT. */
    ConnectFailure disconnected(int code, String reason) {
        Kind kind = code == ReasonCode.SESSION_TAKEN_OVER ? Kind.TAKEN_OVER : Kind.REFUSED;
        String said = reason == null || reason.isEmpty() ? "" : " (" + reason + ")";
        ConnectFailure failure = refused(kind, code, "ended the connection" + said);
        return kind != Kind.TAKEN_OVER ? failure : failure(kind, code, "another program connected with client id \""
                + broker.clientId() + "\" and took the session; every gateway needs an instance of its own;"
                + " only members of a partition share the frames' client id");
    }

    /** TCP or TLS failed, or the link broke. */
    ConnectFailure broken(Throwable cause) {
        Throwable root = cause;
        while (root instanceof MqttException && root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        Kind kind = root instanceof SSLException ? Kind.TLS : Kind.UNREACHABLE;
        return failure(kind, -1, wordsFor(root));
    }

    ConnectFailure failure(Kind kind, int code, String what) {
        String message = side.word() + " broker " + broker.uri() + ": " + what;
        return new ConnectFailure(side, broker.uri(), kind, code, message);
    }

    private ConnectFailure refused(Kind kind, int code, String what) {
        String user = kind == Kind.BAD_CREDENTIALS ? "; check user name" + userName() + " and password" : "";
        return failure(kind, code, what + ": " + ReasonCode.describe(code) + user);
    }

    private String userName() {
        return broker.username() == null ? "" : " \"" + broker.username() + "\"";
    }

    private String wordsFor(Throwable root) {
        if (root instanceof ConnectException) {
            return "nothing answers; is the broker running and the address right? (" + root.getMessage() + ")";
        }
        if (root instanceof UnknownHostException) {
            return "host name \"" + broker.uri().getHost() + "\" is unknown";
        }
        if (root instanceof SocketTimeoutException) {
            return "no answer within " + broker.connectTimeout().toMillis() + " ms";
        }
        if (root instanceof EOFException) {
            return "the broker closed the connection";
        }
        if (root instanceof SSLException) {
            return "TLS failed: " + wordsOfTls(root) + "; right is TLS 1.2 or later, and a certificate for "
                    + broker.uri().getHost() + " that is valid now, from a trusted authority";
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return "connection failed: " + message;
    }

    private static String wordsOfTls(Throwable root) {
        for (Throwable cause = root; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the broker's certificate, or its authority's, is over (" + cause.getMessage() + ")";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the broker's certificate, or its authority's, is not valid yet (" + cause.getMessage()
                        + "); is the clock of this machine right?";
            }
            if (cause instanceof CertPathBuilderException) {
                return "the broker's certificate is of no authority that is trusted here";
            }
        }
        return root.getMessage() + reasonOf(root);
    }

    /** What lies deepest, such as since when a certificate is over; empty where the message says it already. */
    private static String reasonOf(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String reason = String.valueOf(deepest.getMessage());
        return String.valueOf(failure.getMessage()).contains(reason) ? "" : " (" + reason + ")";
    }

    private static int codeOf(Throwable cause) {
        int code = cause instanceof MqttException mqtt ? mqtt.getReasonCode() : -1;
        return code < REASON_CODES_END ? code : -1;
    }

    private static Kind kindOfConnect(int code) {
        return switch (code) {
            // Brokers of the field answer a wrong password with either of these.
            case ReasonCode.BAD_USER_OR_PASSWORD, ReasonCode.NOT_AUTHORIZED, ReasonCode.BAD_AUTHENTICATION_METHOD ->
                Kind.BAD_CREDENTIALS;
            case ReasonCode.BANNED -> Kind.NOT_AUTHORIZED;
            default -> Kind.REFUSED;
        };
    }
}
