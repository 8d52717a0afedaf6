package org.reluctor.app.recovery;

import java.util.Optional;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.network.RecoveryNetwork;

/**
 * A network on the device, ready to compute.
 *
 * @param recovery it computes
 * @param signed   what was verified of it, without its bytes; empty where networks run unsigned
 */
public record DeployedNetwork(EngineRecovery recovery, Optional<SignedNetwork> signed) {
    /** The network, as its file has it. */
    public RecoveryNetwork network() {
        return recovery.network();
    }

    /** Its version, or "unsigned". */
    public String version() {
        return signed.map(known -> Long.toString(known.manifest().version())).orElse("unsigned");
    }
}
