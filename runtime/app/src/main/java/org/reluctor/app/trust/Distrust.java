package org.reluctor.app.trust;

import java.util.Locale;
import org.reluctor.app.ExitStatus;

/** Why a signed network was demanded and this one is refused. */
public enum Distrust {
    /** Manifest, signature or certificate is not there. */
    UNSIGNED(ExitStatus.CREDENTIALS),
    /** A symbolic link leads out of the network's folder. */
    LINK(ExitStatus.CREDENTIALS),
    /** A file is larger than any of its kind, or than the manifest says. */
    SIZE(ExitStatus.CREDENTIALS),
    /** A signature over a hash, minisign's newer form, which the JDK has no means to verify. */
    PREHASHED(ExitStatus.CREDENTIALS),
    /** A signature of a key that is not trusted. */
    KEY(ExitStatus.CREDENTIALS),
    /** The signature does not fit, or is none: it or the manifest was altered. */
    SIGNATURE(ExitStatus.CREDENTIALS),
    /** A manifest that is well signed, but says nothing that can be used. */
    MANIFEST(ExitStatus.DATA),
    /** The manifest is of a network of another name. */
    NAME(ExitStatus.CREDENTIALS),
    /** The network is not the one that was signed. */
    NETWORK(ExitStatus.CREDENTIALS),
    /** The certificate is not the one that was signed, or is one of another network. */
    CERTIFICATE(ExitStatus.CREDENTIALS),
    /** A later version was in use before, or another network of this version. */
    VERSION(ExitStatus.CREDENTIALS);

    private final int status;

    Distrust(int status) {
        this.status = status;
    }

    /** The reason as one word, stable over versions. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a command that needs the network ends with, of {@link ExitStatus}. */
    public int status() {
        return status;
    }
}
