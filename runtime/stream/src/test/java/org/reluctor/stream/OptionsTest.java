package org.reluctor.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://host:1883", "tcp://host", "tcp://host:0", "tcp://user:secret@host:1883",
        "tcp://host:1883/path", "host:1883"})
    void broker_badUri_isRefusedWithWhatIsRight(String uri) {
        BrokerOptions.Builder builder = BrokerOptions.at(uri);
        String message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains("tcp://host:port"), message);
    }

    @Test
    void broker_text_holdsNoSecret() {
        BrokerOptions options = BrokerOptions.at("ssl://host:8883").clientId("gw")
                .credentials("user", "hush"::toCharArray).build();
        assertEquals("ssl://host:8883 as gw", options.toString());
        assertTrue(options.encrypted());
        assertEquals(options, options.change().build());
    }

    @Test
    void gateway_sameClientIdOnOneBroker_isRefused() {
        BrokerOptions broker = BrokerOptions.at("tcp://host:1883").clientId("gw").build();
        GatewayOptions.Builder same = GatewayOptions.builder("lab", "gw", broker, broker);
        assertTrue(assertThrows(IllegalArgumentException.class, same::build).getMessage().contains("\"gw\""));
        BrokerOptions elsewhere = BrokerOptions.at("tcp://other:1883").clientId("gw").build();
        assertEquals("gw", GatewayOptions.builder("lab", "gw", broker, elsewhere).build().egress().clientId());
    }

    @Test
    void gateway_valueOutOfRange_isNamed() {
        BrokerOptions in = BrokerOptions.at("tcp://host:1883").clientId("gw").build();
        BrokerOptions out = in.change().clientId("gw-out").build();
        GatewayOptions.Builder bad = GatewayOptions.builder("lab", "gw", in, out).batchMax(0);
        String message = assertThrows(IllegalArgumentException.class, bad::build).getMessage();
        assertTrue(message.contains("batch max: 0") && message.contains("1 to 4096"), message);
        assertThrows(IllegalArgumentException.class, () -> GatewayOptions.builder("_lab", "gw", in, out).build());
    }

    @Test
    void gateway_builderUsedFurther_leavesBuiltOptionsAlone() {
        BrokerOptions in = BrokerOptions.at("tcp://host:1883").clientId("gw").build();
        GatewayOptions.Builder builder = GatewayOptions.builder("lab", "gw", in, in.change().clientId("o").build());
        GatewayOptions built = builder.batchMax(7).build();
        builder.batchMax(9);
        assertEquals(7, built.batchMax());
        assertFalse(built.version() == null);
    }

    @Test
    void gateway_sharingThatWouldLose_isRefusedWithWhatIsRight() {
        BrokerOptions in = BrokerOptions.at("tcp://host:1883").clientId("east").keepAliveSeconds(30).build();
        Partition partition = new Partition("east", Duration.ofSeconds(2), "gw-member");
        assertEquals("at least 62 s are right", refusal(in.change().sessionExpirySeconds(61).build(),
                builder -> builder.partition(partition)));
        assertEquals("at least 1 s are right", refusal(in.change().sessionExpirySeconds(0).build(),
                builder -> builder.shareGroup("east")));
        assertEquals("one of the two is right", refusal(in, builder -> builder.partition(partition).shareGroup("a")));
        assertEquals("one of its own is right", refusal(in, builder -> builder
                .partition(new Partition("east", Duration.ZERO, "east"))));
        assertThrows(IllegalArgumentException.class, () -> refusal(in, builder -> builder.shareGroup("a/b")));
        assertThrows(IllegalArgumentException.class, () -> new Partition("east", Duration.ofMillis(1500), "m"));
    }

    private static String refusal(BrokerOptions in, UnaryOperator<GatewayOptions.Builder> sharing) {
        GatewayOptions.Builder builder = sharing.apply(GatewayOptions.builder("lab", "gw", in,
                in.change().clientId("gw-out").build()));
        String message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        int last = Math.max(message.lastIndexOf("; "), message.lastIndexOf(": "));
        if (message.contains("is no name")) {
            throw new IllegalArgumentException(message);
        }
        return message.substring(last + 2);
    }
}
