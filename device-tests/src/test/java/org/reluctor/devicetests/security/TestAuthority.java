package org.reluctor.devicetests.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of the test's own, whose certificates the JDK's keytool makes. */
final class TestAuthority {
    private static final String PASSWORD = "changeit";

    /** A certificate and its private key, as PEM files. */
    record Identity(Path certificate, Path key) {
    }

    private final Path folder;
    private final String name;

    TestAuthority(Path folder, String name) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.name = name;
        keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "bc:c=ca:true",
                "-validity", "30");
        keytool("-exportcert", "-rfc", "-alias", name, "-file", certificate().toString());
    }

    /** The authority's own certificate, PEM. */
    Path certificate() {
        return folder.resolve(name + ".pem");
    }

    /** A certificate for localhost that is valid now. */
    Identity issue(String subject) throws IOException, InterruptedException, GeneralSecurityException {
        return issue(subject, "dns:localhost,ip:127.0.0.1", "-1d", 3);
    }

    /**
     * A certificate.
     *
     * @param names of hosts, as keytool writes subject alternative names
     * @param from  begin of validity, relative to now, as keytool writes it
     * @param days  of validity
     */
    Identity issue(String subject, String names, String from, int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        keytool("-genkeypair", "-alias", subject, "-keyalg", "EC", "-dname", "CN=" + subject);
        keytool("-certreq", "-alias", subject, "-file", request(subject).toString());
        Path key = folder.resolve(subject + ".key");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(privateKey(subject)) + "\n-----END PRIVATE KEY-----\n", StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return certify(new Identity(folder.resolve(subject + ".pem"), key), subject, subject, names, from, days);
    }

    /** A further certificate for the key of an identity that was issued before: quicker than one with its own. */
    Identity issueLike(String issued, String subject, String names, String from, int days)
            throws IOException, InterruptedException {
        return certify(new Identity(folder.resolve(subject + ".pem"), folder.resolve(issued + ".key")), issued, subject,
                names, from, days);
    }

    private Identity certify(Identity identity, String issued, String subject, String names, String from, int days)
            throws IOException, InterruptedException {
        keytool("-gencert", "-rfc", "-alias", name, "-infile", request(issued).toString(), "-outfile",
                identity.certificate().toString(), "-dname", "CN=" + subject, "-ext", "san=" + names, "-startdate",
                from, "-validity", Integer.toString(days));
        return identity;
    }

    private Path request(String subject) {
        return folder.resolve(subject + ".csr");
    }

    private byte[] privateKey(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
    }

    private Path store() {
        return folder.resolve(name + ".p12");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                .toString(), "-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD,
                "-J-XX:TieredStopAtLevel=1"));
        command.addAll(1, List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
    }
}
