package org.reluctor.app.recovery;

import java.util.List;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.network.RecoveryNetwork;

/** What an exchange of networks needs of those that are at work: them, their files, and a place for one more. */
public interface NetworkDeployment {
    /** The networks of the configuration, in its order. */
    List<ServedNetwork> served();

    /** Their files; used by one thread at a time. */
    ConfiguredNetworks files();

    /**
     * Brings one more network onto the device, beside those that compute: in a context and with a queue of its own, so
     * that no command of the one waits for one of the other. Any thread.
     *
     * @throws RuntimeException with a message for the operator, if the device does not take it; nothing is left of it
     */
    DeployedNetwork deploy(RecoveryNetwork network, Configuration.Network setting, SignedNetwork signed);
}
