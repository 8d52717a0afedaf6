package org.reluctor.app.http;

import java.util.Map;
import java.util.Optional;

/**
 * The head of a request; a body is never read.
 *
 * @param from    address of who sent it
 * @param method  as sent
 * @param path    as sent, without a query, nothing decoded: what is served has names without escapes
 * @param query   what stands behind the path and a question mark, as sent; empty where there is none
 * @param headers by name in lower case; of several of one name the first
 */
public record HttpRequest(String from, String method, String path, String query, Map<String, String> headers) {
    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    /** A header by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether only the head of the answer is wanted. */
    public boolean isHead() {
        return method.equals("HEAD");
    }
}
