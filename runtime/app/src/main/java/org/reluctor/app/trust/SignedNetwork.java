package org.reluctor.app.trust;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.pace.Pace;

/**
 * A network whose manifest is signed by a trusted key. It holds the very bytes that were verified, and is parsed from
 * them, so that a file that changes meanwhile changes nothing. Immutable, but for its arrays, which nobody writes.
 *
 * @param file        where it was read
 * @param content     of the ONNX file
 * @param certificate its content, where the network has one
 * @param manifest    that was signed
 * @param key         id of the signing key, as minisign prints it
 * @param comment     trusted comment of the signature
 */
public record SignedNetwork(Path file, byte[] content, Optional<byte[]> certificate, NetworkManifest manifest,
        String key, String comment) {
    /**
     * Reads a network with its manifest, signature and certificate from one folder. Nothing is looked into before what
     * vouches for it was verified: the signature, then the manifest, then sizes and hashes of what it names.
     *
     * @throws UntrustedNetworkException if anything of it is absent, altered, or signed by none of the keys
     * @throws Failure                   if a file cannot be read
     */
    public static SignedNetwork read(Path file, MinisignKeys keys) {
        ModelFolder folder = new ModelFolder(file.toAbsolutePath().getParent());
        SignedNetwork vouched = vouched(file, folder, keys);
        NetworkManifest manifest = vouched.manifest;
        String place = file.resolveSibling(NetworkManifest.nameFor(manifest.network().file())).toString();
        byte[] content = part(folder, manifest.network(), Distrust.NETWORK, place);
        Optional<byte[]> certificate = manifest.certificate()
                .map(part -> certificate(folder, part, manifest.network().sha256(), place));
        return new SignedNetwork(file, content, certificate, manifest, vouched.key, vouched.comment);
    }

    /**
     * Whether a network lies there with all that a manifest names, as it says, and signed by one of the keys. Only a
     * piece of any file is in memory at a time.
     *
     * @throws Failure if a file cannot be read
     */
    static boolean isThere(Path file, NetworkManifest manifest, MinisignKeys keys) {
        ModelFolder folder = new ModelFolder(file.toAbsolutePath().getParent());
        try {
            return vouched(file, folder, keys).manifest.equals(manifest)
                    && isPart(folder, manifest.network(), Distrust.NETWORK)
                    && manifest.certificate().map(part -> isPart(folder, part, Distrust.CERTIFICATE)).orElse(true);
        } catch (UntrustedNetworkException damaged) {
            return false;
        }
    }

    private static boolean isPart(ModelFolder folder, NetworkManifest.Part part, Distrust why) {
        return HexFormat.of().formatHex(folder.hash(part.file(), part.bytes(), why)).equals(part.sha256());
    }

    /** The network without its content: what its manifest's signature vouches for. */
    private static SignedNetwork vouched(Path file, ModelFolder folder, MinisignKeys keys) {
        String name = file.getFileName().toString();
        String manifestName = NetworkManifest.nameFor(name);
        String place = file.resolveSibling(manifestName).toString();
        byte[] signed = folder.read(manifestName, NetworkManifest.MOST_BYTES, Distrust.UNSIGNED);
        String signatureName = manifestName + NetworkManifest.SIGNATURE_ENDING;
        MinisignSignature signature = MinisignSignature.parse(
                folder.read(signatureName, MinisignSignature.MOST_BYTES, Distrust.UNSIGNED),
                file.resolveSibling(signatureName).toString());
        signature.verify(signed, keys);
        Pace.rest();
        NetworkManifest manifest = NetworkManifest.parse(signed, place);
        if (!manifest.network().file().equals(name)) {
            throw new UntrustedNetworkException(Distrust.NAME, place + " is of the network \""
                    + manifest.network().file() + "\"; must be of " + name);
        }
        return new SignedNetwork(file, new byte[0], Optional.empty(), manifest, signature.keyName(),
                signature.comment());
    }

    private static byte[] part(ModelFolder folder, NetworkManifest.Part part, Distrust why, String place) {
        byte[] content = folder.read(part.file(), part.bytes(), why);
        Pace.rest();
        if (content.length != part.bytes() || !NetworkManifest.hash(content).equals(part.sha256())) {
            throw new UntrustedNetworkException(why, folder.resolve(part.file()) + " is not the file that was signed:"
                    + " it has " + content.length + " bytes and SHA-256 " + NetworkManifest.hash(content) + "; must"
                    + " be as " + place + " says");
        }
        return content;
    }

    private static byte[] certificate(ModelFolder folder, NetworkManifest.Part part, String network, String place) {
        byte[] content = part(folder, part, Distrust.CERTIFICATE, place);
        requireSubject(content, network, folder.resolve(part.file()).toString());
        return content;
    }

    /**
     * Makes the manifest of a network.
     *
     * @param certificate in the network's folder; empty for none
     * @param shape       as {@link #parse}
     * @throws UntrustedNetworkException if the certificate is of another network
     * @throws org.reluctor.network.NetworkFormatException as {@link #parse}: what cannot run need not be signed
     * @throws Failure                   if a file cannot be read, or lies elsewhere
     */
    public static NetworkManifest manifest(Path file, Optional<Path> certificate, long version, int... shape) {
        String name = file.getFileName().toString();
        ModelFolder folder = new ModelFolder(file.toAbsolutePath().getParent());
        requireName(file);
        byte[] bytes = folder.read(name, OnnxReader.MOST_BYTES, Distrust.NETWORK);
        OnnxReader.read(bytes, file, shape.length == 0 ? null : shape);
        NetworkManifest.Part network = NetworkManifest.Part.of(name, bytes);
        Optional<NetworkManifest.Part> beside = certificate.map(path -> {
            requireName(path);
            byte[] content = folder.read(path.getFileName().toString(), NetworkManifest.CERTIFICATE_MOST_BYTES,
                    Distrust.CERTIFICATE);
            requireSubject(content, network.sha256(), path.toString());
            return NetworkManifest.Part.of(path.getFileName().toString(), content);
        });
        return new NetworkManifest(version, network, beside);
    }

    private static void requireName(Path file) {
        if (!NetworkManifest.isName(file.getFileName().toString())) {
            throw new Failure(ExitStatus.USAGE, file + ": a file of that name cannot be in a manifest; must have at"
                    + " most 200 characters, no control characters, and no dot at its beginning");
        }
    }

    private static void requireSubject(byte[] certificate, String network, String place) {
        String subject = CertificateSubject.of(certificate).orElse("none");
        if (!subject.equals(network)) {
            throw new UntrustedNetworkException(Distrust.CERTIFICATE, place + " is a certificate of another network: "
                    + NetworkManifest.CERTIFICATE_KEY + " is " + subject + "; must be " + network);
        }
    }

    /**
     * Parses the network from the verified bytes.
     *
     * @param shape dimensions of its input behind the batch; empty for those that the file fixes
     * @throws org.reluctor.network.NetworkFormatException if it cannot be used, or keeps data in other files, which
     *                                                     nothing was signed of
     */
    public RecoveryNetwork parse(int... shape) {
        return OnnxReader.readHashed(content, manifest.network().sha256(), file, shape.length == 0 ? null : shape);
    }

    /** The same without the bytes of network and certificate, once they were parsed: they may be many. */
    public SignedNetwork withoutContent() {
        return new SignedNetwork(file, new byte[0], Optional.empty(), manifest, key, comment);
    }

    /** For people: version, key and comment. */
    public String describe() {
        return "version " + manifest.version() + ", signed by key " + key + " (" + comment + ")"
                + manifest.certificate().map(part -> ", with certificate " + part.file()).orElse("");
    }

    /** Whether the bytes are the same is told by {@link #manifest()}. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
