package org.reluctor.stream.mqtt;

/** MQTT 5 reason codes as the stream has to tell them apart (MQTT 5.0, section 2.4). */
public final class ReasonCode {
    public static final int SUCCESS = 0x00;
    /** Of a DISCONNECT. */
    public static final int DISCONNECT_WITH_WILL = 0x04;
    public static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    public static final int UNSPECIFIED_ERROR = 0x80;
    public static final int IMPLEMENTATION_SPECIFIC = 0x83;
    public static final int BAD_USER_OR_PASSWORD = 0x86;
    public static final int NOT_AUTHORIZED = 0x87;
    public static final int BANNED = 0x8A;
    public static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    public static final int SESSION_TAKEN_OVER = 0x8E;
    public static final int TOPIC_NAME_INVALID = 0x90;
    public static final int PACKET_TOO_LARGE = 0x95;
    public static final int QUOTA_EXCEEDED = 0x97;
    public static final int PAYLOAD_FORMAT_INVALID = 0x99;

    private ReasonCode() {
    }

    /** True where the broker did not do what it was asked to. */
    public static boolean isRefusal(int code) {
        return code >= UNSPECIFIED_ERROR;
    }

    /** True for a refused PUBLISH that may go through later without anyone's doing. */
    public static boolean isPassing(int code) {
        return code == UNSPECIFIED_ERROR || code == IMPLEMENTATION_SPECIFIC || code == QUOTA_EXCEEDED;
    }

    /** The code as text for operators: {@code 0x87 not authorized}. */
    public static String describe(int code) {
        return String.format("0x%02x %s", code, word(code));
    }

    private static String word(int code) {
        return switch (code) {
            case SUCCESS -> "success";
            case NO_MATCHING_SUBSCRIBERS -> "no matching subscribers";
            case UNSPECIFIED_ERROR -> "unspecified error";
            case 0x81 -> "malformed packet";
            case 0x82 -> "protocol error";
            case IMPLEMENTATION_SPECIFIC -> "implementation specific error";
            case 0x84 -> "unsupported protocol version";
            case 0x85 -> "client identifier not valid";
            case BAD_USER_OR_PASSWORD -> "bad user name or password";
            case NOT_AUTHORIZED -> "not authorized";
            case 0x88 -> "server unavailable";
            case 0x89 -> "server busy";
            case BANNED -> "banned";
            case 0x8B -> "server shutting down";
            case BAD_AUTHENTICATION_METHOD -> "bad authentication method";
            case 0x8D -> "keep alive timeout";
            case SESSION_TAKEN_OVER -> "session taken over by another client of the same id";
            case 0x8F -> "topic filter invalid";
            case TOPIC_NAME_INVALID -> "topic name invalid";
            case 0x93 -> "receive maximum exceeded";
            case 0x94 -> "topic alias invalid";
            case PACKET_TOO_LARGE -> "packet too large";
            case 0x96 -> "message rate too high";
            case QUOTA_EXCEEDED -> "quota exceeded";
            case 0x98 -> "administrative action";
            case PAYLOAD_FORMAT_INVALID -> "payload format invalid";
            case 0x9A -> "retain not supported";
            case 0x9B -> "QoS not supported";
            case 0x9C -> "use another server";
            case 0x9D -> "server moved";
            case 0x9E -> "shared subscriptions not supported";
            case 0x9F -> "connection rate exceeded";
            case 0xA2 -> "wildcard subscriptions not supported";
            default -> "reason unknown";
        };
    }
}
