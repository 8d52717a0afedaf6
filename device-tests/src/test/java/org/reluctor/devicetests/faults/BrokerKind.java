package org.reluctor.devicetests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reluctor.devicetests.broker.JavaBroker;
import org.reluctor.devicetests.broker.KillableBroker;
import org.reluctor.devicetests.broker.RecommendedMosquitto;

/** The brokers that a run can be on. */
public enum BrokerKind {
    /** With the settings that Reluctor recommends, and access rules in the file {@link #RULES}. */
    MOSQUITTO {
        @Override
        public KillableBroker start(Path folder) throws IOException {
            Path rules = Files.createDirectories(folder).resolve(RULES);
            Files.write(rules, EVERYTHING);
            return RecommendedMosquitto.start(folder, "acl_file " + rules);
        }
    },
    ARTEMIS {
        @Override
        public KillableBroker start(Path folder) throws IOException {
            return JavaBroker.artemis(folder);
        }
    },
    HIVEMQ {
        @Override
        public KillableBroker start(Path folder) throws IOException {
            return JavaBroker.hivemq(folder);
        }
    };

    /** Of mosquitto, in the broker's folder. */
    static final String RULES = "rules";
    /**
     * Rules that allow all to everyone. As patterns: rules of users and "topic" lines hold for connected clients only,
     * and after its restart mosquitto 2.0.11 throws away what comes for sessions whose clients are not back yet.
     */
    static final List<String> EVERYTHING = List.of("pattern readwrite #");

    /** Starts it in that folder, on a free port of its own. */
    public abstract KillableBroker start(Path folder) throws IOException;

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static BrokerKind of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--broker is \"" + word
                        + "\"; mosquitto, artemis or hivemq is right"));
    }
}
