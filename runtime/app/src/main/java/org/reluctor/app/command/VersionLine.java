package org.reluctor.app.command;

import picocli.CommandLine;

/** What {@code --version} says. */
public final class VersionLine implements CommandLine.IVersionProvider {
    /** Made by picocli. */
    public VersionLine() {
        // Nothing to set.
    }

    @Override
    public String[] getVersion() {
        return new String[] {"reluctor " + Version.number()};
    }
}
