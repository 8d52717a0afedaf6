package org.reluctor.app.recovery;

import java.util.Optional;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.network.RecoveryNetwork;

/**
 * A network of a configuration with what its certificate says.
 *
 * @param network as it was read
 * @param limits  empty where it has no certificate
 */
public record ConfiguredNetwork(RecoveryNetwork network, Optional<CertifiedLimits> limits) {
}
