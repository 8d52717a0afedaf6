package org.reluctor.app.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.reluctor.stream.codec.QuotedText;

/**
 * Who is answered. Figures are not for scripts of pages that happen to be open in a browser on this machine: requests
 * from other sites, and those that reached a loopback address under a foreign name, are refused. Where a token is set,
 * it must come as {@code Authorization: Bearer TOKEN} (RFC 6750).
 */
final class Visitors {
    private static final String SCHEME = "Bearer ";

    private final Set<String> names;
    private final Optional<Supplier<char[]>> token;

    /** Why somebody is refused, in one sentence. */
    record Refusal(HttpFault fault, String detail) {
    }

    /**
     * Rules for a server.
     *
     * @param names what its host may be called, in lower case; empty where anything will do
     * @param token asked at every request, so that a changed one needs no restart
     */
    Visitors(Set<String> names, Optional<Supplier<char[]>> token) {
        this.names = names;
        this.token = token;
    }

    /** What a request is refused with, if so. */
    Optional<Refusal> refusal(HttpRequest request) {
        return hostRefusal(request).or(() -> siteRefusal(request)).or(() -> tokenRefusal(request));
    }

    /** The same for a file that tells nothing of this gateway: whoever follows a link to it may see it. */
    Optional<Refusal> refusalOfFile(HttpRequest request) {
        boolean link = request.header("sec-fetch-mode").orElse("").equals("navigate");
        return hostRefusal(request).or(() -> link ? Optional.empty() : siteRefusal(request));
    }

    private Optional<Refusal> hostRefusal(HttpRequest request) {
        String host = request.header("host").orElse("");
        if (!names.isEmpty() && !names.contains(host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT))) {
            return refusal(HttpFault.HOST, "the host asked for is " + QuotedText.of(host) + "; this is the gateway's "
                    + "own address, such as localhost");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> siteRefusal(HttpRequest request) {
        // A browser tells the origin of scripts, too, that a page loads from its own site.
        String host = request.header("host").orElse("");
        Optional<String> origin = request.header("origin")
                .filter(from -> !from.equals("http://" + host) && !from.equals("https://" + host));
        Optional<String> site = request.header("sec-fetch-site");
        if (origin.isPresent() || site.isPresent() && !Set.of("none", "same-origin").contains(site.get())) {
            return refusal(HttpFault.CROSS_SITE, "sent by a page of " + origin.map(QuotedText::of).orElse("others")
                    + "; requests of other sites are not answered");
        }
        return Optional.empty();
    }

    private Optional<Refusal> tokenRefusal(HttpRequest request) {
        if (token.isEmpty() || hasToken(request)) {
            return Optional.empty();
        }
        // Neither what was sent nor what is right belongs into an answer or a log.
        boolean given = request.header("authorization").isPresent();
        return refusal(given ? HttpFault.WRONG_TOKEN : HttpFault.NO_TOKEN, (given ? "a wrong token" : "no token")
                + "; Authorization: Bearer TOKEN is right, with the first line of http.tokenFile");
    }

    private static Optional<Refusal> refusal(HttpFault fault, String detail) {
        return Optional.of(new Refusal(fault, detail));
    }

    /** In a time that does not tell how much of the token is right. */
    private boolean hasToken(HttpRequest request) {
        String given = request.header("authorization").orElse("");
        if (!given.startsWith(SCHEME)) {
            return false;
        }
        char[] wanted = token.get().get();
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(wanted));
        Arrays.fill(wanted, '\0');
        return MessageDigest.isEqual(Arrays.copyOf(bytes.array(), bytes.limit()),
                given.substring(SCHEME.length()).getBytes(StandardCharsets.ISO_8859_1));
    }
}
