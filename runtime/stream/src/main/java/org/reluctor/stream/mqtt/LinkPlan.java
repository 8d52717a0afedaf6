package org.reluctor.stream.mqtt;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.Side;

/**
 * What a link does at every connection.
 *
 * @param side              for failures and events
 * @param broker            where, as whom, with which limits
 * @param cleanStart        true: nothing is kept between connections
 * @param filters           topic filters to subscribe to at QoS 1; empty for a publisher
 * @param unreliableFilters topics to subscribe to at QoS 0: for what must not wait at the broker
 * @param retained          whether messages that the broker retains under the filters are wanted at subscribing, which
 *                          is at every connection; of the unreliable ones the inbox is told that they are
 * @param inbox             takes what arrives; null for a publisher
 * @param will              for the epoch of the connection; null for none
 * @param mayConnect        asked before every attempt: false puts it off
 * @param leastExpiry       for which the broker must keep the session at least where nothing is to be lost, s
 */
public record LinkPlan(Side side, BrokerOptions broker, boolean cleanStart, List<String> filters,
        List<String> unreliableFilters, boolean retained, Inbox inbox, LongFunction<Will> will,
        BooleanSupplier mayConnect, long leastExpiry) {

    public LinkPlan {
        filters = List.copyOf(filters);
        unreliableFilters = List.copyOf(unreliableFilters);
    }

    /** A plan without subscriptions at QoS 0. */
    public LinkPlan(Side side, BrokerOptions broker, boolean cleanStart, List<String> filters, boolean retained,
            Inbox inbox, LongFunction<Will> will, BooleanSupplier mayConnect) {
        this(side, broker, cleanStart, filters, List.of(), retained, inbox, will, mayConnect, 1);
    }

    /** All filters in the order of their subscription. */
    List<String> allFilters() {
        return Stream.concat(filters.stream(), unreliableFilters.stream()).toList();
    }

    /**
     * What the broker publishes when the connection ends without a goodbye.
     *
     * @param delaySeconds within which a new connection of the session takes it back
     * @param atGoodbye    whether it is published then, too
     */
    public record Will(OutboundMessage message, int delaySeconds, boolean atGoodbye) {
    }

    /** A link that only publishes. */
    public static LinkPlan publisher(BrokerOptions broker) {
        return new LinkPlan(Side.EGRESS, broker, true, List.of(), false, null, null, () -> true);
    }

    /** A link that only subscribes; its session is durable where the broker options give it an expiry. */
    public static LinkPlan subscriber(BrokerOptions broker, List<String> filters, Inbox inbox) {
        boolean clean = broker.sessionExpirySeconds() == 0;
        return new LinkPlan(Side.INGRESS, broker, clean, filters, true, inbox, null, () -> true);
    }
}
