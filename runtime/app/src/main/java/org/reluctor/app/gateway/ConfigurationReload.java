package org.reluctor.app.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.ConfigurationException;
import org.reluctor.app.configuration.ConfigurationChanges;
import org.reluctor.app.logging.Logging;
import org.reluctor.stream.command.CommandFault;
import org.reluctor.stream.command.CommandRefusal;

/**
 * Reads the configuration anew and takes from it what can change while frames flow, which is the level of the log; says
 * by name what was changed and needs a restart. One thread.
 */
final class ConfigurationReload {
    private static final String LEVEL = "log.level";

    private final Configuration running;
    private final Supplier<Configuration> source;

    /** @param source reads the file that {@code running} was read from */
    ConfigurationReload(Configuration running, Supplier<Configuration> source) {
        this.running = running;
        this.source = source;
    }

    /**
     * Reads, takes and tells.
     *
     * @throws CommandRefusal if there is a mistake in the configuration; then nothing changes
     */
    String run() throws CommandRefusal {
        Configuration found = read();
        Logging.setLevel(found.log().level());
        List<String> changed = new ArrayList<>(ConfigurationChanges.between(running, found));
        changed.remove(LEVEL);
        String level = LEVEL + " is " + found.log().level().name().toLowerCase(Locale.ROOT);
        return changed.isEmpty() ? level + ", nothing else was changed"
                : level + "; changed, but in effect only after a restart: " + String.join(", ", changed);
    }

    private Configuration read() throws CommandRefusal {
        try {
            return source.get();
        } catch (ConfigurationException | Failure mistaken) {
            throw new CommandRefusal(CommandFault.ARGUMENT, "the configuration cannot be used, and nothing was taken"
                    + " from it: " + mistaken.getMessage());
        }
    }
}
