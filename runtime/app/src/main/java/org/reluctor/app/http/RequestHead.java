package org.reluctor.app.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.reluctor.stream.codec.QuotedText;

/**
 * Collects and reads the head of one request, of bounded size, as its bytes come (RFC 9112). Lines may end in LF alone;
 * everything else that the form does not allow is refused. Confined to one thread.
 */
final class RequestHead {
    /** Request line and headers together. */
    static final int MOST_BYTES = 8192;
    /** The request line. */
    static final int MOST_LINE_BYTES = 2048;
    private static final int MOST_HEADERS = 64;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private final String from;
    private final byte[] bytes = new byte[MOST_BYTES];
    private int length;
    private HttpFault fault;
    private String detail;
    private HttpRequest request;

    RequestHead(String from) {
        this.from = from;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Tells that so many bytes were added to {@link #bytes}; true where a request or a fault is there. */
    boolean added(int count) {
        int scanFrom = Math.max(0, length - 3);
        length += count;
        int end = endOfHead(scanFrom);
        if (end >= 0) {
            read(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
        } else if (length > MOST_LINE_BYTES && indexOfLineEnd() < 0) {
            refuse(HttpFault.LONG_PATH, "a request line over " + MOST_LINE_BYTES + " bytes");
        } else if (length == MOST_BYTES) {
            refuse(HttpFault.LARGE_HEADER, "request headers over " + MOST_BYTES + " bytes");
        }
        return request != null || fault != null;
    }

    /** The request, or null where there is none or it is refused. */
    HttpRequest request() {
        return request;
    }

    HttpFault fault() {
        return fault;
    }

    /** One sentence on the fault. */
    String detail() {
        return detail;
    }

    /** Index behind the empty line; -1 where it has not come. */
    private int endOfHead(int from) {
        for (int i = from; i < length; i++) {
            boolean lineEnd = bytes[i] == '\n';
            if (lineEnd && i + 1 < length && bytes[i + 1] == '\n') {
                return i + 1;
            }
            if (lineEnd && i + 2 < length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private int indexOfLineEnd() {
        for (int i = 0; i < Math.min(length, MOST_LINE_BYTES); i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void read(String head) {
        // The last is empty: what stands behind the end of the last line.
        String[] lines = head.split("\r?\n", -1);
        lines = Arrays.copyOf(lines, lines.length - 1);
        String[] parts = lines[0].split(" ", -1);
        if (lines[0].length() > MOST_LINE_BYTES) {
            refuse(HttpFault.LONG_PATH, "a request line over " + MOST_LINE_BYTES + " bytes");
        } else if (parts.length != 3 || !parts[0].matches(TOKEN) || !parts[1].matches("/[!-~]*")
                || !parts[2].matches("HTTP/1\\.[01]")) {
            refuse(HttpFault.MALFORMED, "the request line is " + QuotedText.of(lines[0]) + "; must be such as GET "
                    + "/livez HTTP/1.1");
        } else if (lines.length - 1 > MOST_HEADERS) {
            refuse(HttpFault.LARGE_HEADER, (lines.length - 1) + " request headers; at most " + MOST_HEADERS
                    + " are right");
        } else {
            read(parts, lines);
        }
    }

    private void read(String[] parts, String[] lines) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = colon < 0 ? "" : lines[i].substring(0, colon);
            String value = lines[i].substring(colon + 1).strip();
            boolean isHost = name.equalsIgnoreCase("host");
            if (!name.matches(TOKEN) || value.chars().anyMatch(c -> c < ' ' && c != '\t')
                    || isHost && headers.containsKey("host")) {
                refuse(HttpFault.MALFORMED, "request header " + QuotedText.of(lines[i]) + "; must be name: value, and "
                        + "Host only once");
                return;
            }
            headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
        int query = parts[1].indexOf('?');
        request = new HttpRequest(from, parts[0], query < 0 ? parts[1] : parts[1].substring(0, query),
                query < 0 ? "" : parts[1].substring(query + 1), headers);
    }

    private void refuse(HttpFault why, String sentence) {
        fault = why;
        detail = sentence;
    }
}
