package org.reluctor.learn.command;

import java.util.List;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.Recording;

/** Recordings or pictures by their names, read when they are asked for. */
interface SignalSource {
    /** Pictures; recordings otherwise. */
    boolean holdsPictures();

    /** The signals of one record, each as a recording of one channel. */
    List<Recording> recordings(String name);

    /** One picture, or those of one set. */
    List<Picture> pictures(String name);
}
