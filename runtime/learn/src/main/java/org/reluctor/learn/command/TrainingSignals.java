package org.reluctor.learn.command;

import java.util.List;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.NetworkMetadata;

/** Signals to train on, and signals that choose among networks: recordings or pictures. */
interface TrainingSignals {
    /** Samples a window or block, n. */
    int n();

    /** Side of the blocks of pictures in pixels; 0 for recordings. */
    int side();

    /** Whether a block is a whole picture. */
    default boolean wholePictures() {
        return false;
    }

    /** Covariance of what trains. */
    LinearYardstick statistics();

    /** Batches for gradients. */
    GradientTrainer.Data batches(BatchOptions options, long seed);

    /**
     * Windows or blocks of what trains, spread evenly over it.
     *
     * @param most so many at most
     */
    Samples samples(int most);

    /**
     * Every so many-th window of each recording that trains.
     *
     * @throws IllegalArgumentException for pictures
     */
    List<Windows> windows(int stride);

    /** The metadata with rate and unit of these signals. */
    NetworkMetadata describe(NetworkMetadata metadata);

    /** What trains and what chooses, in words for the network's file. */
    String description();

    /** The same in a few words, for a line at the start. */
    String summary();
}
