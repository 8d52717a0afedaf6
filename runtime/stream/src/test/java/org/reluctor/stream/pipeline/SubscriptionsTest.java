package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Recovery;
import org.reluctor.stream.Route;

class SubscriptionsTest {
    @Test
    void of_routesOfTwoSites_subscribesToTheirSitesWhole() {
        assertEquals(List.of("reluctor/v1/a/+/frame", "reluctor/v1/b/+/frame"), filters(true, "a/x", "a/y", "b/+"));
    }

    @Test
    void of_unroutedNotAnswered_subscribesToTheRoutesAndNoneTwice() {
        assertEquals(List.of("reluctor/v1/a/x/frame", "reluctor/v1/b/+/frame"), filters(false, "a/x", "b/y", "b/+"));
    }

    @Test
    void of_anySite_coversAllOthers() {
        assertEquals(List.of("reluctor/v1/+/+/frame"), filters(true, "a/x", "+/y"));
    }

    private static List<String> filters(boolean answerUnrouted, String... routes) {
        BrokerOptions broker = BrokerOptions.at("tcp://host:1883").clientId("in").build();
        GatewayOptions options = GatewayOptions.builder("a", "gw", broker, broker.change().clientId("out").build())
                .answerUnrouted(answerUnrouted).build();
        Recovery none = new DoublingRecovery();
        return Subscriptions.of(options, Arrays.stream(routes).map(filter -> new Route(filter, none)).toList());
    }
}
