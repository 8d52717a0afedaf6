package org.reluctor.learn.command;

import java.util.Arrays;
import java.util.List;
import org.reluctor.learn.data.Channel;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.Recording;

/**
 * Recordings without what is left behind their last whole window: the analytic method's figures are taken so, and the
 * file that was shipped first states them.
 *
 * @param source of the recordings
 * @param window samples
 */
record WholeWindows(SignalSource source, int window) implements SignalSource {
    @Override
    public boolean holdsPictures() {
        return source.holdsPictures();
    }

    @Override
    public List<Recording> recordings(String name) {
        return source.recordings(name).stream().map(this::whole).toList();
    }

    private Recording whole(Recording recording) {
        int length = recording.length() / window * window;
        return new Recording(recording.name(), recording.subject(), recording.rateHz(), recording.channels().stream()
                .map(channel -> new Channel(channel.name(), channel.unit(), channel.zero(), channel.gain(),
                        Arrays.copyOf(channel.samples(), length))).toList());
    }

    @Override
    public List<Picture> pictures(String name) {
        return source.pictures(name);
    }
}
