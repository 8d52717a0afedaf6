package org.reluctor.app.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a request is answered with.
 *
 * @param status  of HTTP
 * @param headers beside those that every answer has
 * @param body    may be empty
 * @param events  what follows the body until it ends or the client leaves; null for nothing
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body, Events events) {
    private static final byte[] NOTHING = {};

    public HttpAnswer {
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /** An endless body, part by part; called on the listener's thread, so nothing here waits. */
    public interface Events extends AutoCloseable {
        /** The next part, or null where there is none now. */
        byte[] poll();

        /** Whether nothing comes any more. */
        boolean isEnded();

        @Override
        void close();
    }

    /** An answer of one type with all of its body. */
    public static HttpAnswer of(int status, String contentType, byte[] body) {
        return new HttpAnswer(status, Map.of("Content-Type", contentType), body, null);
    }

    /** A line of plain text. */
    public static HttpAnswer text(int status, String line) {
        return of(status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Server-sent events. */
    public static HttpAnswer stream(Events events) {
        return new HttpAnswer(200, Map.of("Content-Type", "text/event-stream"), NOTHING, events);
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Body {
        /** Writes all of it and leaves the stream open. */
        void write(OutputStream stream) throws IOException;
    }

    /** Collects what a writer gives into an answer of status 200. */
    public static HttpAnswer collect(String contentType, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 << 10);
        body.write(bytes);
        return of(200, contentType, bytes.toByteArray());
    }

    /** The same with a header more. */
    public HttpAnswer with(String name, String value) {
        return with(Map.of(name, value));
    }

    /** The same with further headers. */
    public HttpAnswer with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new HttpAnswer(status, all, body, events);
    }

    /** As it goes over the wire; every answer is the last of its connection. */
    byte[] bytes(boolean headOnly) {
        StringBuilder head = new StringBuilder(256).append("HTTP/1.1 ").append(status).append(' ')
                .append(HttpFault.phraseOf(status)).append("\r\nConnection: close\r\nCache-Control: no-store\r\nDate: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))).append("\r\n");
        if (events == null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(start, start.length + (headOnly ? 0 : body.length));
        System.arraycopy(body, 0, all, start.length, all.length - start.length);
        return all;
    }
}
