package org.reluctor.app.http;

import java.util.Locale;

/** Why a request or a connection was refused. The word never changes: it is a label of a metric. */
public enum HttpFault {
    /** Not HTTP/1, or against its form. */
    MALFORMED(400, "Bad Request"),
    /** No token where one is demanded. */
    NO_TOKEN(401, "Unauthorized"),
    /** Another token than the one demanded. */
    WRONG_TOKEN(401, "Unauthorized"),
    /** Sent by a page of another site. */
    CROSS_SITE(403, "Forbidden"),
    /** A path that is none of those served. */
    PATH(404, "Not Found"),
    /** A method other than GET and HEAD. */
    METHOD(405, "Method Not Allowed"),
    /** A request not complete, or an answer not taken, in time. */
    SLOW(408, "Request Timeout"),
    /** A request line over its limit. */
    LONG_PATH(414, "URI Too Long"),
    /** A name of this host that it is not served under. */
    HOST(421, "Misdirected Request"),
    /** Headers over their limit. */
    LARGE_HEADER(431, "Request Header Fields Too Large"),
    /** Nobody's fault outside: the answer could not be made. */
    FAILED(500, "Internal Server Error"),
    /** More connections than are held at once: the one that waits longest for its request goes. */
    CROWD(503, "Service Unavailable");

    private final int status;
    private final String phrase;

    HttpFault(int status, String phrase) {
        this.status = status;
        this.phrase = phrase;
    }

    /** The kind as one kebab-case word: {@code cross-site}. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int status() {
        return status;
    }

    /** RFC 9110's words for a status; empty for one that is not used here. */
    static String phraseOf(int status) {
        for (HttpFault fault : values()) {
            if (fault.status == status) {
                return fault.phrase;
            }
        }
        return status == 200 ? "OK" : "";
    }
}
