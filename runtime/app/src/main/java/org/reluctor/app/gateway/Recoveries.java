package org.reluctor.app.gateway;

import java.util.List;
import java.util.Optional;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.recovery.NetworkDeployment;
import org.reluctor.stream.Route;

/** The networks of a configuration, ready to compute on one device. Closed after the gateway that uses them. */
public interface Recoveries extends AutoCloseable {
    /** Name of the device that computes, for people. */
    String device();

    /** One route for each network of the configuration, in its order. */
    List<Route> routes();

    /**
     * Told once that the networks are at work: no older versions of them shall come back.
     *
     * @throws RuntimeException with a message for the operator, if that cannot be remembered
     */
    default void inUse() {
        // Nothing to remember.
    }

    /** Where its networks can be exchanged; empty where they cannot. */
    default Optional<NetworkDeployment> deployment() {
        return Optional.empty();
    }

    @Override
    void close();

    /** Where recoveries come from. */
    @FunctionalInterface
    interface Source {
        /**
         * Opens the device and brings the networks onto it.
         *
         * @throws RuntimeException with a message for the operator, if a network or the device cannot be used
         */
        Recoveries open(Configuration configuration);
    }
}
