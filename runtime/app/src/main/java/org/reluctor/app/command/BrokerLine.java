package org.reluctor.app.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Secret;
import org.reluctor.app.configuration.TlsFiles;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.Topics;
import picocli.CommandLine.Option;

/** The options of commands that are an MQTT client of their own. */
public final class BrokerLine {
    @Option(names = {"-b", "--broker"}, defaultValue = "tcp://127.0.0.1:1883", paramLabel = "URI",
            description = "tcp://host:port or ssl://host:port. Default: ${DEFAULT-VALUE}")
    private String uri;

    @Option(names = "--username", paramLabel = "NAME", description = "User's name at the broker.")
    private String username;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File with the password as its first line.")
    private Path passwordFile;

    @Option(names = "--ca-file", paramLabel = "FILE",
            description = "Certificates of the authorities to trust, PEM. Default: the JDK's")
    private Path authorities;

    @Option(names = "--certificate-file", paramLabel = "FILE", description = "Our own certificate and chain, PEM.")
    private Path certificate;

    @Option(names = "--key-file", paramLabel = "FILE", description = "The certificate's private key, PKCS #8, PEM.")
    private Path key;

    @Option(names = "--root", defaultValue = "reluctor", paramLabel = "TOPIC",
            description = "First level or levels of the topics. Default: ${DEFAULT-VALUE}")
    private String root;

    @Option(names = "--connect-timeout", defaultValue = "10", paramLabel = "S",
            description = "Longest time for connecting, s. Default: ${DEFAULT-VALUE}")
    private int connectTimeoutSeconds;

    /** Made by picocli. */
    public BrokerLine() {
        // Filled by picocli.
    }

    /** The topics under {@code --root}. */
    public Topics topics() {
        return wrongUsage(() -> new Topics(root));
    }

    /** How long to wait for a connection. */
    public Duration connectTimeout() {
        return Duration.ofSeconds(PositiveNumber.require("--connect-timeout", connectTimeoutSeconds, 600));
    }

    /**
     * Options of a client whose id nobody else has, and whose session ends with it.
     *
     * @param role part of the client id
     * @throws Failure if an option is wrong, or the password cannot be read
     */
    public BrokerOptions options(String role) {
        requireNoSecret("--broker", uri, "--username and --password-file");
        checkSecret();
        TlsFiles tls = tls();
        String id = "reluctor-" + role + "-" + ProcessHandle.current().pid() + "-"
                + Long.toHexString(System.nanoTime() & 0xffffff);
        return wrongUsage(() -> {
            BrokerOptions.Builder builder = BrokerOptions.at(uri).clientId(id).sessionExpirySeconds(0)
                    .connectTimeout(connectTimeout());
            if (!tls.isEmpty()) {
                builder.tls(tls::socketFactory);
            }
            if (username != null) {
                builder.credentials(username, passwordFile == null ? null : () -> Secret.read(passwordFile));
            }
            return builder.build();
        });
    }

    /** The same for a gateway in this process, by path of the setting; {@link #options} checks them. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of("broker.uri", uri, "broker.connectTimeoutSeconds",
                Integer.toString(connectTimeoutSeconds)));
        put(settings, "broker.username", username);
        put(settings, "broker.passwordFile", passwordFile);
        put(settings, "broker.caFile", authorities);
        put(settings, "broker.certificateFile", certificate);
        put(settings, "broker.keyFile", key);
        return settings;
    }

    private static void put(Map<String, String> settings, String path, Object value) {
        if (value != null) {
            settings.put(path, value instanceof Path file ? file.toAbsolutePath().toString() : value.toString());
        }
    }

    /**
     * Refuses a user's name or password within an address, without showing it.
     *
     * @param instead where they belong
     */
    public static void requireNoSecret(String option, String address, String instead) {
        if (address.contains("@")) {
            throw new Failure(ExitStatus.USAGE, option + ": holds a user's name or a password (not shown here); use "
                    + instead);
        }
    }

    /** Before the broker is asked: a missing password is no fault of the connection. */
    private void checkSecret() {
        if (passwordFile != null && username == null) {
            throw new Failure(ExitStatus.USAGE, "--password-file: is given without --username; give both or none");
        }
        if (passwordFile != null) {
            Arrays.fill(Secret.read(passwordFile), '\0');
        }
    }

    /** Files that do not hold what they should are told before the broker is asked. */
    private TlsFiles tls() {
        if ((certificate == null) != (key == null)) {
            throw new Failure(ExitStatus.USAGE, (key == null ? "--certificate-file" : "--key-file")
                    + ": is given alone; give both --certificate-file and --key-file or none");
        }
        TlsFiles tls = new TlsFiles(Optional.ofNullable(authorities), Optional.ofNullable(certificate),
                Optional.ofNullable(key));
        if (!tls.isEmpty() && !uri.startsWith("ssl:")) {
            throw new Failure(ExitStatus.USAGE, "--broker: " + uri + " is not encrypted, but files for TLS are given;"
                    + " must be ssl://host:port");
        }
        if (!tls.isEmpty()) {
            tls.socketFactory();
        }
        return tls;
    }

    /** What a client that could not connect ends with. */
    public Failure failure(Optional<ConnectFailure> why) {
        if (why.isEmpty()) {
            return new Failure(ExitStatus.UNAVAILABLE, uri + ": the broker did not answer within "
                    + connectTimeoutSeconds + " s");
        }
        boolean credentials = why.get().kind() == ConnectFailure.Kind.BAD_CREDENTIALS
                || why.get().kind() == ConnectFailure.Kind.NOT_AUTHORIZED;
        return new Failure(credentials ? ExitStatus.CREDENTIALS : ExitStatus.UNAVAILABLE,
                wordsOf(why.get()));
    }

    /** What happened, for a client that has one broker and need not say which. */
    static String wordsOf(ConnectFailure why) {
        String side = why.side().word() + " ";
        return why.message().startsWith(side) ? why.message().substring(side.length()) : why.message();
    }

    private static <T> T wrongUsage(java.util.function.Supplier<T> build) {
        try {
            return build.get();
        } catch (IllegalArgumentException exception) {
            throw new Failure(ExitStatus.USAGE, exception.getMessage(), exception);
        }
    }
}
