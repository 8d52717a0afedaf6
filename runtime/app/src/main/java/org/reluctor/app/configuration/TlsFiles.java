package org.reluctor.app.configuration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.file.IoReason;

/**
 * Whom to trust and who we are on an encrypted connection, as PEM files (RFC 7468). {@link #socketFactory} reads them
 * anew, so that renewed certificates are used from the next connect on.
 *
 * @param authorities certificates of the authorities that broker's certificates are to come from; empty: the JDK's
 * @param certificate our own, with its chain behind it; given with the key or not at all
 * @param key         private key of the certificate, PKCS #8, not encrypted
 */
public record TlsFiles(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
    /** The JDK's authorities, and no certificate. */
    public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)"
            + "-----END PRIVATE KEY-----");
    private static final Map<String, String> SIGNATURES = Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA",
            "EdDSA", "EdDSA");
    /** A chain of certificates is a few thousand bytes; all authorities of an operating system are some 200,000. */
    private static final long MOST_BYTES = 4L << 20;
    private static final char[] NO_PASSWORD = new char[0];

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return authorities.isEmpty() && certificate.isEmpty() && key.isEmpty();
    }

    /**
     * Sockets of TLS 1.2 or later, by the files as they are now.
     *
     * @throws Failure if a file does not hold what it should
     */
    public SSLSocketFactory socketFactory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException exception) {
            throw new Failure(ExitStatus.CREDENTIALS, "TLS cannot be set up: " + exception.getMessage(), exception);
        }
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        if (authorities.isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate one : certificates(authorities.get())) {
            store.setCertificateEntry("authority-" + number++, one);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private KeyManager[] keys() throws GeneralSecurityException, IOException {
        if (certificate.isEmpty() || key.isEmpty()) {
            return null;
        }
        List<Certificate> chain = certificates(certificate.get());
        PrivateKey secret = privateKey(key.get());
        if (!belong(secret, chain.get(0).getPublicKey())) {
            throw new Failure(ExitStatus.CREDENTIALS, key.get() + " is not the key of the first certificate in "
                    + certificate.get() + "; must be, with the certificates of its authorities behind it");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("own", secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** Whether one signs what the other verifies. */
    private static boolean belong(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
        String algorithm = secret.getAlgorithm();
        if (!algorithm.equals(open.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(SIGNATURES.get(algorithm));
        signature.initSign(secret);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        return signature.verify(signed);
    }

    private static List<Certificate> certificates(Path file) {
        String text = text(file);
        try {
            List<Certificate> found = new ArrayList<>(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException exception) {
            throw new Failure(ExitStatus.CREDENTIALS, file + " holds no certificate that can be read; must be PEM,"
                    + " -----BEGIN CERTIFICATE-----", exception);
        }
        throw new Failure(ExitStatus.CREDENTIALS, file + " holds no certificate; must be PEM, -----BEGIN CERTIFICATE"
                + "-----");
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
        Matcher found = KEY.matcher(text(file));
        if (!found.find()) {
            throw new Failure(ExitStatus.CREDENTIALS, file + " holds no private key; must be PEM, -----BEGIN PRIVATE"
                    + " KEY-----; openssl pkcs8 -topk8 -nocrypt makes it of other forms");
        }
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decoded(found.group(1), file));
        for (String algorithm : SIGNATURES.keySet()) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException exception) {
                continue;
            }
        }
        throw new Failure(ExitStatus.CREDENTIALS, file + " holds a key of none of " + SIGNATURES.keySet());
    }

    private static byte[] decoded(String base64, Path file) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException exception) {
            throw new Failure(ExitStatus.CREDENTIALS, file + " holds a private key that is no Base64; must be as it was"
                    + " written", exception);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new Failure(ExitStatus.CREDENTIALS, file + " has " + Files.size(file) + " bytes; must have at"
                        + " most " + MOST_BYTES);
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException exception) {
            throw new Failure(ExitStatus.CREDENTIALS, file + ": " + IoReason.of(exception), exception);
        }
    }
}
