/**
 * The page: what a gateway recovers, live, for a person with a browser. Data goes one way, from the stream's events by
 * way of {@link org.reluctor.app.page.SignalTap} and {@link org.reluctor.app.page.LiveFigures} to
 * {@link org.reluctor.app.page.GatewayFeed}, and by {@link org.reluctor.app.page.EventHub} to the visitors; nothing
 * comes back but what a visitor looks at. Files, charts and hub serve the demonstration's page, too.
 */
package org.reluctor.app.page;
