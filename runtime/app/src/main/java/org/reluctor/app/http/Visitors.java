package org.reluctor.app.http;

import com.sun.net.httpserver.Headers;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who is answered. Figures are not for scripts of pages that happen to be open in a browser on this machine: requests
 * from other sites, and those that reached a loopback address under a foreign name, are refused. Where a token is set,
 * it must come as {@code Authorization: Bearer TOKEN} (RFC 6750).
 */
final class Visitors {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String SCHEME = "Bearer ";

    private final boolean loopback;
    private final Optional<Supplier<char[]>> token;

    /**
     * Rules for a server.
     *
     * @param loopback whether it listens on this machine only
     * @param token    asked at every request, so that a changed one needs no restart
     */
    Visitors(boolean loopback, Optional<Supplier<char[]>> token) {
        this.loopback = loopback;
        this.token = token;
    }

    /** What a request is refused with, if so. */
    Optional<StatusServer.Answer> refusal(Headers request) {
        if (loopback && !LOOPBACK_NAMES.contains(hostOf(request))) {
            return Optional.of(StatusServer.Answer.text(421, "this is the gateway's own address, not that of the host"
                    + " asked for"));
        }
        String site = request.getFirst("Sec-Fetch-Site");
        if (request.getFirst("Origin") != null || site != null && !site.equals("none") && !site.equals("same-origin")) {
            return Optional.of(StatusServer.Answer.text(403, "requests of other sites are not answered"));
        }
        return token.isEmpty() || hasToken(request) ? Optional.empty()
                : Optional.of(StatusServer.Answer.text(401, "a token is asked for: Authorization: Bearer TOKEN"));
    }

    /** The name that was asked for, without the port. */
    private static String hostOf(Headers request) {
        String host = request.getFirst("Host");
        return host == null ? "" : host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    }

    /** In a time that does not tell how much of the token is right. */
    private boolean hasToken(Headers request) {
        String given = request.getFirst("Authorization");
        if (given == null || !given.startsWith(SCHEME)) {
            return false;
        }
        char[] wanted = token.get().get();
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(wanted));
        Arrays.fill(wanted, '\0');
        return MessageDigest.isEqual(Arrays.copyOf(bytes.array(), bytes.limit()),
                given.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
    }
}
