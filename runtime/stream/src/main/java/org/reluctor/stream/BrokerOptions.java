package org.reluctor.stream;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * How to reach and use one MQTT 5 broker. Immutable; {@link #at(String)} starts a builder.
 *
 * @param uri                  {@code tcp://host:port} or {@code ssl://host:port}
 * @param clientId             the session's name at the broker: stable over restarts for a session that must survive
 *                             them
 * @param username             null where the broker asks for none
 * @param password             asked at every connect, so that a changed secret is seen; null where there is none
 * @param keepAliveSeconds     silence of the broker is noticed within 1.5 times this; 5 to 3600
 * @param sessionExpirySeconds how long the broker keeps subscriptions and frames for an absent client
 * @param receiveMaximum       QoS 1 messages that may be under way unacknowledged, each direction; 1 to 1024
 * @param maximumPacketBytes   largest packet accepted from the broker
 * @param connectTimeout       for TCP, TLS and CONNACK together
 * @param tls                  asked at every connect, so that renewed certificates are seen; null for the JVM's own
 *                             trust
 * @param reconnectCap         longest pause between two attempts to connect
 */
public record BrokerOptions(URI uri, String clientId, String username, Supplier<char[]> password, int keepAliveSeconds,
        long sessionExpirySeconds, int receiveMaximum, int maximumPacketBytes, Duration connectTimeout,
        Supplier<SSLSocketFactory> tls, Duration reconnectCap) {

    public BrokerOptions {
        checkUri(uri);
        if (clientId == null || clientId.isEmpty() || clientId.length() > 128) {
            throw new IllegalArgumentException("broker client id: \"" + clientId + "\"; 1 to 128 characters are right");
        }
        checkRange("broker keep-alive", keepAliveSeconds, 5, 3600, "s");
        checkRange("broker session expiry", sessionExpirySeconds, 0, 0xFFFF_FFFFL, "s");
        checkRange("broker receive maximum", receiveMaximum, 1, 1024, "messages");
        checkRange("broker maximum packet", maximumPacketBytes, 256, 256 << 20, "bytes");
        checkRange("broker connect timeout", connectTimeout.toMillis(), 100, 600_000, "ms");
        checkRange("broker reconnect cap", reconnectCap.toMillis(), 100, 3_600_000, "ms");
    }

    /** Starts from the defaults for the broker at {@code uri}. */
    public static Builder at(String uri) {
        return new Builder(URI.create(uri));
    }

    /** True where the connection is encrypted. */
    public boolean encrypted() {
        return uri.getScheme().equals("ssl");
    }

    /** A builder that starts from these options. */
    public Builder change() {
        Builder copy = new Builder(uri).clientId(clientId).credentials(username, password).tls(tls);
        return copy.keepAliveSeconds(keepAliveSeconds).sessionExpirySeconds(sessionExpirySeconds)
                .receiveMaximum(receiveMaximum).maximumPacketBytes(maximumPacketBytes).connectTimeout(connectTimeout)
                .reconnectCap(reconnectCap);
    }

    private static void checkUri(URI uri) {
        Objects.requireNonNull(uri, "broker uri");
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("tcp") || scheme.equals("ssl");
        if (!known || uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65535
                || uri.getUserInfo() != null || !uri.getPath().isEmpty()) {
            throw new IllegalArgumentException("broker uri: \"" + uri
                    + "\"; tcp://host:port or ssl://host:port is right");
        }
    }

    private static void checkRange(String place, long value, long low, long high, String unit) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(place + ": " + value + " " + unit + "; " + low + " to " + high
                    + " is right");
        }
    }

    /** The secret is not part of the text. */
    @Override
    public String toString() {
        return uri + " as " + clientId;
    }

    /** Collects the options of one broker; not for several threads. */
    public static final class Builder {
        private final URI uri;
        private String clientId = "reluctor-" + Long.toHexString(System.nanoTime());
        private String username;
        private Supplier<char[]> password;
        private int keepAliveSeconds = 30;
        private long sessionExpirySeconds = 86_400;
        private int receiveMaximum = 64;
        private int maximumPacketBytes = 1 << 20;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Supplier<SSLSocketFactory> tls;
        private Duration reconnectCap = Duration.ofSeconds(60);

        private Builder(URI uri) {
            this.uri = uri;
        }

        public Builder clientId(String value) {
            this.clientId = value;
            return this;
        }

        /** @param secret asked at every connect; may be null with a null name */
        public Builder credentials(String name, Supplier<char[]> secret) {
            this.username = name;
            this.password = secret;
            return this;
        }

        public Builder keepAliveSeconds(int value) {
            this.keepAliveSeconds = value;
            return this;
        }

        public Builder sessionExpirySeconds(long value) {
            this.sessionExpirySeconds = value;
            return this;
        }

        public Builder receiveMaximum(int value) {
            this.receiveMaximum = value;
            return this;
        }

        public Builder maximumPacketBytes(int value) {
            this.maximumPacketBytes = value;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            this.connectTimeout = value;
            return this;
        }

        public Builder tls(Supplier<SSLSocketFactory> value) {
            this.tls = value;
            return this;
        }

        public Builder reconnectCap(Duration value) {
            this.reconnectCap = value;
            return this;
        }

        /** @throws IllegalArgumentException naming the option, its value and what would be right */
        public BrokerOptions build() {
            return new BrokerOptions(uri, clientId, username, password, keepAliveSeconds, sessionExpirySeconds,
                    receiveMaximum, maximumPacketBytes, connectTimeout, tls, reconnectCap);
        }
    }
}
